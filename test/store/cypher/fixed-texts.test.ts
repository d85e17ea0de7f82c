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

const CONSTANT = /^[A-Z][A-Z_]*$/u;

/** Names of the constants that a module declares at its top or imports from `label.ts`. */
const constantsOf = (nodes: readonly Node[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator') names.add(nameOf(node['id']));
    const source = node['source'] as { readonly value?: string } | undefined;
    if (node.type === 'ImportDeclaration' && source?.value === './label.ts')
      for (const specifier of node['specifiers'] as readonly Node[]) names.add(nameOf(specifier['local']));
  }
  return new Set([...names].filter((name) => CONSTANT.test(name)));
};

/** A constant, or a constant table's entry for a kind of facet, or that kind: there are five. */
const isFixed = (expression: Node, constants: ReadonlySet<string>): boolean => {
  if (nameOf(expression) === 'kind') return true;
  if (expression.type === 'Identifier') return constants.has(nameOf(expression));
  if (expression.type !== 'MemberExpression' || !constants.has(nameOf(expression['object']))) return false;
  const property = expression['property'] as Node;
  return property.type === 'Computed' && nameOf(property['expression']) === 'kind';
};

/** What of a module's texts is not fixed when it is loaded. */
const made = (nodes: readonly Node[]): readonly string[] => {
  const constants = constantsOf(nodes);
  const found: string[] = [];
  for (const node of nodes) {
    if (node.type === 'TemplateLiteral')
      for (const expression of node['expressions'] as readonly Node[])
        if (!isFixed(expression, constants)) found.push(`interpolates a ${expression.type}`);
    if (node.type === 'BinaryExpression' && node['operator'] === '+') found.push('adds texts');
    if (node.type === 'CallExpression' && isNode(node['callee']) && node['callee'].type === 'MemberExpression') {
      const property = (node['callee']['property'] as Node)['value'];
      if (/^(?:replace|replaceAll|concat|slice|join|padStart|raw)$/u.test(String(property)))
        found.push(`calls ${property}`);
    }
  }
  return found;
};

const WORDS = /\b(?:MATCH|MERGE|UNWIND|DETACH DELETE|CREATE \(|CREATE CONSTRAINT|CREATE INDEX|CALL db\.)(?!_)/u;

/** Texts that look like Cypher. */
const cypherIn = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .filter(({ type }) => type === 'StringLiteral' || type === 'TemplateElement')
    .map((node) => String(node['value'] ?? node['cooked'] ?? node['raw']))
    .filter((text) => WORDS.test(text));

const cypherFiles = files.filter((file) => file.startsWith(CYPHER) && file !== `${CYPHER}label.ts`);
const otherFiles = files.filter((file) => !file.startsWith(CYPHER));

test('there are sources to look at', () => {
  expect(cypherFiles.length).toBeGreaterThan(5);
  expect(otherFiles.length).toBeGreaterThan(50);
});

test.each(cypherFiles)('%s makes its texts of constants alone', (file) => {
  expect(made(nodesOf(file))).toEqual([]);
});

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

test.each([
  ['an argument', 'const f = (name: string) => query("a", `MATCH (n:$%name}) RETURN n`);'],
  ['a call', 'const f = query("a", `MATCH (n:$%label()}) RETURN n`);'],
  ['a sum', 'const f = (name: string) => query("a", "MATCH (n:" + name + ") RETURN n");'],
  ['a replacement', 'const f = (name: string) => query("a", TEXT.replace("X", name));'],
])('the rule bites: %s', (_, written) => {
  const source = written.replace('$%', `$${'{'}`);
  expect(made(parse(source)).length).toBeGreaterThan(0);
  if (source.includes('MATCH')) expect(cypherIn(parse(source)).length).toBeGreaterThan(0);
});
