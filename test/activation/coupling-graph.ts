import fc from 'fast-check';
import type { NeighboursOf } from '../../src/activation/spread.ts';
import type { Neighbour } from '../../src/scene/coupling.ts';
import type { SceneId } from '../../src/scene/scene.ts';

/** Neighbours of every scene of a small graph; a coupling stands at both of its ends. */
export type Graph = ReadonlyMap<SceneId, readonly Neighbour[]>;

export const sceneIds = (count: number, prefix = 's'): readonly SceneId[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(4, '0')}` as SceneId);

export const graphOf = (
  ids: readonly SceneId[],
  edges: readonly (readonly [from: number, to: number, weight: number])[],
): Graph => {
  const weights = new Map<SceneId, Map<SceneId, number>>(ids.map((id) => [id, new Map()]));
  for (const [from, to, weight] of edges) {
    const [a, b] = [ids[from % ids.length] as SceneId, ids[to % ids.length] as SceneId];
    if (a === b) continue;
    weights.get(a)?.set(b, weight);
    weights.get(b)?.set(a, weight);
  }
  return new Map([...weights].map(([id, of]) => [id, [...of].map(([other, weight]) => ({ id: other, weight }))]));
};

const weight = fc.integer({ min: 1, max: 1000 }).map((n) => n / 1000);

/** Graphs of up to 14 scenes, with scenes alone and several components among them. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 14 })
  .chain((count) =>
    fc
      .array(fc.tuple(fc.nat(13), fc.nat(13), weight), { maxLength: 40 })
      .map((edges) => graphOf(sceneIds(count), edges)),
  );

export interface Start {
  readonly graph: Graph;
  readonly seeds: ReadonlyMap<SceneId, number>;
}

/** A graph, and one to three of its scenes to start from. */
export const anyStart: fc.Arbitrary<Start> = anyGraph.chain((graph) =>
  fc
    .uniqueArray(fc.constantFrom(...graph.keys()), { minLength: 1, maxLength: 3 })
    .chain((ids) =>
      fc
        .tuple(...ids.map(() => weight))
        .map((shares) => ({ graph, seeds: new Map(ids.map((id, i) => [id, shares[i] ?? 1])) })),
    ),
);

/** Answers as a store does, and remembers what it was asked. */
export const asking = (graph: Graph): { readonly neighboursOf: NeighboursOf; readonly asked: SceneId[][] } => {
  const asked: SceneId[][] = [];
  const neighboursOf: NeighboursOf = async (ids) => {
    asked.push([...ids]);
    return ids.map((id) => graph.get(id) ?? []);
  };
  return { neighboursOf, asked };
};

export const degreeOf = (graph: Graph, id: SceneId): number =>
  (graph.get(id) ?? []).reduce((sum, neighbour) => sum + neighbour.weight, 0);

/** Personalised PageRank by power iteration, until what is left moves is below 1e-13. */
export const exactRank = ({ graph, seeds }: Start, alpha: number): ReadonlyMap<SceneId, number> => {
  const total = [...seeds.values()].reduce((sum, share) => sum + share, 0);
  const start = new Map([...graph.keys()].map((id) => [id, (seeds.get(id) ?? 0) / total]));
  let rank = start;
  for (let left = 1; left > 1e-13; left *= 1 - alpha) {
    const next = new Map([...start].map(([id, share]) => [id, alpha * share]));
    for (const [id, has] of rank) {
      const degree = degreeOf(graph, id);
      // A walk that cannot go on stays.
      if (degree === 0) next.set(id, (next.get(id) ?? 0) + (1 - alpha) * has);
      for (const neighbour of graph.get(id) ?? [])
        next.set(neighbour.id, (next.get(neighbour.id) ?? 0) + ((1 - alpha) * has * neighbour.weight) / degree);
    }
    rank = next;
  }
  return rank;
};
