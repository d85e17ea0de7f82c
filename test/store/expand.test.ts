import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Coupling } from '../../src/scene/coupling.ts';
import { digestOf } from '../../src/scene/digest.ts';
import type { Code, OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { viewName, workspaceName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { EXPAND_MAX, type Expansion, expandOccurrence } from '../../src/store/expand.ts';
import type { GraphDatabase, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { anyHierarchy, type Hierarchy, hierarchyOf } from '../arbitrary/hierarchy.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { CORPUS, ENGLISH, idOf, RUSSIAN, write } from '../conformance/prose.ts';
import { countingCalls } from '../worker/open-stories.ts';

const [RU, EN] = [12, 8];
const SCENES = RU + EN;

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let scenes: readonly StoredScene[];
let tests = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-expand-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
});
beforeEach(async () => {
  store = database.workspace(workspaceName(`${++tests}`));
  await write(store, { sentences: RUSSIAN.slice(0, RU), name: 'a' });
  await write(store, { sentences: ENGLISH.slice(0, EN), name: 'b', lang: 'en' });
  scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const revision = async (): Promise<number> => (await store.corpus(CORPUS))?.revision ?? -1;

const place = fc.nat(SCENES - 1);
const anyPairs = fc.uniqueArray(
  fc.tuple(place, place).filter(([x, y]) => x < y),
  { minLength: 10, maxLength: 60, selector: ([x, y]) => `${x} ${y}` },
);

/** These couplings and no others; by pair. */
const couple = async (pairs: readonly (readonly [number, number])[]): Promise<readonly Coupling[]> => {
  const put = pairs.map(([x, y]): Coupling => {
    const [a = '' as SceneId, b = '' as SceneId] = [scenes[x]?.id, scenes[y]?.id].sort();
    return { a, b, weight: 0.5, because: [{ kind: 'sequence', key: `${x} ${y}`, weight: 0.5 }] };
  });
  await store.clearCouplings(CORPUS);
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: [] });
  return put.sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1));
};

const makeView = async (ids: readonly SceneId[]): Promise<OccurrenceRef> => {
  const form = `вид ${ids.length}`;
  const of = { form, digest: digestOf('test', form), figures: [], scenes: ids, selection: { by: 'scenes' as const } };
  const view = { name: viewName('вид'), revision: await revision(), replace: true, ...of };
  return (await store.writeView(CORPUS, view)).view.occurrence;
};

/** Every occurrence above level 0 with the scenes it was made of, in order. */
const occurrencesOf = async ({ held }: Hierarchy) => {
  const all = await allItems((page) => store.occurrences({ corpus: CORPUS }, page));
  return held.map(({ level, scenes: own }) => {
    const ref = all.find((one) => one.level === level && one.first === own[0] && one.size === own.length);
    return { ref: ref as OccurrenceRef, held: own };
  });
};

const walk = async (ref: OccurrenceRef, first: number, depth?: number): Promise<readonly Expansion[]> => {
  const pages: Expansion[] = [];
  let after: string | undefined;
  do {
    const page = await expandOccurrence(store, ref, { first, after, depth });
    pages.push(page);
    after = page.parts.hasNextPage ? page.parts.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return pages;
};

const idsOn = (page: Expansion): readonly SceneId[] => page.scenes.items.map(({ item }) => item.id);

/** The couplings within an occurrence whose later end is one of these scenes. */
const endingAmong = (all: readonly Coupling[], held: readonly SceneId[], own: readonly SceneId[]) =>
  all.filter(({ a, b }) => {
    const [x, y] = [held.indexOf(a), held.indexOf(b)];
    return x >= 0 && y >= 0 && own.includes(held[Math.max(x, y)] as SceneId);
  });

it('gives each scene once and in order, and each coupling within once, with its later end, whatever the size of a page', () =>
  fc.assert(
    fc.asyncProperty(
      anyHierarchy(SCENES),
      anyPairs,
      fc.shuffledSubarray([...scenes.keys()], { minLength: 2 }),
      fc.array(fc.integer({ min: 1, max: SCENES }), { minLength: 1, maxLength: 5 }),
      async (choice, pairs, viewed, sizes) => {
        const couplings = await couple(pairs);
        const hierarchy = hierarchyOf(scenes, choice);
        await store.writeCollapse(CORPUS, { revision: await revision(), ...hierarchy });
        const ids = viewed.map((i) => scenes[i]?.id as SceneId);
        const view = { ref: await makeView(ids), held: ids };
        for (const [i, { ref, held }] of [...(await occurrencesOf(hierarchy)), view].entries()) {
          const pages = await walk(ref, sizes[i % sizes.length] ?? 1);
          expect(pages.flatMap(idsOn)).toEqual(held);
          for (const page of pages) expect(page.couplings).toEqual(endingAmong(couplings, held, idsOn(page)));
          const told = pages.flatMap((page) => page.couplings).map(({ a, b }) => a + b);
          expect(told.toSorted()).toEqual(endingAmong(couplings, held, held).map(({ a, b }) => a + b));
        }
      },
    ),
    { numRuns: 20 },
  ));

it('tells of a scene that stands beside parts what couples it with all before it, opened or not', () =>
  fc.assert(
    fc.asyncProperty(
      anyHierarchy(SCENES),
      anyPairs,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (choice, pairs, first, depth) => {
        const couplings = await couple(pairs);
        const hierarchy = hierarchyOf(scenes, choice);
        await store.writeCollapse(CORPUS, { revision: await revision(), ...hierarchy });
        for (const { ref, held } of await occurrencesOf(hierarchy))
          for (const page of await walk(ref, first, depth)) {
            const ids = page.parts.items.filter(({ item }) => item.level === 0).map(({ item }) => item.first);
            expect(idsOn(page)).toEqual(ids);
            expect(page.couplings).toEqual(endingAmong(couplings, held, ids));
          }
      },
    ),
    { numRuns: 20 },
  ));

it('goes on in the midst of a part that is opened no more', async () => {
  const couplings = await couple([
    [0, 4],
    [4, 9],
    [5, 9],
    [9, 10],
    [1, 3],
  ]);
  // Of the scenes 0 to 13: a motif, scene 4, a motif, scene 9, a motif.
  const hierarchy = hierarchyOf(scenes, { order: [...scenes.keys()], sizes: [[4, 1], [5]] });
  await store.writeCollapse(CORPUS, { revision: await revision(), ...hierarchy });
  const all = await allItems((page) => store.occurrences({ corpus: CORPUS, level: 2 }, page));
  const whole = all.find(({ size }) => size === 14) as OccurrenceRef;
  const after = (await expandOccurrence(store, whole, { first: 2 })).parts.items.at(-1)?.cursor;
  const rest = await expandOccurrence(store, whole, { first: 4, after, depth: 1 });
  expect(rest.parts.items.map(({ item }) => item.size)).toEqual([4, 1, 4, 1]);
  expect(idsOn(rest)).toEqual([4, 9].map((i) => scenes[i]?.id));
  const told = rest.couplings.flatMap(({ because }) => because.map(({ key }) => key));
  expect(told.toSorted()).toEqual(['0 4', '4 9', '5 9']);
  expect(couplings).toEqual(expect.arrayContaining([...rest.couplings]));
});

it('gives a scene itself, with no coupling, and nothing after it', async () => {
  await couple([[0, 1]]);
  const own = scenes[0] as StoredScene;
  const { parts, ...page } = await expandOccurrence(store, own);
  expect(page.scenes).toEqual({ items: [{ cursor: expect.any(String), item: own }], hasNextPage: false });
  expect(parts.items.map(({ item }) => [item.level, item.first])).toEqual([[0, own.id]]);
  expect(page.couplings).toEqual([]);
  const after = await expandOccurrence(store, own, { first: 1, after: parts.items[0]?.cursor });
  expect([after.parts.items, after.scenes.items, after.couplings]).toEqual([[], [], []]);
});

it('asks the store no more for many scenes than for few, and on the first page only for what couples its own', async () => {
  await couple([...scenes.keys()].slice(1).map((i) => [i - 1, i]));
  const ref = await makeView(scenes.map(({ id }) => id));
  const counted = async (request: { readonly first: number; readonly after?: string | undefined }) => {
    const { store: counting, calls } = countingCalls(store);
    const { parts } = await expandOccurrence(counting, ref, request);
    return { calls: Object.fromEntries(calls), after: parts.items.at(-1)?.cursor };
  };
  const looked = { occurrencesByRef: 1, hypertokensByCode: 1, parts: 1, scenesById: 1 };
  for (const first of [2, 15]) {
    const { calls, after } = await counted({ first });
    expect(calls).toEqual({ ...looked, couplingsAmong: 1 });
    expect((await counted({ first, after })).calls).toEqual({ ...looked, couplingsOf: 1, placesWithin: 1 });
  }
});

it('refuses what is not there, a page that is none, a depth that is none and the cursor of another occurrence', async () => {
  const ref = await makeView(scenes.map(({ id }) => id));
  const [own, other] = [scenes[0] as StoredScene, scenes[1] as StoredScene];
  const after = (await expandOccurrence(store, other)).parts.items[0]?.cursor;
  const refused = (of: OccurrenceRef, request = {}) =>
    failing(expandOccurrence(store, of, { first: EXPAND_MAX, ...request }));
  expect(await refused({ ...ref, ordinal: 99 })).toBe('OCCURRENCE_NOT_FOUND');
  expect(await refused({ code: 99_999 as Code, ordinal: 1 })).toBe('OCCURRENCE_NOT_FOUND');
  for (const first of [0, 1.5, EXPAND_MAX + 1]) expect(await refused(ref, { first })).toBe('PAGE_TOO_LARGE');
  for (const depth of [0, 1.5]) expect(await refused(ref, { depth })).toBe('BAD_ARGUMENT');
  for (const whole of [ref, own]) {
    expect(await refused(whole, { after })).toBe('BAD_CURSOR');
    expect(await refused(whole, { after: 'нет' })).toBe('BAD_CURSOR');
  }
});

it('gives all couplings of a scene that has more than a page of them', async () => {
  const texts = Array.from({ length: 1005 }, (_, i) => ({ text: `№ ${i}.` }));
  const { input, parts } = sketchDocument(CORPUS, 'узел', texts);
  await store.writeDocument(input, parts());
  const all = await allItems((page) => store.scenes({ corpus: CORPUS, document: idOf({ name: 'узел' }) }, page));
  const hub = all.at(-1)?.id as SceneId;
  const put = all.slice(0, -1).map(({ id }, i): Coupling => {
    const [a = hub, b = hub] = [id, hub].sort();
    return { a, b, weight: 0.5, because: [{ kind: 'sequence', key: String(i), weight: 0.5 }] };
  });
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: [] });
  const view = await makeView(all.map(({ id }) => id));
  const pages = await walk(view, 200);
  const byPair = (x: Coupling, y: Coupling): number => (x.a + x.b < y.a + y.b ? -1 : 1);
  expect(pages.slice(0, -1).flatMap(({ couplings }) => couplings)).toEqual([]);
  expect(pages.at(-1)?.couplings).toEqual(put.toSorted(byPair));
});
