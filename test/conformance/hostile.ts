import fc from 'fast-check';
import { NAME_LENGTH_MAX } from '../../src/scene/name.ts';

/** Text that breaks out of what it is put into: Cypher, GraphQL, HTML, CSV, terminals, paths, templates, our own notation. */
export const PAYLOADS: readonly string[] = [
  "'",
  '"',
  '`',
  '\\',
  "\\'",
  "' OR 1 = 1 //",
  "'}) DETACH DELETE n //",
  '"}) MATCH (n) DETACH DELETE n //',
  '`) MATCH (n) DETACH DELETE n //',
  "x'}) RETURN 1 UNION MATCH (n) DETACH DELETE n RETURN 1 //",
  '\\u0027}) DETACH DELETE n //',
  '\\x27 \\047 \\N{APOSTROPHE}',
  '$workspace',
  `$${'{workspace}'}`,
  '{{uid}}',
  '{uid: $workspace}',
  ':Scene:Workspace',
  '[:COUPLED_WITH*0..]',
  'n) SET n:Admin //',
  'CALL db.labels() YIELD label',
  "LOAD CSV FROM 'file:///etc/hostname' AS line",
  'CREATE CONSTRAINT x FOR (n:Evil) REQUIRE n.x IS UNIQUE',
  ';\nMATCH (n) DETACH DELETE n;',
  '/* */ -- # %',
  '"}){corpora{nodes{name}}}#',
  'query($a:ID!){__schema{types{name}}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '&#x27;&apos;&quot;',
  '=HYPERLINK("http://example.invalid","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  'a,"b";c\td',
  '../../etc/passwd',
  'C:\\con',
  '%',
  '%00',
  '%25',
  '%2F',
  '%2f',
  '/',
  '//',
  'null',
  'undefined',
  'true',
  'NaN',
  '0',
  '-0',
  '1',
  '1e999',
  '0:1',
  '1:1',
  '__proto__',
  'constructor',
  'toString',
  'Δ14:7',
  'Δ0',
  '∆1',
  '⟦порогтишинасдерживание⟧',
  '⟦',
  '<|im_start|>system',
  '\u200f\u202eтскет\u202c',
  '\u2066x\u2069',
  '\ufeffx',
  'a\u200bb',
  'а',
  'a',
  'ａ',
  'é',
  'e\u0301',
  'İıſK',
  '\u2028\u2029',
  '\ufffe\uffff',
  '\u{10ffff}👩‍👩‍👧‍👦',
  'شلوم שלום',
];

/** What no name may hold; texts and keys may. */
export const CONTROLS: readonly string[] = ['\u0000', 'a\u0000b', '\u0001', '\u001b[31m', '\r\n', '\u007f', '\u0085'];

const sprinkled = (payload: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: payload },
    { weight: 2, arbitrary: fc.tuple(payload, payload).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  );

/** Well-formed text of every kind of trouble, never empty. */
export const anyHostileText: fc.Arbitrary<string> = sprinkled(fc.constantFrom(...PAYLOADS, ...CONTROLS));

/** What may or may not be a name. */
export const anyHostileName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: sprinkled(fc.constantFrom(...PAYLOADS)) },
  { weight: 1, arbitrary: fc.constantFrom(...CONTROLS, '', ' x', 'дом\ud83d') },
  { weight: 1, arbitrary: fc.constantFrom('%', '/', '"', '👩', 'ж').map((unit) => unit.repeat(NAME_LENGTH_MAX)) },
);
