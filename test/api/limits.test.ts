import { type Answer, openApi, type TestApi } from './open-api.ts';
import { story } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  await api.write(story('en'));
});

afterAll(() => api.close());

const refusal = async (query: string, variables?: Record<string, unknown>): Promise<Answer> => {
  const before = api.store.statistics().reads;
  const { errors, data } = await api.answer(query, variables);
  expect(data).toBeUndefined();
  expect(api.store.statistics().reads).toBe(before);
  expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', class: 'LIMIT_EXCEEDED' });
  return errors[0];
};

const nested = (depth: number): string => `${'next { '.repeat(depth)}text${' }'.repeat(depth)}`;
const SCENE = 'scene(id: "00000000000000000000000000000000")';

test('a query may be 16 deep and no deeper, by fragments neither', async () => {
  await api.ask(`{ ${SCENE} { ${nested(14)} } }`);
  expect((await refusal(`{ ${SCENE} { ${nested(15)} } }`)).message).toContain('depth');
  await refusal(`{ ${SCENE} { ...F } } fragment F on Scene { ${nested(15)} }`);
  await refusal(
    `{ ${SCENE} { ... on Scene { ...F } } } fragment F on Scene { ${nested(8)} next { ...G } } fragment G on Scene { ${nested(14)} }`,
  );
});

test('fragments that lead back to themselves are refused', async () => {
  const { errors } = await api.answer(`{ ${SCENE} { ...F } } fragment F on Scene { next { ...F } }`);
  expect(errors.length).toBeGreaterThan(0);
});

test('aliases, directives and tokens are bounded', async () => {
  const aliases = Array.from({ length: 51 }, (_, i) => `a${i}: corpus(name: "x") { id }`).join(' ');
  expect((await refusal(`{ ${aliases} }`)).message).toContain('aliases');
  expect((await refusal(`{ corpora ${'@include(if: true) '.repeat(51)} { nodes { id } } }`)).message).toContain(
    'directives',
  );
  expect((await refusal(`{ corpora { nodes { ${'id '.repeat(2100)} } } }`)).message).toContain('tokens');
});

test('pages that multiply to too many objects are refused before anything is read', async () => {
  const page = (first: number) =>
    `scenes(filter: { corpus: "tales" }, first: ${first}) { nodes { couplings(first: ${first}) { nodes { other { text } } } } }`;
  await api.ask(`{ ${page(100)} }`);
  const error = await refusal(`{ ${page(200)} }`);
  expect(error.extensions.details).toEqual({ expected: 'at most 50000', came: expect.stringMatching(/^\d+$/u) });
  const query = `query ($first: Int!) { scenes(filter: { corpus: "tales" }, first: $first) { nodes { couplings(first: $first) { nodes { other { couplings(first: $first) { nodes { weight } } } } } } } }`;
  await refusal(query, { first: 50 });
  await api.ask(query, { first: 2 });
});

test('a query that is known is counted anew for other page sizes, and whatever else was refused or let through before', async () => {
  const query = `query ($corpus: String!, $first: Int!, $ids: [ID!]!, $deep: Boolean!) {
    nodes(ids: $ids) { ... on Document { scenes(first: 100) { nodes { text } } } }
    scenes(filter: { corpus: $corpus }, first: $first) { nodes { couplings(first: $first) @include(if: $deep) { nodes { other { text } } } } }
  }`;
  const few = { corpus: 'tales', first: 2, ids: [], deep: true };
  const unfit = await api.answer(query, { ...few, corpus: null, first: 200 });
  expect(unfit.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  for (let round = 0; round < 2; round++) {
    await api.ask(query, few);
    await refusal(query, { ...few, first: 200 });
    await api.ask(query, { ...few, first: 200, deep: false });
    // As many as its first question had, and each with a page of scenes.
    await refusal(query, { ...few, ids: Array.from({ length: 200 }, () => 'x'), first: 150 });
    await api.ask(query, { ...few, first: 150, deep: false });
  }
});

test('introspection that multiplies is refused, by aliases as by levels', async () => {
  const types = (alias: string) => `${alias}: __schema { types { fields { name type { name fields { name } } } } }`;
  await api.ask(`{ ${types('a')} ${types('b')} }`);
  const many = Array.from({ length: 50 }, (_, i) => types(`a${i}`)).join(' ');
  expect((await refusal(`{ ${many} }`)).message).toContain('values');
  const fields = Array.from({ length: 50 }, (_, i) => `a${i}: fields { name type { name kind fields { name } } }`);
  expect((await refusal(`{ __schema { types { ${fields.join(' ')} } } }`)).message).toContain('values');
});

test('one field over and over is refused with a code that says so', async () => {
  expect((await refusal(`{ ${SCENE} { ${'id '.repeat(1900)} } }`)).message).toContain('fields of one name');
});

test('plain fields count as well as objects', async () => {
  const page = (fields: string) =>
    `{ scenes(filter: { corpus: "tales" }, first: 200) { nodes { couplings(first: 16) { nodes { ${fields} } } } } }`;
  await api.ask(page('weight because { label } other { text }'));
  await refusal(
    page('weight because { kind key label weight } other { id key text kind lang position start end code ordinal }'),
  );
});

test('fragments that double at every level are refused', async () => {
  const levels = Array.from(
    { length: 13 },
    (_, i) => `fragment F${i} on Scene { previous { ...F${i + 1} } next { ...F${i + 1} } }`,
  );
  await refusal(`{ ${SCENE} { ...F0 } } ${levels.join(' ')} fragment F13 on Scene { text }`);
});

test('a variable that does not fit is told as such, not as too large', async () => {
  const { errors } = await api.answer('query ($first: Int!) { corpora(first: $first) { nodes { id } } }', {
    first: 'x',
  });
  expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

describe('a field that reads the store once for each parent', () => {
  test.each([
    ['corpora { nodes { documents { nodes { id } } } }', 'Corpus.documents', 'CorpusConnection.nodes'],
    ['corpora { edges { node { documents { nodes { id } } } } }', 'Corpus.documents', 'CorpusConnection.edges'],
    ['hypertokens { nodes { occurrences { nodes { id } } } }', 'Hypertoken.occurrences', 'HypertokenConnection.nodes'],
    ['scenes(filter: { corpus: "tales" }) { nodes { document { text } } }', 'Document.text', 'SceneConnection.nodes'],
    ['nodes(ids: []) { ... on Hypertoken { occurrences { nodes { id } } } }', 'Hypertoken.occurrences', 'Query.nodes'],
    ['corpora { nodes { ...F } }', 'Corpus.documents', 'CorpusConnection.nodes'],
    ['corpora { nodes { ... { ... on Node { ...F } } } }', 'Corpus.documents', 'CorpusConnection.nodes'],
    ['corpus(name: "tales") { ...F } corpora { nodes { ...F } }', 'Corpus.documents', 'CorpusConnection.nodes'],
  ])('is refused below a list: %s', async (fields, field, list) => {
    const fragment = fields.includes('...F') ? 'fragment F on Corpus { documents { nodes { id } } }' : '';
    const error = await refusal(`{ ${fields} } ${fragment}`);
    expect(error.message).toContain(field);
    expect(error.message).toContain(list);
  });

  test('stands below single objects, as often as they are written', async () => {
    const data = await api.ask(`{
      a: corpus(name: "tales") { documents { nodes { name } } } b: corpus(name: "tales") { ...F }
      document(corpus: "tales", name: "story") { text corpus { ...F } }
    } fragment F on Corpus { documents { totalCount } }`);
    expect(data).toMatchObject({
      a: { documents: { nodes: [{ name: 'story' }] } },
      b: { documents: { totalCount: 1 } },
    });
  });
});

test('the introspection query of common tools passes', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  const data = await api.ask(
    getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true }),
  );
  expect(data.__schema.queryType.name).toBe('Query');
});

describe('a variable as deep as a request may be long', () => {
  const lists: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const objects: unknown = JSON.parse(`${'{"input":'.repeat(20_000)}"x"${'}'.repeat(20_000)}`);

  test.each([
    ['lists for ids', 'query ($value: [ID!]!) { nodes(ids: $value) { id } }', lists],
    ['lists for a number', 'query ($value: Int) { corpora(first: $value) { nodes { id } } }', lists],
    ['objects for an input', 'mutation ($value: ReadTextInput!) { readText(input: $value) { sceneCount } }', objects],
  ])('is a bad variable and no failure of the server: %s', async (_, query, value) => {
    const { errors, data } = await api.answer(query, { value });
    expect(data).toBeUndefined();
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('is looked through to its end for texts that are too long', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}"${'x'.repeat(70_000)}"${']'.repeat(50_000)}`);
    expect((await refusal('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: deep })).message).toContain(
      'text',
    );
  });
});
