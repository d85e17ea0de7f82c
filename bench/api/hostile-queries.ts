import { getIntrospectionQuery } from 'graphql';

/** A request that is made to cost the server much for little. */
export interface Hostile {
  readonly name: string;
  readonly body: string | Buffer;
  readonly type?: string;
  /** It answers what was asked, as it should; the others are refused. */
  readonly answered?: true;
}

const MB = 2 ** 20;
const SCENE = 'scene(id: "00000000000000000000000000000000")';
const times = (n: number, make: (i: number) => string, between = ' '): string =>
  Array.from({ length: n }, (_, i) => make(i)).join(between);
const nested = (n: number, open: string, inner: string, close = ' }'): string =>
  `${open.repeat(n)}${inner}${close.repeat(n)}`;

const query = (name: string, text: string, more: Omit<Hostile, 'name' | 'body'> = {}): Hostile => ({
  name,
  body: JSON.stringify({ query: text }),
  ...more,
});
const variables = (name: string, text: string, given: unknown, more: Pick<Hostile, 'answered'> = {}): Hostile => ({
  name,
  body: JSON.stringify({ query: text, variables: given }),
  ...more,
});
const raw = (name: string, body: string, type?: string, more: Pick<Hostile, 'answered'> = {}): Hostile => ({
  name,
  body,
  ...(type ? { type } : {}),
  ...more,
});

/** The bundled corpus: a page of all, as large as is let in. */
const LARGE = `{ scenes(filter: { corpus: "tales" }, first: 200) { nodes { couplings(first: 16) {
  nodes { weight because { label weight } other { id text tension { label } archetype { label } } }
} } } }`;
const NODES = 'query N($ids: [ID!]!) { nodes(ids: $ids) { id } }';

const deepAndWide: readonly Hostile[] = [
  query('15 deep, the deepest that is let in and reads nothing', `{ ${SCENE} { ${nested(14, 'next { ', 'text')} } }`, {
    answered: true,
  }),
  query('400 deep', `{ ${SCENE} { ${nested(400, 'next { ', 'text')} } }`),
  query('100,000 deep', `{ ${SCENE} { ${nested(100_000, 'next{', 'text', '}')} } }`),
  query('one field 1,900 times', `{ ${SCENE} { ${times(1900, () => 'id')} } }`),
  query('one object 480 times', `{ ${SCENE} { ${times(480, () => 'next { id }')} } }`),
  query(
    'one object in one object, 30 times 30 times',
    `{ ${SCENE} { ${times(30, () => `next { ${times(30, () => 'id')} }`)} } }`,
  ),
  query(
    'one object many times, 8 levels down',
    `{ ${SCENE} { ${nested(
      8,
      'next { id id id id id previous { id id id id } previous { id id id } ',
      times(400, () => 'id'),
    )} } }`,
    { answered: true },
  ),
  query('2,000,000 fields', `{ ${SCENE} { ${times(2_000_000, () => 'id')} } }`),
  query('600 fields that are not there', `{ ${SCENE} { ${times(600, (i) => `hyperlexemee${i}`)} } }`),
  query(
    '90 long names that are not there',
    `{ ${SCENE} { ${times(90, (i) => `${'couplingCount'.repeat(100)}${i}`)} } }`,
  ),
  query('600 types that are not there', `{ ${SCENE} { ${times(600, (i) => `... on Sceme${i} { id }`)} } }`),
];

const answers: readonly Hostile[] = [
  query('as large an answer as is let in', LARGE, { answered: true }),
  query(
    'an answer three times as large',
    LARGE.replace(
      'text tension',
      'text hyperlexeme kind lang start end key code ordinal position agent { label entity } context { label key } tension',
    ),
  ),
  query(
    'all neighbours of all, two steps',
    `{ scenes(filter: { corpus: "tales" }, first: 40) { nodes { couplings(first: 16) { nodes { other { couplings(first: 16) { nodes { weight } } } } } } } }`,
    { answered: true },
  ),
];

const aliases: readonly Hostile[] = [
  query('50 aliases of a page of 200', `{ ${times(50, (i) => `a${i}: corpora(first: 200) { nodes { id } }`)} }`, {
    answered: true,
  }),
  query('280 aliases', `{ ${times(280, (i) => `a${i}: corpora { nodes { id } }`)} }`),
  query('100,000 aliases', `{ ${times(100_000, (i) => `a${i}: corpora { nodes { id } }`)} }`),
];

const fragments: readonly Hostile[] = [
  query('a fragment in itself', `{ ${SCENE} { ...F } } fragment F on Scene { next { ...F } }`),
  query(
    '150 fragments in a ring',
    `{ ${SCENE} { ...F0 } } ${times(150, (i) => `fragment F${i} on Scene { next { ...F${(i + 1) % 150} } }`)}`,
  ),
  query(
    'fragments that double, 13 levels',
    `{ ${SCENE} { ...F0 } } ${times(13, (i) => `fragment F${i} on Scene { previous { ...F${i + 1} } next { ...F${i + 1} } }`)} fragment F13 on Scene { id }`,
  ),
  query(
    'fragments that double, 100 levels',
    `{ ${SCENE} { ...F0 } } ${times(100, (i) => `fragment F${i} on Scene { ...F${i + 1} ...F${i + 1} }`)} fragment F100 on Scene { id }`,
  ),
  query(
    'fragments that take each other in, each all behind it',
    `{ ${SCENE} { ...F0 } } ${times(36, (i) => `fragment F${i} on Scene { ${times(35 - i, (j) => `...F${i + j + 1}`)} id }`)}`,
  ),
  query(
    '60 fragments beside each other with the same objects',
    `{ ${SCENE} { ${times(60, (i) => `...F${i}`)} } } ${times(60, (i) => `fragment F${i} on Scene { next { id } previous { id next { id } } }`)}`,
    { answered: true },
  ),
  query(
    '30 fragments of different variables beside each other',
    `{ ${SCENE} { ${times(30, (i) => `...F${i}`)} } } ${times(30, (i) => `fragment F${i} on Scene { ${times(14, (j) => `a${i}x${j}: hyperlexeme`)} }`)}`,
  ),
];

const directives: readonly Hostile[] = [
  query('10,000 directives', `{ ${SCENE} { id ${times(10_000, () => '@include(if: true)')} } }`),
  query('270 directives', `{ ${SCENE} { id ${times(270, () => '@include(if: true)')} } }`),
  query('900 directives that are not there', `{ ${SCENE} { id ${times(900, (i) => `@a${i}`)} } }`),
];

const introspection: readonly Hostile[] = [
  query('the introspection query of tools', getIntrospectionQuery(), { answered: true }),
  query('the introspection query 12 times', `{ ${times(12, (i) => introspected(`a${i}`))} }`),
  query(
    'types of fields of types of fields',
    `{ __schema { types { ${nested(6, 'fields { type { ', 'name', ' } }')} } } }`,
  ),
  query(
    'possible types of interfaces of possible types',
    `{ __schema { types { ${nested(5, 'possibleTypes { interfaces { ', 'name', ' } }')} } } }`,
  ),
  query(
    'types of fields of types, 50 times',
    `{ ${times(50, (i) => `a${i}: __schema { types { fields { name type { name fields { name } } } } }`)} }`,
  ),
];

function introspected(alias: string): string {
  return `${alias}: __schema { types { name description fields { name description args { name type { name ofType { name ofType { name } } } } type { name ofType { name ofType { name } } } } inputFields { name } enumValues { name } } }`;
}

const long: readonly Hostile[] = [
  query('5 MB of comment', `#${'x'.repeat(5 * MB)}\n{ corpora { nodes { id } } }`),
  query('5 MB of spaces', `{${' '.repeat(5 * MB)} corpora { nodes { id } } }`),
  query('5 MB of one text in the query', `{ scene(id: "${'x'.repeat(5 * MB)}") { id } }`),
  query('5 MB of a block text', `{ scene(id: """${'x\\n'.repeat(2 * MB)}""") { id } }`),
  query('5 MB of one name', `{ ${'x'.repeat(5 * MB)} }`),
  query('5 MB of brackets', '['.repeat(5 * MB)),
  query('5 MB of braces', '{'.repeat(5 * MB)),
  query('5 MB of escapes in the query', `{ scene(id: "${'\\u0435'.repeat(MB)}") { id } }`),
  query('200 KB of comment', `#${'x'.repeat(200_000)}\n{ corpora(first: 1) { nodes { id } } }`, { answered: true }),
  query('200 KB of braces', '{'.repeat(200_000)),
  query('list within list, 900 deep', `{ nodes(ids: ${nested(900, '[', '"x"', ']')}) { id } }`),
  query(
    'object within object, 450 deep',
    `{ scenes(filter: ${nested(450, '{ corpus: ', '"x"', '}')}) { totalCount } }`,
  ),
  query('list of 1,900 ids', `{ nodes(ids: [${times(1900, () => '"x"')}]) { id } }`),
];

const bodies: readonly Hostile[] = [
  variables('a variable of 1,000,000 ids', NODES, { ids: Array.from({ length: 1_000_000 }, () => 'x') }),
  variables('a variable of 25,000 ids', NODES, { ids: Array.from({ length: 25_000 }, () => 'x') }),
  variables(
    '20,000 variables that nobody asked for',
    '{ corpora(first: 1) { nodes { id } } }',
    Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`v${i}`, i])),
    { answered: true },
  ),
  raw(
    'a variable 100,000 lists deep',
    `{"query":"${NODES.replaceAll('"', '\\"')}","variables":{"ids":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
  ),
  raw(
    'a variable 2,500,000 lists deep',
    `{"query":"${NODES}","variables":{"ids":${'['.repeat(2_500_000)}${']'.repeat(2_500_000)}}}`,
  ),
  raw('5 MB of brackets in place of a request', '['.repeat(5 * MB)),
  raw('5 MB of numbers in place of a request', `[${times(2_500_000, () => '1', ',')}]`),
  raw(
    '5 MB of extensions',
    `{"query":"{ corpora(first: 1) { nodes { id } } }","extensions":{"a":[${times(2_500_000, () => '1', ',')}]}}`,
  ),
  raw('5 MB of plain text', 'x'.repeat(5 * MB), 'text/plain'),
  raw(
    '60 MB of numbers',
    `{"query":"{ corpora { nodes { id } } }","variables":{"a":[${times(30_000_000, () => '1', ',')}]}}`,
  ),
  raw(
    'a name of 60 MB',
    `{"query":"{ corpora { nodes { id } } }","variables":{"${'x'.repeat(60 * MB)}":1}}`,
    undefined,
    { answered: true },
  ),
  variables('a text of 60 MB for a name', 'query C($name: String!) { corpus(name: $name) { id } }', {
    name: 'д'.repeat(30 * MB),
  }),
  variables('a text of 60 MB for a number', 'query F($first: Int!) { corpora(first: $first) { nodes { id } } }', {
    first: 'д'.repeat(30 * MB),
  }),
  variables('a text of 60 MB for an id', 'query S($id: ID!) { scene(id: $id) { id } }', { id: 'д'.repeat(30 * MB) }),
  variables('a text of 60 MB for a cursor', 'query F($after: String!) { corpora(after: $after) { nodes { id } } }', {
    after: 'д'.repeat(30 * MB),
  }),
  variables(
    'a text of 60 MB for a question',
    'query A($q: String!) { activate(from: { query: $q }, corpus: "tales") { litCount } }',
    {
      q: 'д'.repeat(30 * MB),
    },
  ),
  variables(
    'a text of 60 MB to search for',
    'query A($q: String!) { scenes(filter: { corpus: "tales", text: $q }) { totalCount } }',
    { q: 'д '.repeat(20 * MB) },
  ),
  raw(
    'a text of 60 MB for an operation',
    `{"query":"{ corpora { nodes { id } } }","operationName":"${'x'.repeat(60 * MB)}"}`,
  ),
  variables(
    'a text of 60 MB for a language',
    'mutation R($input: ReadTextInput!) { readText(input: $input) { sceneCount } }',
    { input: { corpus: 'x', name: 'x', text: 'x', lang: 'д'.repeat(30 * MB) } },
  ),
];

export const hostileQueries = (): readonly Hostile[] => [
  ...deepAndWide,
  ...answers,
  ...aliases,
  ...fragments,
  ...directives,
  ...introspection,
  ...long,
  ...bodies,
];
