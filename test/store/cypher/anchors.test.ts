import { KEY_FIELDS, KEY_PARAMETERS, KEY_PROPERTIES } from './anchor.ts';
import { namedQueries } from './named-queries.ts';

/** What looks at the whole graph, and why it may. */
const OF_THE_WHOLE_GRAPH: Readonly<Record<string, string>> = {
  appliedMigrations: 'migrations belong to the graph, not to a workspace',
  lockMigrations: 'one lock for the graph',
  recordMigration: 'migrations belong to the graph, not to a workspace',
  migrationUnique: 'a constraint',
  migrationIndex: 'an index',
};

/** What walks over more than its workspace, and how it keeps to it. */
const BY_CONDITION: readonly (readonly [RegExp, string, RegExp])[] = [
  [
    /^workspaceNames$/u,
    'a backup of all workspaces lists them',
    /MATCH \(w:Workspace\) RETURN w\.workspace AS name ORDER BY name/u,
  ],
  [
    /^nodesOfWorkspace\//u,
    'clearing, the one walk for which no index pays',
    /WHERE n\.workspace = \$workspace RETURN/u,
  ],
  [
    /^search\/\w+\/(?:oneToken|oneTokenWithin|filtered)\//u,
    'a full-text index is asked by tokens that hold the workspace',
    /WHERE (?:.* AND )?s\.bucket STARTS WITH \$own/u,
  ],
  [
    /^search\/\w+\/facet/u,
    'a full-text index is asked by tokens that hold the workspace',
    /f\.uid STARTS WITH \$own AND/u,
  ],
];

const conditionOf = (name: string): RegExp | undefined => BY_CONDITION.find(([pattern]) => pattern.test(name))?.[2];

/** The variables that stand for a key, or for a row of keys, in a text: what it goes through by UNWIND. */
const unwound = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/UNWIND \$(\w+) AS (\w+)/gu)]
      .filter(([, list]) => KEY_PARAMETERS.includes(list ?? ''))
      .map(([, , variable]) => variable ?? ''),
  );

/** A property map that names a node by a key of its workspace. */
const isKey = (properties: string, keys: ReadonlySet<string>): boolean =>
  [...properties.matchAll(/(\w+): (\$?)([\w.]+)/gu)].some(([, property, dollar, value = '']) => {
    if (!KEY_PROPERTIES.includes(property ?? '')) return false;
    if (dollar === '$') return KEY_PARAMETERS.includes(value);
    return value.startsWith('row.') ? KEY_FIELDS.includes(value.slice(4)) : keys.has(value);
  });

const NODE = /\(\s*(\w*)\s*((?::\w+)*)\s*(?:\{([^{}]*)\})?\s*\)/gu;
const NODES_AND_EDGES = String.raw`\([^()]*\)(?:\s*<?-\[[^\]]*\]->?\s*\([^()]*\))*`;
const PATTERN = new RegExp(String.raw`(?:MATCH|MERGE|COUNT \{)\s*(${NODES_AND_EDGES})`, 'gu');

/** The patterns of a text that begin nowhere: no node of theirs is bound before or named by a key. */
const unanchored = (text: string): readonly string[] => {
  const keys = unwound(text);
  const bound = new Set<string>();
  const found: string[] = [];
  for (const [, pattern = ''] of text.matchAll(PATTERN)) {
    const nodes = [...pattern.matchAll(NODE)];
    if (!nodes.some(([, variable = '', , properties = '']) => bound.has(variable) || isKey(properties, keys)))
      found.push(pattern);
    for (const [, variable = ''] of nodes) if (variable !== '') bound.add(variable);
  }
  return found;
};

const scoped = namedQueries.filter(({ name }) => !(name in OF_THE_WHOLE_GRAPH));

test('the exceptions are there, and about migrations alone', () => {
  const names = namedQueries.map(({ name }) => name);
  for (const name of Object.keys(OF_THE_WHOLE_GRAPH)) expect(names).toContain(name);
  for (const { name, text } of namedQueries)
    if (name in OF_THE_WHOLE_GRAPH)
      expect([...text.matchAll(/:([A-Z]\w*)/gu)].map(([, label]) => label)).toEqual(['Migration']);
});

test.each(scoped.map(({ name, text }) => [name, text]))('%s begins at a key of the workspace', (name, text) => {
  expect([...text.matchAll(PATTERN)].length).toBe(
    (text.match(/\bMATCH\b|\bMERGE\b|\bCOUNT \{/gu) ?? []).length - (text.match(/ON MATCH/gu) ?? []).length,
  );
  const condition = conditionOf(name);
  if (condition === undefined) expect(unanchored(text)).toEqual([]);
  else expect(text).toMatch(condition);
});

test.each(scoped.filter(({ text }) => /CREATE|MERGE/u.test(text)).map(({ name, text }) => [name, text]))(
  '%s gives every node it makes to the workspace',
  (_, text) => {
    for (const [, made = ''] of text.matchAll(/(?:ON )?CREATE (\(.*?\{[^{}]*\})\)/gsu))
      for (const [, , labels = '', properties = ''] of `${made})`.matchAll(NODE))
        if (labels !== '') {
          expect(properties).toMatch(/\buid: (?:\$|row\.)/u);
          expect(properties).toContain('workspace: $workspace');
        }
    if (/MERGE \(\w+:/u.test(text)) expect(text).toMatch(/SET [\s\S]*\.workspace = \$workspace/u);
  },
);

test.each([
  ['a label alone', 'MATCH (s:Scene) RETURN s'],
  ['an id', 'MATCH (s:Scene {id: $id}) RETURN s'],
  ['a parameter that is no key', 'MATCH (s:Scene {uid: $text}) RETURN s'],
  ['a list that is no key', 'UNWIND $names AS uid MATCH (s:Scene {uid: uid}) RETURN s'],
  ['a field that is no key', 'UNWIND $rows AS row MATCH (s:Scene {uid: row.text}) RETURN s'],
  ['a second pattern', 'MATCH (c:Corpus {uid: $corpus}) MATCH (d:Document)-[:HAS_SCENE]->(s:Scene) RETURN s'],
  ['a count', 'MATCH (c:Corpus {uid: $corpus}) RETURN COUNT { (d:Document)-[:HAS_SCENE]->(s:Scene) } AS n'],
])('the rule bites: %s', (_, text) => {
  expect(unanchored(text)).toHaveLength(1);
});
