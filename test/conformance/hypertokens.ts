import fc from 'fast-check';
import { type Digest, digestOf } from '../../src/scene/digest.ts';
import { EMPTY_FIGURE, figureDigest, figureKey } from '../../src/scene/figure.ts';
import {
  type Code,
  formatOccurrence,
  LEVEL_MAX,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
} from '../../src/scene/hypertoken.ts';
import { type CorpusName, corpusName, documentName, viewName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import type {
  CollapseGroup,
  CommunityGroup,
  CommunityPart,
  HypertokenRecord,
  StoredScene,
} from '../../src/store/graph-store.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { anyHierarchy, hierarchyOf } from '../arbitrary/hierarchy.ts';
import { allItems, failing } from './all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

/** Codes, occurrences and collapses. */
export const describeHypertokens = ({ adapter, store }: OpenStore): void => {
  let scenes: readonly StoredScene[];
  beforeEach(async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 20), name: 'a' });
    await write(store(), { sentences: ENGLISH.slice(0, 10), name: 'b', lang: 'en' });
    await write(store(), { sentences: RUSSIAN.slice(0, 10), name: 'a', corpus: 'другой' });
    scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
  });

  const revision = async (): Promise<number> => (await store().corpus(CORPUS))?.revision ?? -1;
  const group = (form: string, positions: readonly number[], bound = true): CollapseGroup => {
    const those = positions.map((i) => scenes[i] as StoredScene);
    const agents = [...new Set(those.map(({ agent }) => agent?.entity).filter((agent) => agent !== undefined))];
    return {
      form,
      digest: `${Buffer.from(form).toString('hex').padStart(32, '0')}` as Digest,
      figures: those.map(({ figure }) => figure),
      scenes: those.map(({ id }) => id),
      bindings: bound ? agents.map((agent, slot) => ({ slot, agent })) : [],
    };
  };
  const collapse = async (groups: readonly CollapseGroup[], communities: readonly (readonly CommunityGroup[])[] = []) =>
    store().writeCollapse(CORPUS, { revision: await revision(), groups, communities });
  const community = (form: string, parts: readonly CommunityPart[]): CommunityGroup => {
    const { digest, figures } = group(form, [0]);
    return { form, digest, figures, parts };
  };
  const scene = (position: number): SceneId => scenes[position]?.id as SceneId;
  const motif = (place: number): CommunityPart => ({ level: 1, group: place });
  /** Two motifs, a community of one of them with two scenes, and one of that and the rest. */
  const hierarchy = () =>
    collapse(
      [group('пара', [0, 1]), group('тройка', [4, 5, 6])],
      [[community('глава', [motif(0), scene(2), scene(3)])], [community('книга', [{ level: 2, group: 0 }, motif(1)])]],
    );
  const top = async (level: number): Promise<Occurrence> =>
    (await layer(level)).find((occurrence) => occurrence.level === level) as Occurrence;
  const placesOf = (parts: readonly OccurrencePart[]) =>
    parts.map(({ level, size, first }) => [level, size, scenes.findIndex(({ id }) => id === first)]);
  const layer = (level?: number) => allItems((page) => store().occurrences({ corpus: CORPUS, level }, page), 7);
  const ref = (occurrence: { readonly code: Code; readonly ordinal: number } | null | undefined) =>
    occurrence ? formatOccurrence(occurrence) : null;

  it('begin with Δ0, the figure of all none, whether a scene has it or not', async () => {
    const fresh = await allItems((page) => store().hypertokens({}, page));
    expect(fresh[0]).toEqual({
      code: 0,
      level: 0,
      digest: figureDigest(EMPTY_FIGURE),
      form: figureKey(EMPTY_FIGURE),
      figures: [figureKey(EMPTY_FIGURE)],
      occurrences: expect.any(Number),
    });
  });

  it('are numbered in the order of first use, one occurrence a scene, ordinals in the order of the text', async () => {
    const records = await allItems((page) => store().hypertokens({}, page), 3);
    expect(records.map(({ code }) => code)).toEqual(records.map((_, i) => i));
    const firstUse = [...new Set(scenes.map(({ figure }) => figure))].filter((figure) => figure !== 'none.none.none');
    expect(records.slice(1, firstUse.length + 1).map(({ form }) => form)).toEqual(firstUse);
    const ordinals = new Map<Code, number>();
    for (const scene of scenes) {
      expect(scene.ordinal).toBe((ordinals.get(scene.code) ?? 0) + 1);
      ordinals.set(scene.code, scene.ordinal);
    }
    expect(records.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(40);
    const codes = [3, 0, 999_999, 3] as Code[];
    expect(await store().hypertokensByCode(codes)).toEqual([records[3], records[0], null, records[3]]);
    const digests = [records[3], records[0], { digest: 'нет' as Digest }, records[3]].map((one) => one?.digest ?? '');
    const found = await store().hypertokensByDigest(digests as Digest[]);
    expect(found).toEqual([records[3], records[0], null, records[3]]);
    await expect(store().hypertokensByDigest(['\ud800' as Digest])).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  it('are filtered by level, digest and corpus', async () => {
    await collapse([group('пара', [0, 1])]);
    const records = await allItems((page) => store().hypertokens({}, page));
    const filtered = (filter: Parameters<ReturnType<typeof store>['hypertokens']>[0]) =>
      allItems((page) => store().hypertokens(filter, page), 2);
    expect(await filtered({ level: 1 })).toEqual([records.at(-1)]);
    expect(await filtered({ level: 0 })).toEqual(records.slice(0, -1));
    expect(await filtered({ digest: records[2]?.digest })).toEqual([records[2]]);
    expect(await filtered({ digest: records[2]?.digest, level: 1 })).toEqual([]);
    expect(await filtered({ digest: 'нет' as Digest })).toEqual([]);
    const used = new Set([...scenes.map(({ code }) => code), records.at(-1)?.code]);
    expect(await filtered({ corpus: CORPUS })).toEqual(records.filter(({ code }) => used.has(code)));
    const other = corpusName('другой');
    expect(await filtered({ corpus: other, level: 1 })).toEqual([]);
    expect(await filtered({ corpus: other, digest: records.at(-1)?.digest })).toEqual([]);
  });

  it('have occurrences by code, then ordinal', async () => {
    const all = await layer();
    const sorted = scenes.toSorted((x, y) => x.code - y.code || x.ordinal - y.ordinal);
    expect(all).toEqual(
      sorted.map(({ code, ordinal, id, agent }) => ({
        code,
        ordinal,
        level: 0,
        size: 1,
        first: id,
        scenes: [id],
        bindings: agent === null ? [] : [{ slot: 0, agent: agent.entity }],
      })),
    );
    expect(await layer(0)).toEqual(all);
    expect(await layer(1)).toEqual(all);
    const code = sorted[10]?.code as Code;
    const everywhere = await allItems((page) => store().occurrences({ code }, page), 2);
    expect(everywhere.length).toBe((await store().hypertokensByCode([code]))[0]?.occurrences);
    expect(await allItems((page) => store().occurrences({ corpus: CORPUS, code }, page), 1)).toEqual(
      all.filter((occurrence) => occurrence.code === code),
    );
    expect(await store().occurrencesByRef([all[5] as Occurrence, { code, ordinal: 999 }])).toEqual([all[5], null]);
  });

  it('are paged by ordinal where a code has many, over gaps and over those of other corpora', async () => {
    const corpora = [CORPUS, corpusName('другой'), corpusName('третий')];
    // Of no figure, so that all have one code.
    const plain = async (corpus: string, name: string, texts: readonly string[]) => {
      const { input, parts } = sketchDocument(
        corpus,
        name,
        texts.map((text) => ({ text })),
      );
      await store().writeDocument(input, parts());
    };
    const numbers = (i: number) => Array.from({ length: 80 }, (_, k) => `№ ${80 * i + k}.`);
    for (let i = 0; i < 12; i++) await plain(corpora[i % 2] as string, `числа ${i}`, numbers(i));
    await plain(corpora[2] as string, 'одно', ['№ 1000.']);
    for (const i of [0, 2, 3, 8])
      await store().deleteDocument(corpora[i % 2] as CorpusName, documentName(`числа ${i}`));
    const [plainest] = await allItems((page) => store().hypertokens({ digest: figureDigest(EMPTY_FIGURE) }, page));
    const { code, occurrences: most } = plainest as HypertokenRecord;
    expect(most).toBeGreaterThan(8 * 80);
    for (const corpus of corpora) {
      const own = (await allItems((page) => store().scenes({ corpus, code }, page))).toSorted(
        (x, y) => x.ordinal - y.ordinal,
      );
      expect(await store().countScenes({ corpus, code })).toBe(own.length);
      for (const [first, level] of [
        [40, undefined],
        [100, 0],
        [49, 1],
      ] as const) {
        const found = await allItems((page) => store().occurrences({ corpus, code, level }, page), first);
        expect(found.map((one) => one.first)).toEqual(own.map(({ id }) => id));
      }
      const { items, hasNextPage } = await store().occurrences({ corpus, code }, { first: 1 });
      expect([items[0]?.item.first, hasNextPage]).toEqual([own[0]?.id, own.length > 1]);
    }
    const everywhere = await allItems((page) => store().occurrences({ code }, page), 60);
    const ordinals = everywhere.map(({ ordinal }) => ordinal);
    expect(ordinals).toEqual(ordinals.toSorted((x, y) => x - y));
    expect(ordinals.length).toBe(most);
    expect(ordinals.at(-1)).toBeGreaterThan(most);
    expect(await store().countScenes({ corpus: CORPUS, code: 9999 as Code })).toBe(0);
    // The first page of all codes holds it among others.
    const all = await allItems((page) => store().occurrences({}, page), 45);
    expect(all.filter((one) => one.code === code)).toEqual(everywhere);
  });

  it('collapse scenes into motifs, and the rest rises alone', async () => {
    const before = await layer(0);
    const groups = [group('пара', [0, 1]), group('тройка', [2, 4, 3]), group('пара', [12, 25])];
    expect(await collapse(groups)).toEqual({ added: 3, kept: 0, deleted: 0, newCodes: 2 });
    const level1 = await layer(1);
    const motifs = level1.filter(({ level }) => level === 1);
    expect(motifs.map((motif) => [motif.ordinal, motif.scenes, motif.bindings])).toEqual([
      [1, groups[0]?.scenes, groups[0]?.bindings],
      [2, groups[2]?.scenes, groups[2]?.bindings],
      [1, groups[1]?.scenes, groups[1]?.bindings],
    ]);
    const once = level1.flatMap((occurrence) => occurrence.scenes);
    expect(once.toSorted()).toEqual(scenes.map(({ id }) => id).toSorted());
    expect(await layer(0)).toEqual(before);
    expect(await layer()).toHaveLength(33);
    expect(await store().corpus(CORPUS)).toMatchObject({ collapsedRevision: await revision() });
    const found = await store().motifsOfScenes([0, 3, 25, 20].map((i) => scenes[i]?.id as SceneId));
    expect(found.map(ref)).toEqual([ref(motifs[0]), ref(motifs[2]), ref(motifs[1]), null]);
    expect(await store().occurrencesByRef(motifs)).toEqual(motifs);
  });

  it('remember how they were found until that is not said, or the couplings are forgotten', async () => {
    const method = { resolution: 16, seed: 1, resolutions: [16, 0.25, 0], scenes: 30 };
    const by = async () => (await store().corpus(CORPUS))?.collapsedBy;
    expect(await by()).toBeNull();
    const again = async (found?: typeof method) =>
      store().writeCollapse(CORPUS, { revision: await revision(), groups: [group('пара', [0, 1])], method: found });
    await again(method);
    expect(await by()).toEqual(method);
    const listed = await allItems((page) => store().corpora(page));
    expect(listed.map(({ collapsedBy }) => collapsedBy)).toEqual([null, method]);
    await again();
    expect(await by()).toBeNull();
    await again({ ...method, seed: 2 });
    await write(store(), { sentences: RUSSIAN.slice(0, 5), name: 'c' });
    expect(await by()).toEqual({ ...method, seed: 2 });
    await store().clearCouplings(CORPUS);
    expect(await by()).toBeNull();
    expect(await store().motifsOfScenes([scene(0)])).not.toEqual([null]);
  });

  it('keep code and ordinal of what is collapsed again, and give no ordinal twice', async () => {
    await collapse([group('пара', [0, 1]), group('пара', [5, 6])]);
    const [first] = await store().motifsOfScenes([scenes[0]?.id as SceneId]);
    expect(await collapse([group('пара', [7, 8]), group('пара', [0, 1], false)])).toEqual({
      added: 1,
      kept: 1,
      deleted: 1,
      newCodes: 0,
    });
    const [again, gone, added] = await store().motifsOfScenes([0, 5, 7].map((i) => scenes[i]?.id as SceneId));
    expect([ref(again), gone, added?.ordinal]).toEqual([ref(first), null, 3]);
    expect((await store().occurrencesByRef(again ? [again] : []))[0]?.bindings).toEqual([]);
    // The same scenes in another order are another occurrence.
    expect(await collapse([group('пара', [1, 0])])).toMatchObject({ added: 1, kept: 0, deleted: 2 });
    expect(await collapse([])).toMatchObject({ added: 0, deleted: 1 });
  });

  it('stand at every level, with size and first scene, and what no community took rises', async () => {
    expect(await hierarchy()).toEqual({ added: 4, kept: 0, deleted: 0, newCodes: 4 });
    const [chapter, book] = [await top(2), await top(3)];
    expect(chapter).toMatchObject({ level: 2, ordinal: 1, size: 4, first: scene(0), scenes: [], bindings: [] });
    expect(book).toMatchObject({ level: 3, ordinal: 1, size: 7, first: scene(0), scenes: [], bindings: [] });
    const sizes = async (level: number) => (await layer(level)).reduce((sum, { size }) => sum + size, 0);
    for (const level of [0, 1, 2, 3, 4]) expect(await sizes(level)).toBe(scenes.length);
    expect(
      (await layer(2))
        .filter(({ level }) => level > 0)
        .map(({ level }) => level)
        .toSorted(),
    ).toEqual([1, 2]);
    expect((await layer(3)).filter(({ level }) => level > 0)).toEqual([book]);
    expect(await layer(4)).toEqual(await layer(3));
    const records = await allItems((page) => store().hypertokens({ corpus: CORPUS, level: 3 }, page));
    expect(records).toEqual([expect.objectContaining({ form: 'книга', level: 3, occurrences: 1 })]);
  });

  it('have parts, as deep as asked, page by page', async () => {
    await hierarchy();
    const [chapter, book] = [await top(2), await top(3)];
    const parts = (of: OccurrenceRef, depth: number | undefined, size: number) =>
      allItems((page) => store().parts(of, { ...page, depth }), size);
    for (const size of [1, 2, 100]) {
      expect(placesOf(await parts(book, 1, size))).toEqual([
        [2, 4, 0],
        [1, 3, 4],
      ]);
      expect(placesOf(await parts(book, 2, size))).toEqual([[1, 2, 0], ...[2, 3, 4, 5, 6].map((i) => [0, 1, i])]);
      for (const depth of [3, 9, undefined])
        expect(placesOf(await parts(book, depth, size))).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => [0, 1, i]));
      expect(placesOf(await parts(chapter, 1, size))).toEqual([
        [1, 2, 0],
        [0, 1, 2],
        [0, 1, 3],
      ]);
    }
    const [first] = await parts(book, undefined, 100);
    expect(first).toMatchObject({ code: scenes[0]?.code, ordinal: scenes[0]?.ordinal });
    expect(await parts(first as OccurrenceRef, undefined, 10)).toEqual([]);
    const { items } = await store().parts(book, { first: 1 });
    const after = items[0]?.cursor;
    expect(await failing(store().parts(chapter, { first: 1, after }))).toBe('BAD_CURSOR');
    expect(await failing(store().parts(book, { first: 1, depth: 0 }))).toBe('BAD_ARGUMENT');
    expect(await failing(store().parts({ code: book.code, ordinal: 2 }, { first: 1 }))).toBe('OCCURRENCE_NOT_FOUND');
  });

  it('know what each is a part of', async () => {
    await hierarchy();
    const [chapter, book] = [await top(2), await top(3)];
    const [pair] = await store().motifsOfScenes([scene(0)]);
    const refs = [scenes[0], scenes[2], pair, chapter, book, scenes[9], { code: book.code, ordinal: 9 }];
    const holders = await store().holdersOf(refs as readonly OccurrenceRef[]);
    expect(holders.map((holder) => holder && [holder.level, holder.size, holder.first])).toEqual([
      [1, 2, scene(0)],
      [2, 4, scene(0)],
      [2, 4, scene(0)],
      [3, 7, scene(0)],
      null,
      null,
      null,
    ]);
    expect(await store().holderPlacesOf(refs as readonly OccurrenceRef[])).toEqual(
      holders.map(
        (holder, i) => holder && { level: holder.level, code: holder.code, ordinal: holder.ordinal, isFirst: i !== 1 },
      ),
    );
  });

  it('tell where in them a scene stands, on whatever level', async () => {
    await hierarchy();
    const [pair] = await store().motifsOfScenes([scene(0)]);
    const [chapter, book] = [await top(2), await top(3)];
    const asked = [9, 6, 0, 3, 6, 7].map(scene);
    const places = (ref: OccurrenceRef, ids: readonly SceneId[] = asked) => store().placesWithin(ref, ids);
    expect(await places(pair as OccurrenceRef)).toEqual([null, null, 0, null, null, null]);
    expect(await places(chapter)).toEqual([null, null, 0, 3, null, null]);
    expect(await places(book)).toEqual([null, 6, 0, 3, 6, null]);
    expect(await places(book, ['nowhere' as SceneId, scene(4)])).toEqual([null, 4]);
    expect(await places(book, [])).toEqual([]);
    expect(await places(scenes[6] as StoredScene)).toEqual([null, 0, null, null, 0, null]);
    expect(await places({ code: book.code, ordinal: 9 })).toEqual(asked.map(() => null));
  });

  it('tell it in a number of statements that does not grow with the number of scenes', async () => {
    await hierarchy();
    const book = await top(3);
    const reads = async (positions: readonly number[]): Promise<number> => {
      const before = store().statistics().reads;
      await store().placesWithin(book, positions.map(scene));
      return store().statistics().reads - before;
    };
    const [few, many] = [await reads([0, 4]), await reads(scenes.map((_, i) => i))];
    // One more by chance: a server that others write to is asked every second whether it is being restored.
    expect(Math.abs(many - few)).toBeLessThanOrEqual(1);
  });

  it('tell it as their parts do, whatever was collapsed and whatever is asked', async () => {
    const asked = fc.array(fc.nat(scenes.length), { maxLength: 40 });
    const shown = fc.shuffledSubarray([...scenes], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(anyHierarchy(scenes.length), shown, asked, async (choice, viewed, positions) => {
        const { groups, communities } = hierarchyOf(scenes, choice);
        await collapse(groups, communities);
        const form = `вид ${viewed.length}`;
        const { view } = await store().writeView(CORPUS, {
          ...{ name: viewName('вид'), revision: await revision(), form, digest: digestOf('test', form), replace: true },
          ...{ figures: [], scenes: viewed.map(({ id }) => id), selection: { by: 'scenes' as const } },
        });
        const ids = positions.map((position) => scenes[position]?.id ?? ('nowhere' as SceneId));
        const refs: readonly OccurrenceRef[] = [...(await layer()).filter(({ level }) => level > 0), view.occurrence];
        const agreed = refs.map(async (ref) => {
          const held = (await allItems((page) => store().parts(ref, page))).map((part) => part.first);
          const expected = ids.map((id) => (held.includes(id) ? held.indexOf(id) : null));
          expect(await store().placesWithin(ref, ids)).toEqual(expected);
        });
        await Promise.all(agreed);
      }),
      { numRuns: adapter.kind === 'neo4j' ? 6 : 15 },
    );
  });

  it('expand exactly, with the couplings that lie within', async () => {
    const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
    const put = [
      [0, 1],
      [1, 2],
      [3, 4],
      [5, 6],
      [6, 7],
      [9, 2],
    ].map(([x = 0, y = 0]) => {
      const [a, b] = [scene(x), scene(y)].sort() as [SceneId, SceneId];
      return { a, b, weight: 0.5, because };
    });
    await store().writeCouplings(CORPUS, { put, remove: [], coupled: [] });
    await hierarchy();
    const within = (from: number, to: number) => {
      const inside = new Set(scenes.slice(from, to).map(({ id }) => id));
      return put.filter(({ a, b }) => inside.has(a) && inside.has(b)).sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1));
    };
    const book = await expandOccurrence(store(), await top(3));
    expect(book.scenes).toMatchObject({ hasNextPage: false });
    expect(book.scenes.items.map(({ item }) => item)).toEqual(scenes.slice(0, 7));
    expect(book.couplings).toEqual(within(0, 7));
    const chapter = await expandOccurrence(store(), await top(2), { first: 2 });
    expect(chapter.scenes.items.map(({ item }) => item)).toEqual(scenes.slice(0, 2));
    expect(chapter.couplings).toEqual(within(0, 2));
    const rest = await expandOccurrence(store(), await top(2), { first: 200, after: chapter.scenes.items[1]?.cursor });
    expect(rest.scenes.items.map(({ item }) => item)).toEqual(scenes.slice(2, 4));
    const [first] = put.slice(1, 2);
    expect(rest.couplings).toEqual([first]);
  });

  it('lose what holds a scene, up to the highest level, and keep the rest', async () => {
    await hierarchy();
    const triple = await store().motifsOfScenes([scene(4)]);
    await write(store(), { sentences: RUSSIAN.filter((_, i) => i < 20 && i !== 2), name: 'a' });
    const left = (await layer(3)).filter(({ level }) => level > 0);
    expect(left.map(({ level, size }) => [level, size]).toSorted()).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(await store().motifsOfScenes([scene(4)])).toEqual(triple);
    expect(await store().holdersOf(triple as readonly OccurrenceRef[])).toEqual([null]);
    for (const level of [2, 3])
      for (const { occurrences } of await allItems((page) => store().hypertokens({ level }, page)))
        expect(occurrences).toBe(0);
  });

  it('keep code and ordinal level by level: what is as it was stays, what holds something new is new', async () => {
    await hierarchy();
    const [chapter, book] = [await top(2), await top(3)];
    expect(await hierarchy()).toEqual({ added: 0, kept: 4, deleted: 0, newCodes: 0 });
    expect([await top(2), await top(3)]).toEqual([chapter, book]);
    const again = await collapse(
      [group('пара', [0, 1]), group('тройка', [7, 5, 6])],
      [[community('глава', [motif(0), scene(2), scene(3)])], [community('книга', [{ level: 2, group: 0 }, motif(1)])]],
    );
    expect(again).toEqual({ added: 2, kept: 2, deleted: 2, newCodes: 0 });
    expect(await top(2)).toEqual(chapter);
    expect(await top(3)).toMatchObject({ code: book.code, ordinal: 2 });
    expect(await collapse([])).toMatchObject({ added: 0, deleted: 4 });
  });

  it('of one level are never taken for those of another, though form and parts be the same', async () => {
    await collapse([group('пара', [0, 1])]);
    expect(await collapse([], [[community('пара', [scene(0), scene(1)])]])).toMatchObject({
      added: 1,
      kept: 0,
      deleted: 1,
    });
    expect((await layer(2)).filter(({ level }) => level > 0)).toMatchObject([{ level: 2, size: 2, ordinal: 2 }]);
    expect(await store().motifsOfScenes([scene(0)])).toEqual([null]);
  });

  it('lose a motif with any of its scenes', async () => {
    await collapse([group('пара', [0, 25]), group('пара', [1, 2]), group('пара', [3, 4])]);
    await write(store(), { sentences: RUSSIAN.slice(1, 20), name: 'a' });
    const left = await layer(1);
    expect(left.filter(({ level }) => level === 1).map((motif) => motif.scenes)).toEqual([
      group('', [1, 2]).scenes,
      group('', [3, 4]).scenes,
    ]);
    expect(left.flatMap((occurrence) => occurrence.scenes)).toHaveLength(29);
    const motif = (await allItems((page) => store().hypertokens({ level: 1 }, page)))[0];
    expect(motif?.occurrences).toBe(2);
  });

  it('lose a motif when a scene of it is read as another figure or another agent', async () => {
    const positions = scenes.slice(0, 18).map((_, i) => i);
    await collapse(positions.map((i) => group(`один ${i}`, [i])));
    await write(store(), { sentences: [...RUSSIAN.slice(0, 20), 'Конец.'], name: 'a', reading: 1 });
    const now = await store().scenesById(positions.map((i) => scenes[i]?.id as SceneId));
    const same = positions.filter(
      (i) => now[i]?.figure === scenes[i]?.figure && now[i]?.agent?.entity === scenes[i]?.agent?.entity,
    );
    const motifs = (await layer(1)).filter(({ level }) => level === 1);
    expect(same.length).toBeLessThan(18);
    expect(motifs.flatMap((motif) => motif.scenes)).toEqual(same.map((i) => scenes[i]?.id));
  });

  it('refuse a collapse that does not fit, whole', async () => {
    await collapse([group('пара', [0, 1])]);
    const before = [await layer(1), await allItems((page) => store().hypertokens({}, page))];
    const fresh = await revision();
    const refused = (groups: readonly CollapseGroup[], parts = {}) =>
      failing(store().writeCollapse(CORPUS, { revision: fresh, groups, ...parts }));
    const good = group('новый', [2, 3]);
    expect(await refused([good], { revision: fresh - 1 })).toBe('STORE_CONFLICT');
    expect(await refused([good, { ...group('x', [4]), scenes: ['nothing' as SceneId] }])).toBe('STORE_CONFLICT');
    expect(await refused([good, group('x', [3])])).toBe('BAD_ARGUMENT');
    expect(await refused([good, { ...group('x', [4]), scenes: [] }])).toBe('BAD_ARGUMENT');
    expect(await refused([good, { ...group('x', [4]), bindings: [{ slot: 0, agent: 'никто' }] }])).toBe('BAD_ARGUMENT');
    const high = (...parts: readonly CommunityPart[]) => ({ communities: [[community('выше', parts)]] });
    expect(await refused([good], high(motif(0)))).toBe('BAD_ARGUMENT');
    expect(await refused([good], high(motif(0), motif(1)))).toBe('BAD_ARGUMENT');
    expect(await refused([good], high(motif(0), motif(0)))).toBe('BAD_ARGUMENT');
    expect(await refused([good], high(motif(0), scene(2)))).toBe('BAD_ARGUMENT');
    expect(await refused([good], high(motif(0), { level: 2, group: 0 }))).toBe('BAD_ARGUMENT');
    expect(await refused([good], high(motif(0), 'nothing' as SceneId))).toBe('STORE_CONFLICT');
    expect(await refused([good], { communities: Array.from({ length: LEVEL_MAX }, () => []) })).toBe('BAD_ARGUMENT');
    expect(await refused([{ ...good, digest: group('пара', []).digest }])).toBe('STORE_FAILED');
    expect(await refused([good, { ...group('x', [4]), digest: good.digest }])).toBe('STORE_FAILED');
    expect([await layer(1), await allItems((page) => store().hypertokens({}, page))]).toEqual(before);
  });
};
