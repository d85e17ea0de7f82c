import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

const SOURCES = fileURLToPath(new URL('../../../src/', import.meta.url));
const CYPHER = 'store/cypher/';

const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
  .map((entry) => relative(SOURCES, join(entry.parentPath, entry.name)));

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every node of a source's syntax tree. */
function* walk(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) yield* walk(child);
}

const parse = (source: string): readonly Node[] => [
  ...walk(parseSync(source, { syntax: 'typescript', tsx: false, target: 'es2024' })),
];

const nodesOf = (file: string): readonly Node[] => parse(readFileSync(join(SOURCES, file), 'utf8'));

const nameOf = (node: unknown): string => (isNode(node) && node.type === 'Identifier' ? String(node['value']) : '');

/** What a module hands out that could make a text when it is called. */
const makersIn = (value: unknown): readonly string[] => {
  if (typeof value === 'function') return [value.name];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(makersIn) : [];
};

const WORDS = /\b(?:MATCH|MERGE|UNWIND|DETACH DELETE|CREATE \(|CREATE CONSTRAINT|CREATE INDEX|CALL db\.)(?!_)/u;

/** Texts that look like Cypher. */
const cypherIn = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .filter(({ type }) => type === 'StringLiteral' || type === 'TemplateElement')
    .map((node) => String(node['value'] ?? node['cooked'] ?? node['raw']))
    .filter((text) => WORDS.test(text));

const cypherFiles = files.filter((file) => file.startsWith(CYPHER) && file.endsWith('-queries.ts'));
/** Write files for others to load, and never send what they write. */
const EXPORTED = 'export/formats/cypher';
const otherFiles = files.filter((file) => !file.startsWith(CYPHER) && !file.startsWith(EXPORTED));

test('there are sources to look at', () => {
  expect(cypherFiles.length).toBeGreaterThan(5);
  expect(otherFiles.length).toBeGreaterThan(50);
});

test.each(cypherFiles)(
  '%s hands out texts that are made when it is loaded, and nothing that makes one',
  async (file) => {
    expect(makersIn({ ...(await import(join(SOURCES, file))) })).toEqual([]);
  },
);

test('no Cypher stands elsewhere, but for one fixed call', () => {
  const found = otherFiles.flatMap((file) => cypherIn(nodesOf(file)).map((text) => [file, text]));
  expect(found).toEqual([['store/neo4j/open-neo4j-store.ts', 'CALL db.awaitIndexes(3600)']]);
});

test('nobody else makes a statement, but of migration files and of that call', () => {
  const callers = otherFiles.filter((file) =>
    nodesOf(file).some(
      (node) =>
        node.type === 'ImportDeclaration' &&
        String((node['source'] as Node)['value']).endsWith('cypher/query.ts') &&
        (node['specifiers'] as readonly Node[]).some((specifier) => nameOf(specifier['local']) === 'query'),
    ),
  );
  expect(callers.toSorted()).toEqual(['store/migration-files.ts', 'store/neo4j/open-neo4j-store.ts']);
});

test('the rules bite', () => {
  const module = { byName: { scene: (name: string) => `MATCH (n:${name}) RETURN n` }, fixed: { name: 'a', text: 'b' } };
  expect(makersIn(module)).toEqual(['scene']);
  expect(cypherIn(parse(`const f = (name: string) => query("a", "MATCH (n:" + name + ")");`))).toHaveLength(1);
});
