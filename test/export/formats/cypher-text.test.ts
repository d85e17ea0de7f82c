import fc from 'fast-check';
import neo4j, { type Driver } from 'neo4j-driver';
import { CypherFloat, cypherLiteral, cypherString } from '../../../src/export/formats/cypher-text.ts';
import { sharedServer } from '../../neo4j/shared-server.ts';

let driver: Driver;
beforeAll(async () => {
  const { uri, user, password } = await sharedServer();
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
});
afterAll(() => driver.close());

const returned = async (literal: string): Promise<unknown> =>
  (await driver.executeQuery(`RETURN ${literal} AS it`)).records[0]?.get('it');

const NASTY = [
  "'",
  '"',
  '\\',
  '\\\\',
  "\\'",
  '\\u0027',
  '\\\\u0027 OR true //',
  '\\u',
  '\\\\\\u005c\\u0027',
  'u0027',
  '\\\u0000 and \\\n',
  '\u0000',
  '\u0001\u007f\u0085\u2028\u2029\ufeff\ufffe\uffff',
  '*/ ; /* //',
  ';\n',
  '\r\n\t\b\f\v',
  '`$x` $y {x}',
  ']]></node>',
  '👩‍👩‍👧‍👦 е\u0308 \u{10ffff}',
  '',
];

test('no text is anything but a text', async () => {
  expect(await returned(cypherLiteral(NASTY))).toEqual(NASTY);
  for (const text of NASTY) expect(cypherString(text)).not.toMatch(/[\n\r\v\f\u0085\u2028\u2029]/u);
});

test('whatever a text is made of, it comes back', async () => {
  const unit = fc.constantFrom(
    '\\',
    "'",
    '"',
    'u',
    '0',
    '2',
    '7',
    '5',
    'c',
    '\n',
    '\u0000',
    '`',
    '$',
    ';',
    '/',
    '*',
    'я',
  );
  const texts = fc.array(fc.oneof(fc.string({ unit, maxLength: 30 }), fc.string({ unit: 'binary' })), {
    minLength: 1,
    maxLength: 100,
  });
  await fc.assert(
    fc.asyncProperty(texts, async (some) => {
      expect(await returned(cypherLiteral(some))).toEqual(some);
    }),
    { numRuns: 20 },
  );
});

test('numbers keep their type', async () => {
  const types = 'x IN [1, 1.0, 0.000001, 2147483648] | valueType(x)';
  const literal = cypherLiteral([1, new CypherFloat(1), new CypherFloat(0.000001), 2 ** 31]);
  expect(await returned(`[${types.replace(/\[.*\]/u, literal)}]`)).toEqual([
    'INTEGER NOT NULL',
    'FLOAT NOT NULL',
    'FLOAT NOT NULL',
    'INTEGER NOT NULL',
  ]);
  expect(await returned(cypherLiteral({ a: null, b: true, c: ['x'] }))).toEqual({ a: null, b: true, c: ['x'] });
});
