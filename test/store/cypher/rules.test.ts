import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../../src/store/cypher/label.ts';
import { loadMigrations } from '../../../src/store/migration-files.ts';
import { namedQueries } from './named-queries.ts';

const cases = namedQueries.map(({ name, text }) => [name, text] as const);

const allowedLabels = new Set<string>([...Object.values(LABELS), ...Object.values(FACET_LABELS)]);
const allowedRelationships = new Set<string>([...Object.values(RELATIONSHIPS), ...Object.values(FACET_RELATIONSHIPS)]);

/** What the two engines do not do alike, or one of them not at all. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a slice of a list', /\]\s*\[|\)\s*\[\s*\w*\s*\.\./u],
  ['an alternative of labels', /\(\s*\w*\s*:\w+\|/u],
  ['a WHERE within a node', /\(\s*\w*\s*(?::\w+\s*)*(?:\{[^{}]*\}\s*)?\bWHERE\b/u],
  ['a quantified path', /\)\s*\{\s*\d|\)\s*[+*]\s*[-(]/u],
  ['COLLECT { }', /\bCOLLECT\s*\{/iu],
  ['EXISTS { } over two hops', /\bEXISTS\s*\{[^}]*\]-[^}]*\]-[^}]*\}/iu],
  ['a node made of a parameter', /\(\s*\w*\s*(?::\w+\s*)*\$\w+\s*\)/u],
  ['a dynamic label', /[([]\s*\w*\s*:\s*\$/u],
  ['||', /\|\|/u],
  ['randomUUID()', /randomUUID/iu],
  ['a limit by expression', /(?<!\$)\bLIMIT\s+(?!\$\w+\b|\d)/iu],
  ['CALL … IN TRANSACTIONS', /IN\s+TRANSACTIONS/iu],
  ['OPTIONAL MATCH before a write', /\bOPTIONAL\s+MATCH\b[\s\S]*\b(?:SET|DELETE|REMOVE)\b/iu],
  ['two hops in one pattern', /\bMATCH\b(?:(?!\bCREATE\b)[\s\S])*\]->?\s*\([^()]*\)\s*<?-\[/u],
  ['a list plus something', /\]\s*\+|\+\s*\[|\bcollect\([^()]*\)\s*\+/iu],
  [
    'a MERGE on anything but a uid or two bound nodes',
    /\bMERGE\s+(?!\(\w*:\w+ \{uid: (?:\$\w+|row\.\w+|'\w+')\}\)|\(\w+\)-\[\w*:\w+\]->\(\w+\))/u,
  ],
  ['a sum that may be of nothing', /(?<!coalesce\()\bsum\(/iu],
];

/** Of these a sum is of something: the pattern before it was found. */
const SUMS_OF_SOMETHING: ReadonlySet<string> = new Set(['countLive']);

test('there are queries to look at', () => {
  expect(namedQueries.length).toBeGreaterThan(60);
  expect(new Set(namedQueries.map(({ name }) => name)).size).toBe(namedQueries.length);
});

test.each(cases)('%s names only labels and relationship types of the allow-list', (_, text) => {
  for (const [, labels = ''] of text.matchAll(/\(\s*\w*((?:\s*:\s*\w+)+)/gu))
    for (const label of labels
      .split(':')
      .map((part) => part.trim())
      .filter((part) => part !== ''))
      expect(allowedLabels).toContain(label);
  for (const [, types = ''] of text.matchAll(/\[\s*\w*\s*:\s*([\w|]+)/gu))
    for (const type of types.split('|')) expect(allowedRelationships).toContain(type);
});

test.each(cases)('%s says the same to both engines', (name, text) => {
  for (const [what, pattern] of FORBIDDEN) {
    if (what.startsWith('a sum') && SUMS_OF_SOMETHING.has(name)) continue;
    if (pattern.test(text)) throw new Error(`it has ${what}:\n${text}`);
  }
});

test.each(['embedded', 'neo4j'] as const)(
  'each constraint of %s has an index on the same key behind it',
  async (dialect) => {
    const texts = (await loadMigrations(dialect)).flatMap(({ statements }) => statements.map(({ text }) => text));
    const keyOf = (text: string): string | undefined =>
      /FOR \(n:(\w+)\) (?:REQUIRE|ON) \(?n\.(\w+)/u.exec(text)?.slice(1).join('.');
    const constraints = texts.flatMap((text, i) =>
      text.startsWith('CREATE CONSTRAINT') ? [{ key: keyOf(text), i }] : [],
    );
    expect(constraints.length).toBeGreaterThan(5);
    for (const { key, i } of constraints)
      expect(
        texts.findIndex((text, j) => j > i && text.startsWith('CREATE INDEX') && keyOf(text) === key),
      ).toBeGreaterThan(i);
  },
);

test.each(FORBIDDEN.map(([what], i) => [what, i] as const))('the rule against %s bites', (_, i) => {
  const samples = [
    'RETURN collect(x)[0..3]',
    'MATCH (n:Scene|Occurrence) RETURN n',
    'MATCH (n:Scene WHERE n.id = $id) RETURN n',
    'MATCH (a) ((x)-[:NEXT]->(y)){1,3} (b) RETURN a',
    'RETURN COLLECT { MATCH (n) RETURN n }',
    'MATCH (a) WHERE EXISTS { (a)-[:AGENT]->(f)<-[:AGENT]-(b) } RETURN a',
    'CREATE (n $props)',
    'CREATE (n:$($label))',
    "RETURN 'a' || 'b'",
    'RETURN randomUUID()',
    'MATCH (n) RETURN n LIMIT toInteger($x)',
    'CALL { MATCH (n) DELETE n } IN TRANSACTIONS',
    'OPTIONAL MATCH (n) DETACH DELETE n',
    'MATCH (a)-[:AGENT]->(f)<-[:AGENT]-(b) RETURN b',
    'RETURN collect(x) + y',
    'MERGE (n:Facet {key: row.key})',
    'MATCH (n) RETURN sum(n.count)',
  ];
  expect(samples[i]).toMatch(FORBIDDEN[i]?.[1] ?? /^$/u);
});
