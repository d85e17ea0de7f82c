import fc from 'fast-check';
import { digestOf } from '../../src/scene/digest.ts';
import { formatOccurrence, type OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { type ViewName, viewName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { inconsistencies } from '../store/consistency.ts';
import { allItems, failing } from './all-pages.ts';
import { dump } from './isolation.ts';
import { CORPUS, ENGLISH, type ProseDocument, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';
import { useMerging } from './use-merging.ts';

const [DOOR, NIGHT] = [viewName('у порога'), viewName('the night')];

/** Sets of views merged on each store. */
const RUNS = { memory: 20, embedded: 8, neo4j: 2 } as const;
const RUN_MS = 60_000;

/** Named views in a backup that is merged. */
export const describeMergingOfViews = ({ adapter, database, store }: OpenStore): void => {
  const { others, fresh, merge, namesOf, expanded } = useMerging({ store });
  let from: GraphStore;
  let scenes: readonly StoredScene[];
  beforeEach(async () => {
    from = fresh(others());
    await writeBoth(from);
    scenes = await scenesOf(from);
  });

  const writeBoth = async (into: GraphStore, russian: Partial<ProseDocument> = {}): Promise<void> => {
    await write(into, { sentences: RUSSIAN.slice(0, 8), name: 'a', ...russian });
    await write(into, { sentences: ENGLISH.slice(0, 8), name: 'b', lang: 'en' });
  };
  const scenesOf = (of: GraphStore) => allItems((page) => of.scenes({ corpus: CORPUS }, page));
  const make = async (of: GraphStore, name: ViewName, ids: readonly (SceneId | undefined)[], coupled = '') => {
    const those = (await of.scenesById(ids as readonly SceneId[])) as readonly StoredScene[];
    const form = `view of ${those.map(({ figure }) => figure).join(' ')}${coupled}`;
    const revision = (await of.corpus(CORPUS))?.revision ?? -1;
    const what = { form, digest: digestOf('test', form), figures: [], scenes: those.map(({ id }) => id) };
    return (await of.writeView(CORPUS, { name, revision, ...what, selection: { by: 'search', text: name } })).view;
  };
  const at = (...places: readonly number[]) => places.map((place) => scenes[place]?.id);
  const ref = ({ code, ordinal }: OccurrenceRef): OccurrenceRef => ({ code, ordinal });

  it('of either language come along under their names, and twice is once', async () => {
    const made = [await make(from, DOOR, at(2, 0, 9)), await make(from, NIGHT, at(9))];
    const into = fresh(database());
    await write(into, { sentences: RUSSIAN.slice(0, 3), corpus: 'другой' });
    await write(into, { sentences: RUSSIAN.slice(0, 8), name: 'a' });
    const report = await merge(into, from);
    expect(report.views).toEqual({ added: 2, shared: 0, otherForm: [], left: [] });
    const names = await namesOf(into, from);
    for (const { name, occurrence, selection } of made) {
      const own = await into.viewByName(CORPUS, name);
      expect(own).toMatchObject({ selection, occurrence: { size: occurrence.size, first: occurrence.first } });
      if (own === null) throw new Error('no view');
      expect(names.get(formatOccurrence(occurrence))).toEqual(ref(own.occurrence));
      const [there, here] = [await expanded(from, occurrence), await expanded(into, own.occurrence)];
      expect({ ...here, couplings: [] }).toEqual({ ...there, couplings: [] });
    }
    const before = await dump(into);
    expect(await merge(into, from)).toMatchObject({ views: { added: 0, shared: 2 }, renumbered: 0 });
    expect(await dump(into)).toEqual(before);
    await into.deleteView(CORPUS, NIGHT);
    expect(await merge(into, from)).toMatchObject({ views: { added: 1, shared: 1 }, corpora: { changed: 1 } });
    expect(await inconsistencies(into)).toEqual([]);
  });

  it('of other scenes under a name that is taken are refused, each told by its name, before anything is written', async () => {
    for (const name of [DOOR, NIGHT]) await make(from, name, at(2, 9));
    const into = fresh(database());
    await writeBoth(into);
    await make(into, NIGHT, at(2, 10));
    await make(into, DOOR, at(9, 2));
    const before = await dump(into);
    const refused = merge(into, from);
    await expect(refused).rejects.toMatchObject({ code: 'MERGE_CONFLICT' });
    for (const what of ['came 2: ', ...[DOOR, NIGHT].map((name) => `view "${name}" of "${CORPUS}": other scenes`)])
      await expect(refused).rejects.toThrow(what);
    expect(await dump(into)).toEqual(before);
  });

  it('with a scene that is read here as part of another do not come, and are told', async () => {
    await make(from, DOOR, at(2, 9));
    const kept = await make(from, NIGHT, at(3, 9));
    const into = fresh(database());
    await writeBoth(into, { sentences: [RUSSIAN.slice(0, 3).join(' '), ...RUSSIAN.slice(3, 8)] });
    const { documents, views } = await merge(into, from);
    expect(documents).toEqual({ added: 0, shared: 2 });
    expect(views).toEqual({
      added: 1,
      shared: 0,
      otherForm: [],
      left: [{ corpus: CORPUS, name: DOOR, because: 'absent-scene' }],
    });
    expect((await allItems((page) => into.views(CORPUS, page))).map(({ name }) => name)).toEqual([NIGHT]);
    const names = await namesOf(into, from);
    expect(names.get(formatOccurrence(kept.occurrence))).toEqual(expect.anything());
  });

  it('with a scene that is read here as another figure do not come, since their form would not be true', async () => {
    const into = fresh(database());
    await writeBoth(into, { reading: 1 });
    const here = await into.scenesById(at(...scenes.keys()) as readonly SceneId[]);
    const other = scenes.findIndex(({ figure }, i) => figure !== here[i]?.figure);
    expect([other >= 0, here.includes(null)]).toEqual([true, false]);
    const left = await make(from, DOOR, at(other, 9));
    await make(from, NIGHT, at(9, 10));
    const report = { corpus: CORPUS, name: DOOR, because: 'other-figure' };
    expect((await merge(into, from)).views).toEqual({ added: 1, shared: 0, otherForm: [], left: [report] });
    expect(await into.viewByName(CORPUS, DOOR)).toBeNull();
    const seen = await dump(into);
    expect((await merge(into, from)).views).toEqual({ added: 0, shared: 1, otherForm: [], left: [report] });
    expect((await namesOf(into, from)).get(formatOccurrence(left.occurrence))).toBeNull();
    expect(await dump(into)).toEqual(seen);
    const own = await make(into, DOOR, at(other, 9));
    expect((await merge(into, from)).views).toEqual({
      added: 0,
      shared: 2,
      otherForm: [{ corpus: CORPUS, name: DOOR }],
      left: [],
    });
    expect(await into.viewByName(CORPUS, DOOR)).toEqual(own);
  });

  it('of the same scenes and another form stay what they are here, and are told', async () => {
    const theirs = await make(from, DOOR, at(1, 2), ', 0 with 1');
    const same = await make(from, NIGHT, at(9, 10));
    const into = fresh(database());
    await writeBoth(into);
    const [own, ownSame] = [await make(into, DOOR, at(1, 2)), await make(into, NIGHT, at(9, 10))];
    const { views, corpora } = await merge(into, from);
    expect(views).toEqual({ added: 0, shared: 2, otherForm: [{ corpus: CORPUS, name: DOOR }], left: [] });
    expect(corpora).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(await into.viewByName(CORPUS, DOOR)).toEqual(own);
    const names = await namesOf(into, from);
    expect(names.get(formatOccurrence(theirs.occurrence))).toBeNull();
    expect(names.get(formatOccurrence(same.occurrence))).toEqual(ref(ownSame.occurrence));
  });

  it(
    'stand with exactly the scenes they had, or are told to be left, however many come and are there',
    async () => {
      const places = fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 5 });
      const anyViews = fc.array(fc.record({ there: places, here: fc.option(places), same: fc.boolean() }), {
        minLength: 1,
        maxLength: 6,
      });
      const property = fc.asyncProperty(anyViews, fc.boolean(), async (some, otherwise) => {
        const [one, into] = [fresh(others()), fresh(database())];
        await writeBoth(one);
        await writeBoth(into, otherwise ? { reading: 1 } : {});
        const here = await scenesOf(into);
        for (const [i, { there, here: own, same }] of some.entries()) {
          await make(one, viewName(`вид ${i}`), at(...there));
          if (own !== null) await make(into, viewName(`вид ${i}`), at(...(same ? there : own)));
        }
        const clash = some.some(({ there, here: own, same }) => own !== null && !same && there.join() !== own.join());
        if (clash) return expect(await failing(merge(into, one))).toBe('MERGE_CONFLICT');
        const { views } = await merge(into, one);
        const refigured = ({ there }: { readonly there: readonly number[] }) =>
          there.some((i) => scenes[i]?.figure !== here[i]?.figure);
        const names = (kept: typeof some) => kept.map((view) => viewName(`вид ${some.indexOf(view)}`)).toSorted();
        const lacking = some.filter(({ here: own }) => own === null);
        expect(views.left.map(({ name }) => name).toSorted()).toEqual(names(lacking.filter(refigured)));
        expect(views.otherForm.map(({ name }) => name).toSorted()).toEqual(
          names(some.filter((view) => view.here !== null && refigured(view))),
        );
        expect(views.added).toBe(lacking.length - views.left.length);
        expect(views.shared).toBe(some.length - lacking.length);
        const standing = some.filter((view) => view.here !== null || !refigured(view));
        expect(
          await into.scenesOfViews(
            CORPUS,
            some.map((_, i) => viewName(`вид ${i}`)),
          ),
        ).toEqual(some.map((view) => (standing.includes(view) ? at(...view.there) : [])));
        expect(await inconsistencies(into)).toEqual([]);
      });
      await fc.assert(property, { numRuns: RUNS[adapter.kind] });
    },
    RUNS[adapter.kind] * RUN_MS,
  );
};
