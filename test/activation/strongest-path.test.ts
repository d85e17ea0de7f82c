import fc from 'fast-check';
import { PATH_TOUCHED_MAX, strongestPath } from '../../src/activation/strongest-path.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { anyGraph, asking, type Graph, graphOf, sceneIds } from './coupling-graph.ts';

/** The greatest product of weights from a scene to each, by going over all couplings until nothing grows (Bellman 1958). */
const strengthsFrom = (graph: Graph, from: SceneId): ReadonlyMap<SceneId, number> => {
  const best = new Map<SceneId, number>([[from, 1]]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [id, neighbours] of graph)
      for (const { id: other, weight } of neighbours) {
        const strength = (best.get(id) ?? 0) * weight;
        if (strength <= (best.get(other) ?? 0)) continue;
        best.set(other, strength);
        grew = true;
      }
  }
  return best;
};

const weightOf = (graph: Graph, path: readonly SceneId[]): number =>
  path.slice(1).reduce((product, id, i) => {
    const coupling = graph.get(path[i] as SceneId)?.find((neighbour) => neighbour.id === id);
    if (coupling === undefined) throw new Error(`no coupling ${path[i]} — ${id}`);
    return product * coupling.weight;
  }, 1);

/** A row of scenes, each coupled with the next. */
const row = (length: number, weight = 0.5): { readonly ids: readonly SceneId[]; readonly graph: Graph } => {
  const ids = sceneIds(length);
  return {
    ids,
    graph: graphOf(
      ids,
      ids.slice(1).map((_, i) => [i, i + 1, weight]),
    ),
  };
};

test('no path is stronger, and there is one wherever couplings lead', async () => {
  const anyEnds = anyGraph.chain((graph) =>
    fc.tuple(fc.constant(graph), fc.constantFrom(...graph.keys()), fc.constantFrom(...graph.keys())),
  );
  const property = fc.asyncProperty(anyEnds, async ([graph, from, to]) => {
    const { neighboursOf, asked } = asking(graph);
    const { scenes, weight, touched, truncated } = await strongestPath(from, to, neighboursOf);
    const strongest = strengthsFrom(graph, from).get(to) ?? 0;
    expect(truncated).toBe(false);
    expect([touched, new Set(asked.flat()).size]).toEqual([asked.flat().length, asked.flat().length]);
    if (strongest === 0) return void expect([scenes, weight]).toEqual([null, 0]);
    expect([scenes?.[0], scenes?.at(-1), new Set(scenes).size]).toEqual([from, to, scenes?.length]);
    expect(weightOf(graph, scenes ?? [])).toBeCloseTo(strongest, 12);
    expect(weight).toBeCloseTo(strongest, 12);
  });
  await fc.assert(property, { numRuns: 500 });
});

test('of equally strong paths it is the same one, in whatever order a store gives scenes their places', async () => {
  const ids = sceneIds(6);
  const edges = [
    [0, 1, 0.5],
    [1, 5, 0.5],
    [0, 2, 0.5],
    [2, 5, 0.5],
    [0, 3, 0.25],
    [3, 5, 1],
  ] as const;
  const paths = [edges, edges.toReversed(), [...edges.slice(3), ...edges.slice(0, 3)]].map((some) =>
    strongestPath(ids[0] as SceneId, ids[5] as SceneId, asking(graphOf(ids, some)).neighboursOf),
  );
  const found = (await Promise.all(paths)).map(({ scenes, weight }) => [scenes?.join(), weight]);
  expect(found[0]?.[1]).toBeCloseTo(0.25, 12);
  expect(new Set(found.map((one) => one.join())).size).toBe(1);
});

test('from a scene to itself is that scene, and nothing is asked', async () => {
  const { ids, graph } = row(3);
  const { neighboursOf, asked } = asking(graph);
  const [from] = ids as [SceneId];
  expect(await strongestPath(from, from, neighboursOf)).toEqual({
    scenes: [from],
    weight: 1,
    touched: 0,
    truncated: false,
  });
  expect(asked).toEqual([]);
});

test('a coupling of no weight leads nowhere', async () => {
  const { ids, graph } = row(3, 0);
  const { neighboursOf } = asking(graph);
  expect(await strongestPath(ids[0] as SceneId, ids[2] as SceneId, neighboursOf)).toMatchObject({ scenes: null });
});

test('a limit is kept to the scene, and said', async () => {
  const { ids, graph } = row(400);
  for (const touchedMax of [1, 2, 37, 398]) {
    const { neighboursOf, asked } = asking(graph);
    const { touched, truncated } = await strongestPath(ids[0] as SceneId, ids[399] as SceneId, neighboursOf, {
      touchedMax,
    });
    expect([touched, asked.flat().length, truncated]).toEqual([touchedMax, touchedMax, true]);
  }
  const { neighboursOf } = asking(graph);
  const whole = await strongestPath(ids[0] as SceneId, ids[399] as SceneId, neighboursOf, { touchedMax: 400 });
  expect([whole.scenes, whole.truncated]).toEqual([ids, false]);
  for (const touchedMax of [0, 1.5, PATH_TOUCHED_MAX + 1])
    await expect(
      strongestPath(ids[0] as SceneId, ids[1] as SceneId, neighboursOf, { touchedMax }),
    ).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

test('scenes are asked about in batches that grow with what was needed', async () => {
  // Two stars whose points are joined: all points are equally near.
  const ids = sceneIds(2002);
  const edges = Array.from({ length: 2000 }, (_, i) => [i % 2, i + 2, 0.5] as const);
  const graph = graphOf(ids, [...edges, [2000, 2001, 0.4]]);
  const { neighboursOf, asked } = asking(graph);
  const { scenes } = await strongestPath(ids[0] as SceneId, ids[1] as SceneId, neighboursOf);
  expect(scenes).toEqual([ids[0], ids[2000], ids[2001], ids[1]]);
  expect(asked.length).toBeLessThan(14);
  for (const some of asked) expect(some.length).toBeLessThanOrEqual(500);
});
