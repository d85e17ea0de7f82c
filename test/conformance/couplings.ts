import type { Coupling } from '../../src/scene/coupling.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { CouplingChange, StoredScene } from '../../src/store/graph-store.ts';
import { allItems, failing } from './all-pages.ts';
import { CORPUS, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const coupling = (x: SceneId, y: SceneId, weight: number): Coupling => {
  const [a, b] = x < y ? [x, y] : [y, x];
  return {
    a,
    b,
    weight,
    because: [
      { kind: 'agent', key: 'Емельян', weight },
      { kind: 'release', key: 'fear>calm', weight: 0.1 },
    ],
  };
};

const change = (parts: Partial<CouplingChange>): CouplingChange => ({ put: [], remove: [], coupled: [], ...parts });

const byPair = (x: Coupling, y: Coupling): number => (x.a + x.b < y.a + y.b ? -1 : 1);

/** Couplings, and what is reached over them. */
export const describeCouplings = ({ store }: OpenStore): void => {
  let scenes: readonly StoredScene[];
  let id: readonly SceneId[];
  const at = (i: number): SceneId => id[i] as SceneId;
  beforeEach(async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 12), name: 'a' });
    await write(store(), { sentences: RUSSIAN.slice(12, 20), name: 'b' });
    scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    id = scenes.map((scene) => scene.id);
  });

  it('are put, replaced and removed', async () => {
    const first = [coupling(at(0), at(1), 0.5), coupling(at(1), at(15), 0.25), coupling(at(2), at(3), 1)];
    await store().writeCouplings(CORPUS, change({ put: first }));
    expect(await allItems((page) => store().couplings(CORPUS, page), 1)).toEqual(first.toSorted(byPair));
    const replaced = coupling(at(1), at(0), 0.125);
    const { a, b } = coupling(at(2), at(3), 0);
    const absent = coupling(at(7), at(8), 0);
    await store().writeCouplings(CORPUS, change({ put: [replaced], remove: [{ a, b }, absent] }));
    const left = [replaced, first[1] as Coupling].toSorted(byPair);
    expect(await allItems((page) => store().couplings(CORPUS, page))).toEqual(left);
    expect(await store().corpus(CORPUS)).toMatchObject({ couplings: 2, revision: 4 });
    await store().clearCouplings(CORPUS);
    expect(await allItems((page) => store().couplings(CORPUS, page))).toEqual([]);
    expect(await store().corpus(CORPUS)).toMatchObject({ couplings: 0, uncoupled: 20 });
  });

  it('of another corpus are not removed', async () => {
    const other = corpusName('другой');
    await write(store(), { sentences: RUSSIAN.slice(0, 2), corpus: other, name: 'x' });
    const [x, y] = await allItems((page) => store().scenes({ corpus: other }, page));
    const theirs = coupling(x?.id ?? at(0), y?.id ?? at(0), 0.5);
    await store().writeCouplings(other, change({ put: [theirs] }));
    await store().writeCouplings(CORPUS, change({ put: [coupling(at(0), at(1), 0.5)], remove: [theirs] }));
    expect(await store().couplingsAmong([theirs.a, theirs.b])).toEqual([theirs]);
    expect(await store().corpus(CORPUS)).toMatchObject({ couplings: 1 });
    expect(await store().corpus(other)).toMatchObject({ couplings: 1 });
  });

  it('of a scene come by falling weight, then by the other id, and among scenes with both ends', async () => {
    const put = [1, 2, 3, 4, 5].map((i) => coupling(at(0), at(i), i < 4 ? 0.5 : i / 10));
    const across = coupling(at(1), at(2), 0.3);
    await store().writeCouplings(CORPUS, change({ put: [...put, across] }));
    const equal = [1, 2, 3].map((i) => at(i)).sort();
    const others = (of: readonly Coupling[] | undefined) => of?.map(({ a, b }) => (a === at(0) ? b : a));
    const [all] = await store().couplingsOf([at(0)], 10);
    const half = [at(5), ...equal].sort();
    expect(others(all)).toEqual([...half, at(4)]);
    const [some, none, two] = await store().couplingsOf([at(0), at(9), at(1)], 2);
    expect(others(some)).toEqual(half.slice(0, 2));
    expect(none).toEqual([]);
    expect(two).toHaveLength(2);
    const [near, alone] = await store().neighboursOf([at(0), at(9)]);
    expect(near?.map(({ id: other }) => other)).toEqual(others(all));
    expect(near?.map(({ weight }) => weight)).toEqual(all?.map(({ weight }) => weight));
    expect(alone).toEqual([]);
    const among = await store().couplingsAmong([at(0), at(1), at(2), at(9)]);
    expect(among).toEqual([put[0], put[1], across].map((one) => one as Coupling).toSorted(byPair));
    const pairs = [
      [at(2), at(0)],
      [at(0), at(2)],
      [at(3), at(4)],
      [at(1), at(2)],
      [at(0), at(0)],
      [at(0), 'nothing' as SceneId],
    ] as const;
    expect(await store().couplingsBetween(pairs)).toEqual([put[1], put[1], null, across, null, null]);
    expect(await store().couplingsBetween([])).toEqual([]);
  });

  it('mark scenes as coupled, in the order of the corpus, until their text changes', async () => {
    expect((await store().uncoupledScenes(CORPUS, 100)).map((scene) => scene.id)).toEqual(id);
    await store().writeCouplings(CORPUS, change({ coupled: [at(13), at(1), at(1), at(0), 'nothing' as SceneId] }));
    const expected = id.filter((_, i) => ![0, 1, 13].includes(i));
    expect((await store().uncoupledScenes(CORPUS, 100)).map((scene) => scene.id)).toEqual(expected);
    expect((await store().uncoupledScenes(CORPUS, 3)).map((scene) => scene.id)).toEqual(expected.slice(0, 3));
    expect(await store().corpus(CORPUS)).toMatchObject({ uncoupled: 17 });
    await store().writeCouplings(CORPUS, change({ coupled: id }));
    expect(await store().uncoupledScenes(CORPUS, 100)).toEqual([]);
    await write(store(), { sentences: [...RUSSIAN.slice(12, 20), 'И всё.'], name: 'b' });
    const waiting = (await store().uncoupledScenes(CORPUS, 100)).map(({ documentName, position }) => [
      documentName,
      position,
    ]);
    expect(waiting).toEqual([
      ['b', 7],
      ['b', 8],
    ]);
  });

  it('are refused whole when one of them cannot be', async () => {
    const good = coupling(at(0), at(1), 0.5);
    const foreign = await write(store(), { sentences: RUSSIAN.slice(0, 1), corpus: 'другой', name: 'x' });
    const [stranger] = await allItems((page) => store().scenes({ corpus: 'другой' as never }, page));
    const bad: readonly (readonly [string, CouplingChange])[] = [
      ['STORE_CONFLICT', change({ put: [good, coupling(at(2), 'nothing' as SceneId, 0.5)] })],
      ['STORE_CONFLICT', change({ revision: 1, put: [good], coupled: [at(0)] })],
      ['STORE_CONFLICT', change({ revision: 3, put: [good], coupled: [at(0)] })],
      ['STORE_CONFLICT', change({ revision: 1 })],
      ['STORE_CONFLICT', change({ put: [good, coupling(at(2), stranger?.id ?? at(0), 0.5)] })],
      ['BAD_ARGUMENT', change({ put: [good, { ...good, a: good.b, b: good.a }] })],
      ['BAD_ARGUMENT', change({ put: [good, good] })],
      ['BAD_ARGUMENT', change({ put: [good], remove: [good] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, weight: 1.5 }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, weight: Number.NaN }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, because: [] }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, because: [{ kind: 'agent', key: 'x', weight: Number.NaN }] }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, because: [{ kind: 'agent', key: 'x', weight: -0.1 }] }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, because: [{ kind: 'agent', key: '\ud800', weight: 0.5 }] }] })],
      ['BAD_ARGUMENT', change({ put: [{ ...good, because: [{ kind: 'x' as 'agent', key: 'x', weight: 0.5 }] }] })],
      ['BAD_ARGUMENT', change({ put: [coupling(at(0), '\udfff' as SceneId, 0.5)] })],
      ['BAD_ARGUMENT', change({ remove: [coupling(at(0), '\udfff' as SceneId, 0.5)] })],
      ['BAD_ARGUMENT', change({ put: [good], coupled: ['\ud800' as SceneId] })],
    ];
    for (const [code, refused] of bad) {
      expect(await failing(store().writeCouplings(CORPUS, refused))).toBe(code);
      expect(await store().corpus(CORPUS)).toMatchObject({ couplings: 0, revision: 2 });
    }
    expect(foreign.scenesAdded).toBe(1);
  });

  describe('spread into a subgraph', () => {
    beforeEach(async () => {
      // 0 –.9– 1 –.5– 3 –.9– 5;  0 –.4– 2 –.8– 4;  1 –.2– 2
      await store().writeCouplings(
        CORPUS,
        change({
          put: [
            coupling(at(0), at(1), 0.9),
            coupling(at(0), at(2), 0.4),
            coupling(at(1), at(2), 0.2),
            coupling(at(1), at(3), 0.5),
            coupling(at(2), at(4), 0.8),
            coupling(at(3), at(5), 0.9),
          ],
        }),
      );
    });

    const reach = async (hops: number, limit: number, weightMin?: number) => {
      const graph = await store().subgraph(at(0), { hops, limit, weightMin });
      const found = graph?.scenes.map((scene) => id.indexOf(scene.id));
      return { found, couplings: graph?.couplings.length, truncated: graph?.truncated };
    };

    it('nearest first, the heaviest of equally near first', async () => {
      expect(await reach(1, 10)).toEqual({ found: [0, 1, 2], couplings: 3, truncated: false });
      expect(await reach(2, 10)).toEqual({ found: [0, 1, 2, 4, 3], couplings: 5, truncated: false });
      expect(await reach(3, 10)).toEqual({ found: [0, 1, 2, 4, 3, 5], couplings: 6, truncated: false });
    });

    it('up to a limit, and says whether more was in reach', async () => {
      expect(await reach(2, 4)).toEqual({ found: [0, 1, 2, 4], couplings: 4, truncated: true });
      expect(await reach(1, 2)).toEqual({ found: [0, 1], couplings: 1, truncated: true });
      expect(await reach(2, 5)).toEqual({ found: [0, 1, 2, 4, 3], couplings: 5, truncated: false });
      expect(await reach(1, 1)).toEqual({ found: [0], couplings: 0, truncated: true });
    });

    it('over couplings of some weight only', async () => {
      expect(await reach(4, 10, 0.5)).toEqual({ found: [0, 1, 3, 5], couplings: 3, truncated: false });
    });

    it('from a scene that is there, for requests that make sense', async () => {
      expect(await store().subgraph('nothing' as SceneId, { hops: 1, limit: 1 })).toBeNull();
      expect(await failing(store().subgraph(at(0), { hops: 5, limit: 1 }))).toBe('BAD_ARGUMENT');
      expect(await failing(store().subgraph(at(0), { hops: 1, limit: 2000 }))).toBe('PAGE_TOO_LARGE');
    });
  });
};
