import { readdirSync } from 'node:fs';
import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../../src/store/cypher/label.ts';
import type { CypherQuery } from '../../../src/store/cypher/query.ts';

const FOLDER = new URL('../../../src/store/cypher/', import.meta.url);

const isQuery = (value: unknown): value is CypherQuery<unknown> =>
  typeof value === 'object' && value !== null && 'text' in value && 'name' in value;

/** Every query of a module: exported alone, in a list or in a record of queries. */
const queriesIn = (value: unknown): readonly CypherQuery<unknown>[] => {
  if (isQuery(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(queriesIn) : [];
};

const modules = await Promise.all(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => import(new URL(file, FOLDER).href)),
);
const queries = modules.flatMap(queriesIn);
const cases = queries.map(({ name, text }) => [name, text] as const);

const allowedLabels = new Set<string>([...Object.values(LABELS), ...Object.values(FACET_LABELS)]);
const allowedRelationships = new Set<string>([...Object.values(RELATIONSHIPS), ...Object.values(FACET_RELATIONSHIPS)]);

/** What the two engines do not do alike, or one of them not at all. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a slice of a list', /\]\s*\[|\)\s*\[\s*\w*\s*\.\./u],
  ['an alternative of labels', /\(\s*\w*\s*:\w+\|/u],
  ['a WHERE within a node', /\([^()]*\bWHERE\b[^()]*\)/u],
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
  expect(queries.length).toBeGreaterThan(60);
  expect(new Set(queries.map(({ name }) => name)).size).toBe(queries.length);
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
