import fc from 'fast-check';
import { corpusName } from '../../src/scene/name.ts';
import { openApi, type TestApi } from './open-api.ts';
import { longStory, retellings } from './sketches.ts';

const CORPORA = ['повести', 'novels'];
/** Whose every scene stands in a motif. */
const RETOLD = ['пересказы', 'retellings'];
const SCENES = 210;
let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  for (const [corpus, lang] of [
    ['повести', 'ru'],
    ['novels', 'en'],
  ] as const) {
    await api.write(longStory(corpus, 'one', SCENES, lang));
    for (const name of ['two', 'three', 'four']) await api.write(longStory(corpus, name, 12, lang));
    await api.ask(
      'mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } collapse(corpus: $corpus) { occurrences } }',
      { corpus },
    );
  }
  for (const [corpus, lang] of [
    ['пересказы', 'ru'],
    ['retellings', 'en'],
  ] as const) {
    await api.write(retellings(corpus, SCENES / 2, lang));
    await api.ask(
      'mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } collapse(corpus: $corpus) { occurrences } }',
      { corpus },
    );
  }
});

afterAll(() => api.close());

const QUERIES: Readonly<Record<string, string>> = {
  scenes: 'scenes(filter: { corpus: $corpus }, first: $first) { totalCount nodes { text agent { entity } } }',
  'scenes → couplings → other scene → document → corpus':
    'scenes(filter: { corpus: $corpus }, first: $first) { nodes { couplings(first: 5) { nodes { weight because { label } other { text document { name corpus { name } } } } } } }',
  'scenes → neighbours of neighbours':
    'scenes(filter: { corpus: $corpus }, first: $first) { nodes { next { next { text } } previous { text } } }',
  'scenes → motif → scenes → occurrence → hypertoken':
    'scenes(filter: { corpus: $corpus }, first: $first) { nodes { motif { hypertoken { code } scenes { text occurrence { ref hypertoken { digest } } } } } }',
  'occurrences → hypertoken and scenes → document':
    'occurrences(filter: { corpus: $corpus, level: 0 }, first: $first) { nodes { hypertoken { hyperlexeme } scenes { text document { name } } } }',
};

test.each(Object.entries(QUERIES))('%s: as many statements for 200 nodes as for one', async (_, fields) => {
  const query = `query ($corpus: String!, $first: Int!) { ${fields} }`;
  for (const corpus of fields.includes('motif') ? RETOLD : CORPORA) {
    const reads: number[] = [];
    // What is kept until the next write is looked up by the first.
    await api.reads(query, { corpus, first: 1 });
    for (const first of [1, 10, 200]) reads.push(await api.reads(query, { corpus, first }));
    expect(reads[0]).toBeGreaterThan(0);
    expect(reads).toEqual([reads[0], reads[0], reads[0]]);
  }
});

test('two steps over couplings cost no more for 200 scenes than for 10, and less only where they lead back', async () => {
  const query = `query ($corpus: String!, $first: Int!) { scenes(filter: { corpus: $corpus }, first: $first) { nodes {
    couplings(first: 2) { nodes { other { couplings(first: 2) { nodes { other { document { name } } } } } } }
  } } }`;
  for (const corpus of CORPORA) {
    const [one, ten, many] = [
      await api.reads(query, { corpus, first: 1 }),
      await api.reads(query, { corpus, first: 10 }),
      await api.reads(query, { corpus, first: 200 }),
    ];
    expect(many).toBe(ten);
    expect(one).toBeLessThanOrEqual(many);
  }
});

test('scenes of many documents come by one statement', async () => {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Document { scenes(first: 20) { nodes { text } } } } }`;
  const { corpus } = await api.ask('{ corpus(name: "повести") { documents { nodes { id } } } }');
  const ids = corpus.documents.nodes.map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(4);
  expect(await api.reads(query, { ids })).toBe(await api.reads(query, { ids: ids.slice(0, 1) }));
});

test('hypertokens of a page come with what they hold by as many statements as one', async () => {
  const query = `query ($corpus: String!, $first: Int!) {
    hypertokens(filter: { corpus: $corpus }, first: $first) { nodes { code hyperlexeme figures { key } occurrenceCount } }
  }`;
  const [one, many] = [
    await api.reads(query, { corpus: 'novels', first: 1 }),
    await api.reads(query, { corpus: 'novels', first: 200 }),
  ];
  expect(many).toBe(one);
});

test('a subgraph’s couplings find their scenes without asking again', async () => {
  const [scene] = (await api.store.scenes({ corpus: corpusName('novels') }, { first: 1 })).items;
  const query = (fields: string) =>
    `{ subgraph(scene: "${scene?.item.id}", hops: 1, limit: 200) { truncated ${fields} } }`;
  const bare = await api.reads(query(''));
  expect(await api.reads(query('scenes { text } couplings { weight scene { text } other { text } }'))).toBe(bare);
});

/** Selections of a scene, nested at random; lists of lists included. */
const sceneFields: fc.Arbitrary<string> = fc.letrec<{ scene: string }>((tie) => ({
  scene: fc
    .uniqueArray(
      fc.oneof(
        { maxDepth: 3, depthIdentifier: 'scene' },
        fc.constantFrom('text', 'code', 'document { name corpus { name sceneCount } }', 'hyperlexeme'),
        tie('scene').map((inner) => `next { ${inner} }`),
        tie('scene').map((inner) => `previous { ${inner} }`),
        tie('scene').map((inner) => `couplings(first: 2) { nodes { other { ${inner} } scene { ${inner} } } }`),
        tie('scene').map((inner) => `occurrence { hypertoken { code } scenes { ${inner} } }`),
        tie('scene').map(
          (inner) => `motif { size firstScene { ${inner} } holder { ref holder { ref } } scenes { ${inner} } }`,
        ),
        tie('scene').map((inner) => `document { scenes(first: 2) { nodes { ${inner} } } }`),
      ),
      { minLength: 1, maxLength: 3, selector: (field) => field.split(/\W/u)[0] },
    )
    .map((fields) => fields.join(' ')),
})).scene;

test('whatever a query nests, its text alone bounds the statements', async () => {
  const property = fc.asyncProperty(sceneFields, fc.constantFrom(...CORPORA), async (fields, corpus) => {
    const query = `query ($corpus: String!) { scenes(filter: { corpus: $corpus }, first: 20) { nodes { ${fields} } } }`;
    const written = query.match(/[a-zA-Z]+(?=[\s({])/gu)?.length ?? 0;
    expect(await api.reads(query, { corpus })).toBeLessThanOrEqual(4 * written);
  });
  await fc.assert(property, { numRuns: 25 });
});
