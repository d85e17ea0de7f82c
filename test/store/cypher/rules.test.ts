import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../../src/store/cypher/label.ts';
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
];

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

test.each(cases)('%s says the same to both engines', (_, text) => {
  for (const [what, pattern] of FORBIDDEN) if (pattern.test(text)) throw new Error(`it has ${what}:\n${text}`);
});

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
  ];
  expect(samples[i]).toMatch(FORBIDDEN[i]?.[1] ?? /^$/u);
});
