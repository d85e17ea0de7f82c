import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, STORIES, story } from './sketches.ts';

let api: TestApi;

beforeEach(async () => {
  api = await openApi();
  for (const lang of ['ru', 'en'] as const) await api.write(story(lang));
});

afterEach(() => api.close());

const MERGE = `mutation ($input: MergeAgentsInput!) { mergeAgents(input: $input) {
  alias into person unchanged scenes occurrences couplings
  corpus { uncoupledCount agentMerges { nodes { alias into person by } } }
} }`;
const UNDO = `mutation ($corpus: String!, $alias: String!) { undoMerge(corpus: $corpus, alias: $alias) {
  alias into person unchanged scenes corpus { uncoupledCount agentMerges { nodes { alias } } }
} }`;

describe.each([
  ['ru', 'вронский', 'анна'],
  ['en', 'john', 'mary'],
] as const)('in %s', (lang, alias, into) => {
  const corpus = CORPORA[lang];
  const agents = async (): Promise<Answer> => {
    const query =
      'query ($corpus: String!) { scenes(filter: { corpus: $corpus }) { nodes { agent { key entity own } } } }';
    return (await api.ask(query, { corpus })).scenes.nodes.map(({ agent }: Answer) => agent);
  };

  test('merging makes the scenes the person’s, couples them, and is listed; undoing gives them back', async () => {
    const before = await agents();
    const { mergeAgents } = await api.ask(MERGE, { input: { corpus, alias, into, by: 'MODEL' } });
    expect(mergeAgents).toMatchObject({ alias, into, person: into, unchanged: false, scenes: 2, occurrences: 0 });
    expect(mergeAgents.couplings).toBeGreaterThan(0);
    const merges = { nodes: [{ alias, into, person: into, by: 'MODEL' }] };
    expect(mergeAgents.corpus).toEqual({ uncoupledCount: 0, agentMerges: merges });
    expect(await agents()).toEqual(
      before.map((agent: Answer) => (agent?.key === alias ? { key: alias, entity: into, own: alias } : agent)),
    );
    const filter = { corpus, facets: [{ kind: 'AGENT', key: into }] };
    const { scenes } = await api.ask('query ($filter: SceneFilter!) { scenes(filter: $filter) { totalCount } }', {
      filter,
    });
    expect(scenes.totalCount).toBe(STORIES[lang].filter(({ agent }) => agent !== undefined).length);
    expect((await api.ask(MERGE, { input: { corpus, alias, into } })).mergeAgents).toMatchObject({
      unchanged: true,
      scenes: 0,
      corpus: { agentMerges: merges },
    });
    const { undoMerge } = await api.ask(UNDO, { corpus, alias });
    expect(undoMerge).toEqual({
      alias,
      into,
      person: alias,
      unchanged: false,
      scenes: 2,
      corpus: { uncoupledCount: 0, agentMerges: { nodes: [] } },
    });
    expect(await agents()).toEqual(before);
  });

  test.each([
    ['an agent that is not there', { alias, into: 'никто' }, 'AGENT_NOT_FOUND', 'NOT_FOUND'],
    ['an agent and itself', { alias, into: alias }, 'BAD_ARGUMENT', 'BAD_USER_INPUT'],
    ['in a corpus that is not there', { corpus: 'нет', alias, into }, 'CORPUS_NOT_FOUND', 'NOT_FOUND'],
  ])('merging %s is refused', async (_, input, code, blame) => {
    const { errors } = await api.answer(MERGE, { input: { corpus, ...input } });
    expect(errors.map(({ extensions }) => [extensions.code, extensions.class])).toEqual([[code, blame]]);
  });

  test('a merge into one’s own alias, of an alias into another, and undoing none are refused', async () => {
    await api.ask(MERGE, { input: { corpus, alias, into } });
    const back = await api.answer(MERGE, { input: { corpus, alias: into, into: alias } });
    const none = await api.answer(UNDO, { corpus, alias: into });
    expect([...back.errors, ...none.errors].map(({ extensions }) => extensions.code)).toEqual([
      'BAD_ARGUMENT',
      'MERGE_NOT_FOUND',
    ]);
  });
});

test('merges are paged by alias', async () => {
  for (const [corpus, alias, into] of [
    ['сказки', 'вронский', 'анна'],
    ['tales', 'john', 'mary'],
  ])
    await api.ask(MERGE, { input: { corpus, alias, into } });
  await api.write({ ...story('ru', 'ещё') });
  const page = `query ($after: String) { corpus(name: "сказки") { agentMerges(first: 1, after: $after) {
    edges { cursor node { alias } } pageInfo { hasNextPage endCursor }
  } } }`;
  const { corpus } = await api.ask(page);
  expect(corpus.agentMerges.edges).toEqual([{ cursor: expect.any(String), node: { alias: 'вронский' } }]);
  const after = corpus.agentMerges.pageInfo.endCursor;
  expect((await api.ask(page, { after })).corpus.agentMerges.edges).toEqual([]);
  const { errors } = await api.answer('{ corpora { nodes { agentMerges { nodes { alias } } } } }');
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['QUERY_TOO_LARGE']);
});
