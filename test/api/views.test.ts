import type { Language } from '../../src/scene/scene.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, longStory, STORIES, story } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  for (const lang of ['ru', 'en'] as const) {
    await api.write(story(lang));
    await api.ask('mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } }', { corpus: CORPORA[lang] });
  }
});

afterAll(() => api.close());

const COLLAPSE = `mutation ($input: CollapseViewInput!) { collapseView(input: $input) {
  unchanged replaced newCode
  view { name size corpus { name } occurrence { ref level size scenes { text } firstScene { text } } selection {
    by document hops weightMin text kind lang digest facets { kind key } seed { text } from { text } to { text }
  } }
} }`;

describe.each(['ru', 'en'] as const)('in %s', (lang: Language) => {
  const corpus = CORPORA[lang];
  const texts = STORIES[lang].map(({ text }) => text);
  const [hero = '', other = ''] = STORIES[lang].map(({ agent }) => agent);
  let ids: readonly string[];
  let keys: readonly string[];
  beforeAll(async () => {
    const { scenes } = await api.ask(
      'query ($corpus: String!) { scenes(filter: { corpus: $corpus }) { nodes { id key } } }',
      { corpus },
    );
    ids = scenes.nodes.map(({ id }: Answer) => id);
    keys = scenes.nodes.map(({ key }: Answer) => key);
  });

  const collapse = async (name: string, source: object, rest: object = {}): Promise<Answer> =>
    (await api.ask(COLLAPSE, { input: { corpus, name, source, ...rest } })).collapseView;
  const refused = async (name: string, source: object, rest: object = {}) => {
    const { data, errors } = await api.answer(COLLAPSE, { input: { corpus, name, source, ...rest } });
    expect(data?.collapseView ?? null).toBeNull();
    return errors;
  };
  const expand = async (ref: string): Promise<readonly string[]> => {
    const query = 'query ($ref: OccurrenceRef!) { expand(ref: $ref) { scenes { nodes { text } } } }';
    return (await api.ask(query, { ref })).expand.scenes.nodes.map(({ text }: Answer) => text);
  };

  test('scenes collapse into a view that expands back, whether named by id or key', async () => {
    const { view, ...rest } = await collapse('порог', { scenes: [keys[3], ids[1], keys[0]] });
    // Both stories have the same figures, coupled in the same way: one form, one code.
    expect(rest).toEqual({ unchanged: false, replaced: null, newCode: lang === 'ru' });
    expect(view).toMatchObject({ name: 'порог', size: 3, corpus: { name: corpus } });
    expect(view.occurrence).toMatchObject({ level: -1, size: 3, scenes: [], firstScene: { text: texts[0] } });
    expect(view.selection).toMatchObject({ by: 'SCENES', facets: null, seed: null, from: null });
    expect(await expand(view.occurrence.ref)).toEqual([texts[0], texts[1], texts[3]]);
    const { bundle } = await api.ask(
      'query ($ref: OccurrenceRef!) { bundle(ref: $ref) { scenesRead summary { text } } }',
      {
        ref: view.occurrence.ref,
      },
    );
    expect(bundle).toMatchObject({ scenesRead: 3, summary: expect.any(Array) });
  });

  test('each way of choosing scenes tells what it was', async () => {
    const document = await collapse('all', { document: 'story' });
    expect(document.view).toMatchObject({ size: texts.length, selection: { by: 'DOCUMENT', document: 'story' } });
    const search = await collapse('found', {
      search: { lang: lang.toUpperCase(), kind: 'SCENE', facets: [{ kind: 'AGENT', key: hero }] },
    });
    expect(search.view.selection).toMatchObject({
      by: 'SEARCH',
      kind: 'SCENE',
      lang: lang.toUpperCase(),
      facets: [{ kind: 'AGENT', key: hero }],
    });
    expect(await expand(search.view.occurrence.ref)).toEqual(
      STORIES[lang].filter(({ agent }) => agent === hero).map(({ text }) => text),
    );
    const around = await collapse('around', { around: { seed: ids[0] } });
    expect(around.view.selection).toMatchObject({ by: 'SEED', seed: { text: texts[0] }, hops: 1, weightMin: 0 });
    const { subgraph } = await api.ask(`{ subgraph(scene: "${ids[0]}", hops: 1) { scenes { text } } }`);
    expect((await expand(around.view.occurrence.ref)).toSorted()).toEqual(
      subgraph.scenes.map(({ text }: Answer) => text).toSorted(),
    );
    const path = await collapse('path', { path: { from: keys[1], to: ids[5] } });
    expect(path.view.selection).toMatchObject({ by: 'PATH', from: { text: texts[1] }, to: { text: texts[5] } });
    const along = await expand(path.view.occurrence.ref);
    expect([along[0], along.at(-1)]).toEqual([texts[1], texts[5]]);
    expect(other).not.toBe(hero);
  });

  test('the same again changes nothing; others of the name are refused or replace it', async () => {
    const { view } = await collapse('дважды', { scenes: [ids[0], ids[1]] });
    expect(await collapse('дважды', { scenes: [ids[1], ids[0]] })).toMatchObject({ view, unchanged: true });
    const [error] = await refused('дважды', { scenes: [ids[2]] });
    expect(error).toMatchObject({ extensions: { code: 'VIEW_EXISTS' } });
    expect(error.message).toMatch(/another view has this name/u);
    const replaced = await collapse('дважды', { scenes: [ids[2]] }, { replace: true });
    expect(replaced).toMatchObject({ unchanged: false, replaced: view.occurrence.ref, view: { size: 1 } });
  });

  test('views are listed by name, page by page, shown and deleted', async () => {
    const list =
      'query ($corpus: String!, $first: Int!, $after: String) { views(corpus: $corpus, first: $first, after: $after) { nodes { name } edges { cursor } pageInfo { hasNextPage endCursor } } }';
    await collapse('я', { scenes: [ids[0]] });
    await collapse('a', { scenes: [ids[0]] });
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { views }: Answer = await api.ask(list, { corpus, first: 2, after });
      names.push(...views.nodes.map(({ name }: Answer) => name));
      after = views.pageInfo.hasNextPage ? views.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual([...new Set(names)].toSorted());
    const show =
      'query ($corpus: String!, $name: String!) { view(corpus: $corpus, name: $name) { name occurrence { ref } } }';
    const { view } = await api.ask(show, { corpus, name: 'я' });
    const remove =
      'mutation ($corpus: String!, $name: String!) { deleteView(corpus: $corpus, name: $name) { name deletedRef size } }';
    const { deleteView } = await api.ask(remove, { corpus, name: 'я' });
    expect(deleteView).toEqual({ name: 'я', deletedRef: view.occurrence.ref, size: 1 });
    expect((await api.ask(show, { corpus, name: 'я' })).view).toBeNull();
    const { errors } = await api.answer(remove, { corpus, name: 'я' });
    expect(errors.map(({ extensions }: Answer) => extensions.code)).toEqual(['VIEW_NOT_FOUND']);
  });

  test('what cannot be a view is refused, and says why', async () => {
    const messages = async (...args: Parameters<typeof refused>) =>
      (await refused(...args)).map(({ message }: Answer) => message);
    expect(await messages('x', {})).toEqual([expect.stringMatching(/ViewSource/u)]);
    expect(await messages('x', { document: 'story', scenes: ids })).toEqual([expect.stringMatching(/ViewSource/u)]);
    expect(await messages('x', { scenes: ids }, { scenesMax: 2 })).toEqual([expect.stringMatching(/too many scenes/u)]);
    expect(await messages(' x', { scenes: ids })).toEqual([expect.stringMatching(/bad view name/u)]);
    expect(await messages('x', { around: { seed: ids[0], hops: 9 } })).toEqual([expect.stringMatching(/bad hops/u)]);
    expect(await messages('x', { path: { from: ids[0], to: ids[1], budget: 0 } })).toEqual([
      expect.stringMatching(/bad budget/u),
    ]);
    expect(await messages('x', { search: { text: 'nowhere' } })).toEqual([expect.stringMatching(/no scene passes/u)]);
  });
});

test('views of a page come with occurrences, scenes and hypertokens by as many statements as one', async () => {
  const corpus = 'много';
  await api.write(longStory(corpus, 'one', 60, 'ru'));
  const { scenes } = await api.ask('{ scenes(filter: { corpus: "много" }, first: 60) { nodes { id } } }');
  for (let i = 0; i < 25; i++)
    await api.ask(COLLAPSE, {
      input: { corpus, name: `вид ${i}`, source: { scenes: [scenes.nodes[i].id, scenes.nodes[i + 30].id] } },
    });
  const query = `query ($first: Int!) { views(corpus: "много", first: $first) { nodes {
    name corpus { name } selection { by seed { text } } occurrence { ref holder { ref } hypertoken { figures { key } } firstScene { text } }
  } } }`;
  const reads = [];
  for (const first of [1, 5, 25]) reads.push(await api.reads(query, { first }));
  expect(reads).toEqual([reads[0], reads[0], reads[0]]);
});
