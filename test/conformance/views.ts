import { digestOf } from '../../src/scene/digest.ts';
import { formatOccurrence, type OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { corpusName, viewName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import { type StoredScene, VIEW_SCENES_MAX, type ViewInput } from '../../src/store/graph-store.ts';
import { allItems, failing } from './all-pages.ts';
import { dump } from './isolation.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const [DOOR, NIGHT] = [viewName('у порога'), viewName('the night')];

/** Scenes put together by hand, under a name and outside the levels. */
export const describeViews = ({ store }: OpenStore): void => {
  let scenes: readonly StoredScene[];
  beforeEach(async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 12), name: 'a' });
    await write(store(), { sentences: ENGLISH.slice(0, 8), name: 'b', lang: 'en' });
    await write(store(), { sentences: RUSSIAN.slice(0, 4), name: 'a', corpus: 'другой' });
    scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
  });

  const revision = async (): Promise<number> => (await store().corpus(CORPUS))?.revision ?? -1;
  const view = async (positions: readonly number[], rest: Partial<ViewInput> = {}): Promise<ViewInput> => {
    const those = positions.map((i) => scenes[i] as StoredScene);
    const form = rest.form ?? `view of ${those.map(({ figure }) => figure).join(' ')}`;
    const of = { form, digest: digestOf('test', form), figures: those.map(({ figure }) => figure) };
    const selection = { by: 'search' as const, text: 'дверь' };
    return { name: DOOR, revision: await revision(), ...of, scenes: those.map(({ id }) => id), selection, ...rest };
  };
  const make = async (positions: readonly number[], rest: Partial<ViewInput> = {}) =>
    store().writeView(CORPUS, await view(positions, rest));
  const held = async (ref: OccurrenceRef, first = 2): Promise<readonly SceneId[]> =>
    (await allItems((page) => store().parts(ref, page), first)).map((part) => part.first);
  const ids = (...positions: readonly number[]) => positions.map((i) => scenes[i]?.id as SceneId);
  /** A motif of two scenes and a community of it and a third. */
  const collapse = async () => {
    const figures = [scenes[0]?.figure as StoredScene['figure']];
    const group = { form: 'пара', digest: digestOf('test', 'пара'), figures, scenes: ids(0, 1), bindings: [] };
    const parts = [{ level: 1, group: 0 }, ...ids(2)];
    const communities = [[{ form: 'глава', digest: digestOf('test', 'глава'), figures, parts }]];
    return store().writeCollapse(CORPUS, { revision: await revision(), groups: [group], communities });
  };

  it('hold exactly their scenes, under a code and an occurrence of their own', async () => {
    const before = await revision();
    const { view: made, ...report } = await make([1, 0, 14]);
    expect(report).toEqual({ unchanged: false, replaced: null, newCode: true });
    expect(made).toEqual({
      corpus: CORPUS,
      name: DOOR,
      occurrence: { code: expect.any(Number), ordinal: 1, level: -1, size: 3, first: scenes[1]?.id },
      selection: { by: 'search', text: 'дверь' },
    });
    expect(await store().viewByName(CORPUS, DOOR)).toEqual(made);
    for (const first of [1, 2, 100]) expect(await held(made.occurrence, first)).toEqual(ids(1, 0, 14));
    const [occurrence] = await store().occurrencesByRef([made.occurrence]);
    expect(occurrence).toEqual({ ...made.occurrence, scenes: [], bindings: [] });
    const [hypertoken] = await store().hypertokensByCode([made.occurrence.code]);
    expect(hypertoken).toMatchObject({ level: -1, occurrences: 1, form: (await view([1, 0, 14])).form });
    expect(await allItems((page) => store().occurrences({ code: made.occurrence.code }, page))).toEqual([occurrence]);
    expect(await allItems((page) => store().hypertokens({ corpus: CORPUS, level: -1 }, page))).toEqual([hypertoken]);
    expect(await store().placesWithin(made.occurrence, ids(0, 5, 14, 0))).toEqual([1, null, 2, 1]);
    expect(await store().placesWithin({ ...made.occurrence, ordinal: 2 }, ids(0))).toEqual([null]);
    expect(await revision()).toBe(before);
  });

  it('expand back exactly, page by page, with the couplings that lie within', async () => {
    const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
    const put = [
      [0, 1],
      [1, 14],
      [1, 2],
      [3, 4],
    ].map(([x = 0, y = 0]) => {
      const [a = '', b = ''] = [...ids(x, y)].sort();
      return { a: a as SceneId, b: b as SceneId, weight: 0.5, because };
    });
    await store().writeCouplings(CORPUS, { put, remove: [], coupled: [] });
    const { occurrence } = (await make([0, 1, 14])).view;
    const within = put.slice(0, 2).sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1));
    const whole = await expandOccurrence(store(), occurrence);
    expect(whole.scenes.items.map(({ item }) => item)).toEqual([0, 1, 14].map((i) => scenes[i]));
    expect(whole.couplings).toEqual(within);
    const first = await expandOccurrence(store(), occurrence, { first: 2 });
    expect([first.scenes.items.map(({ item }) => item.id), first.scenes.hasNextPage]).toEqual([ids(0, 1), true]);
    expect(first.couplings).toEqual([put[0]]);
    const rest = await expandOccurrence(store(), occurrence, { first: 2, after: first.scenes.items[1]?.cursor });
    expect([rest.scenes.items.map(({ item }) => item), rest.scenes.hasNextPage]).toEqual([[scenes[14]], false]);
    expect(rest.couplings).toEqual([put[1]]);
  });

  it('stand outside the levels, which know nothing of them, and no collapse touches them', async () => {
    const levels = async () => {
      const found = [];
      for (const level of [0, 1, 2, 3])
        found.push(await allItems((page) => store().occurrences({ corpus: CORPUS, level }, page)));
      return [...found, await store().motifsOfScenes(ids(0, 1, 2, 3)), await store().holdersOf(scenes)];
    };
    await collapse();
    const before = await levels();
    const { view: made } = await make([0, 1, 2, 3]);
    await make([0, 2, 3], { name: NIGHT });
    expect(await levels()).toEqual(before);
    expect(await store().holdersOf([made.occurrence])).toEqual([null]);
    expect(await collapse()).toMatchObject({ added: 0, kept: 2, deleted: 0 });
    expect(await store().writeCollapse(CORPUS, { revision: await revision(), groups: [] })).toMatchObject({
      deleted: 2,
    });
    expect(await store().viewByName(CORPUS, DOOR)).toEqual(made);
    expect(await held(made.occurrence)).toEqual(ids(0, 1, 2, 3));
  });

  it('stay outside the levels though they share a code with a motif', async () => {
    await collapse();
    const before = await allItems((page) => store().occurrences({ corpus: CORPUS, level: 2 }, page));
    const { view: made, newCode } = await make([4, 5], { form: 'пара' });
    const [motif] = await store().motifsOfScenes(ids(0));
    expect([made.occurrence.code, newCode]).toEqual([motif?.code, false]);
    for (const level of [1, 2]) {
      const found = await allItems((page) => store().occurrences({ corpus: CORPUS, level }, page));
      expect(found.map(formatOccurrence)).not.toContain(formatOccurrence(made.occurrence));
    }
    expect(await allItems((page) => store().occurrences({ corpus: CORPUS, level: 2 }, page))).toEqual(before);
  });

  it('share a code where they have the same form, and a scene may be in many', async () => {
    const { view: one } = await make([0, 1], { form: 'двое' });
    const { view: other, newCode } = await make([1, 2], { form: 'двое', name: NIGHT });
    expect(other.occurrence).toMatchObject({ code: one.occurrence.code, ordinal: 2 });
    expect(newCode).toBe(false);
    expect((await store().hypertokensByCode([one.occurrence.code]))[0]?.occurrences).toBe(2);
    expect([await held(one.occurrence), await held(other.occurrence)]).toEqual([ids(0, 1), ids(1, 2)]);
  });

  it('are listed by name, a corpus at a time', async () => {
    const names = ['б', 'a', 'яма', 'ё', 'A/b', '0'].map(viewName);
    for (const name of names) await make([0], { name });
    const listed = await allItems((page) => store().views(CORPUS, page), 2);
    expect(listed.map(({ name }) => name)).toEqual(['0', 'A/b', 'a', 'б', 'яма', 'ё']);
    expect(await store().views(corpusName('другой'), { first: 5 })).toEqual({ items: [], hasNextPage: false });
    expect(await store().viewByName(corpusName('другой'), names[0] ?? DOOR)).toBeNull();
    expect(await failing(store().views(corpusName('нет'), { first: 5 }))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().viewByName(corpusName('нет'), DOOR))).toBe('CORPUS_NOT_FOUND');
  });

  it('tell the scenes of many at once, each in the order of its form', async () => {
    const none = viewName('нет');
    await make([3, 0, 14]);
    await make([14, 3], { name: NIGHT });
    expect(await store().scenesOfViews(CORPUS, [NIGHT, none, DOOR, NIGHT])).toEqual([
      ids(14, 3),
      [],
      ids(3, 0, 14),
      ids(14, 3),
    ]);
    expect(await store().scenesOfViews(CORPUS, [])).toEqual([]);
    expect(await store().scenesOfViews(corpusName('другой'), [DOOR])).toEqual([[]]);
    expect(await failing(store().scenesOfViews(corpusName('нет'), [DOOR]))).toBe('CORPUS_NOT_FOUND');
  });

  it('made again change nothing; others of the same name are refused, or replaced where that is asked for', async () => {
    const { view: made } = await make([0, 1]);
    const seen = await dump(store());
    expect(await make([0, 1], { selection: { by: 'scenes' } })).toEqual({
      view: made,
      unchanged: true,
      replaced: null,
      newCode: false,
    });
    expect(await failing(make([0, 2]))).toBe('VIEW_EXISTS');
    expect(await failing(make([0, 1], { form: 'иначе сцеплены' }))).toBe('VIEW_EXISTS');
    expect(await dump(store())).toEqual(seen);
    const replaced = await make([0, 2], { replace: true });
    expect(replaced.replaced).toEqual({ code: made.occurrence.code, ordinal: made.occurrence.ordinal });
    expect(await held(replaced.view.occurrence)).toEqual(ids(0, 2));
    expect(await store().occurrencesByRef([made.occurrence])).toEqual([null]);
    expect(await allItems((page) => store().views(CORPUS, page))).toEqual([replaced.view]);
    const back = await make([0, 1], { replace: true });
    expect(back.view.occurrence).toMatchObject({ code: made.occurrence.code, ordinal: 2 });
  });

  it('are deleted by name, and their codes stay', async () => {
    const { view: made } = await make([0, 1]);
    await make([0, 1], { name: NIGHT });
    expect(await store().deleteView(CORPUS, DOOR)).toEqual(made);
    expect(await store().viewByName(CORPUS, DOOR)).toBeNull();
    expect(await failing(store().deleteView(CORPUS, DOOR))).toBe('VIEW_NOT_FOUND');
    expect(await failing(store().deleteView(corpusName('нет'), DOOR))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().parts(made.occurrence, { first: 1 }))).toBe('OCCURRENCE_NOT_FOUND');
    expect((await store().hypertokensByCode([made.occurrence.code]))[0]).toMatchObject({ occurrences: 1 });
    expect((await store().scenesById(ids(0, 1))).every((scene) => scene !== null)).toBe(true);
  });

  it('go with any of their scenes that is deleted or gets another figure, and are counted', async () => {
    const { view: kept } = await make([13, 14], { name: NIGHT });
    await make([0, 13]);
    await make([5, 6], { name: viewName('третий') });
    const names = async () => (await allItems((page) => store().views(CORPUS, page))).map(({ name }) => name);
    expect(await write(store(), { sentences: RUSSIAN.slice(1, 12), name: 'a' })).toMatchObject({
      viewsDeleted: [DOOR],
    });
    expect(await names()).toEqual([NIGHT, 'третий']);
    const now = await store().scenesById(ids(1, 2, 3, 4, 5, 6, 7));
    const report = await write(store(), { sentences: RUSSIAN.slice(1, 13), name: 'a', reading: 1 });
    expect(report).toMatchObject({ scenesDeleted: 0, viewsDeleted: ['третий'] });
    const after = await store().scenesById(now.map((scene) => scene?.id as SceneId));
    const refigured = [4, 5].some((i) => now[i]?.figure !== after[i]?.figure);
    expect(refigured).toBe(true);
    expect(await names()).toEqual([NIGHT]);
    expect(await store().viewByName(CORPUS, NIGHT)).toEqual(kept);
    const deleted = await store().deleteDocument(CORPUS, scenes[13]?.documentName as StoredScene['documentName']);
    expect(deleted).toMatchObject({ scenes: 8, occurrences: 9 });
    expect(await names()).toEqual([]);
  });

  it('stay when their agents become one person, or their couplings go', async () => {
    const agents = [...new Set(scenes.map(({ agent }) => agent?.entity).filter((agent) => agent !== undefined))];
    const [alias = '', into = ''] = agents;
    const at = scenes.findIndex(({ agent }) => agent?.entity === alias);
    const { view: made } = await make([at]);
    expect(await store().mergeAgents(CORPUS, { alias, into })).toMatchObject({ occurrences: 0 });
    await store().clearCouplings(CORPUS);
    expect(await store().viewByName(CORPUS, DOOR)).toEqual(made);
    const { scenes: page } = await expandOccurrence(store(), made.occurrence);
    expect(page.items.map(({ item }) => item.agent?.entity)).toEqual([into]);
  });

  it('go with their corpus', async () => {
    await make([0, 14]);
    expect(await store().deleteCorpus(CORPUS)).toMatchObject({ scenes: 20, occurrences: 21 });
    expect(await failing(store().views(CORPUS, { first: 1 }))).toBe('CORPUS_NOT_FOUND');
    await write(store(), { sentences: RUSSIAN.slice(0, 3), name: 'a' });
    expect(await store().viewByName(CORPUS, DOOR)).toBeNull();
  });

  it('are refused whole where they do not fit', async () => {
    await make([0, 1], { form: 'двое' });
    const seen = await dump(store());
    const foreign = await allItems((page) => store().scenes({ corpus: corpusName('другой') }, page));
    const refused = async (rest: Partial<ViewInput>) => failing(make([2], { name: NIGHT, ...rest }));
    expect(await refused({ revision: (await revision()) - 1 })).toBe('STORE_CONFLICT');
    expect(await refused({ scenes: [foreign[0]?.id as SceneId] })).toBe('STORE_CONFLICT');
    expect(await refused({ scenes: ['нет' as SceneId] })).toBe('STORE_CONFLICT');
    expect(await refused({ scenes: [] })).toBe('BAD_ARGUMENT');
    expect(await refused({ scenes: ids(2, 3, 2) })).toBe('BAD_ARGUMENT');
    expect(await refused({ digest: 'нет' as ViewInput['digest'] })).toBe('BAD_ARGUMENT');
    expect(await refused({ digest: digestOf('test', 'двое') })).toBe('STORE_FAILED');
    const many = Array.from({ length: VIEW_SCENES_MAX + 1 }, (_, i) => `сцена ${i}` as SceneId);
    expect(await refused({ scenes: many })).toBe('VIEW_TOO_LARGE');
    expect(await failing(store().writeView(corpusName('нет'), await view([0])))).toBe('CORPUS_NOT_FOUND');
    expect(await dump(store())).toEqual(seen);
  });
};
