import fc from 'fast-check';
import { leiden, type Partition } from '../../../src/collapse/leiden/leiden.ts';
import type { WeightedGraph } from '../../../src/collapse/leiden/weighted-graph.ts';
import { HypersceneError } from '../../../src/errors.ts';

type Edge = readonly [x: number, y: number, weight: number];

const graphOf = (nodes: number, edges: readonly Edge[]): WeightedGraph => ({
  nodes,
  edgeX: Int32Array.from(edges, ([x]) => x),
  edgeY: Int32Array.from(edges, ([, y]) => y),
  weightOf: Float64Array.from(edges, ([, , weight]) => weight),
});

/** Up to 24 nodes, loops and parallel edges among them. */
const anyGraph = fc
  .integer({ min: 1, max: 24 })
  .chain((nodes) =>
    fc
      .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: 1, max: 64 })), { maxLength: 80 })
      .map((edges) => ({ nodes, edges: edges.map(([x, y, w]): Edge => [x, y, w / 64]) })),
  );
const anyOptions = fc.record({
  resolution: fc.constantFrom(0.25, 1, 2),
  seed: fc.nat(1000),
  iterations: fc.integer({ min: 1, max: 4 }),
});

/** By the definition, pair by pair. */
const naiveModularity = (nodes: number, edges: readonly Edge[], of: readonly number[], resolution: number): number => {
  const matrix = Array.from({ length: nodes }, () => new Array<number>(nodes).fill(0));
  for (const [x, y, weight] of edges) {
    (matrix[x] as number[])[y] = (matrix[x]?.[y] ?? 0) + weight;
    (matrix[y] as number[])[x] = (matrix[y]?.[x] ?? 0) + weight;
  }
  const strengths = matrix.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  const total = strengths.reduce((sum, strength) => sum + strength, 0);
  if (total === 0) return 0;
  let sum = 0;
  for (let x = 0; x < nodes; x += 1)
    for (let y = 0; y < nodes; y += 1)
      if (of[x] === of[y])
        sum += (matrix[x]?.[y] ?? 0) - (resolution * (strengths[x] ?? 0) * (strengths[y] ?? 0)) / total;
  return sum / total;
};

const isConnected = (members: readonly number[], edges: readonly Edge[]): boolean => {
  const reached = new Set(members.slice(0, 1));
  const inside = new Set(members);
  for (let before = 0; reached.size > before; ) {
    before = reached.size;
    for (const [x, y] of edges)
      if (inside.has(x) && inside.has(y) && (reached.has(x) || reached.has(y))) reached.add(x).add(y);
  }
  return reached.size === members.length;
};

const membersOf = ({ communityOf, communities }: Partition): readonly (readonly number[])[] =>
  Array.from({ length: communities }, (_, community) =>
    [...communityOf.keys()].filter((node) => communityOf[node] === community),
  );

/** Zachary 1977, by 1. */
const KARATE =
  '1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20 2-22 2-31 3-4 3-8 3-9 3-10 3-14 3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33 9-34 10-34 14-34 15-33 15-34 16-33 16-34 19-33 19-34 20-34 21-33 21-34 23-33 23-34 24-26 24-28 24-30 24-33 24-34 25-26 25-28 25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 31-33 31-34 32-33 32-34 33-34'
    .split(' ')
    .map((pair): Edge => {
      const [x = 1, y = 1] = pair.split('-').map(Number);
      return [x - 1, y - 1, 1];
    });

test('the karate club falls into its four communities of modularity 0.4198, the best there is', () => {
  expect(KARATE).toHaveLength(78);
  const found = Array.from({ length: 20 }, (_, seed) => leiden(graphOf(34, KARATE), { seed, iterations: 4 }));
  const best = found.reduce((x, y) => (y.modularity > x.modularity ? y : x));
  expect(best.modularity).toBeCloseTo(0.4198, 4);
  expect(best.communities).toBe(4);
  for (const { modularity } of found) expect(modularity).toBeGreaterThan(0.415);
});

test('a ring of cliques falls into its cliques', () => {
  const cliques = 12;
  const size = 6;
  const edges: Edge[] = [];
  for (let clique = 0; clique < cliques; clique += 1) {
    const from = clique * size;
    for (let x = from; x < from + size; x += 1) for (let y = x + 1; y < from + size; y += 1) edges.push([x, y, 1]);
    edges.push([from, ((clique + 1) % cliques) * size + 1, 1]);
  }
  const { communityOf, communities } = leiden(graphOf(cliques * size, edges));
  expect(communities).toBe(cliques);
  expect([...communityOf]).toEqual(Array.from({ length: cliques * size }, (_, node) => Math.floor(node / size)));
});

test('every node is in one community, numbered in the order of their first nodes, and each is connected', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, ({ nodes, edges }, options) => {
      const partition = leiden(graphOf(nodes, edges), options);
      expect(partition.communityOf).toHaveLength(nodes);
      const firsts = membersOf(partition).map(([first = -1]) => first);
      expect(firsts).toEqual(firsts.toSorted((x, y) => x - y));
      expect(firsts).not.toContain(-1);
      for (const members of membersOf(partition)) expect(isConnected(members, edges)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('its modularity is that of the definition', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, ({ nodes, edges }, options) => {
      const { communityOf, modularity } = leiden(graphOf(nodes, edges), options);
      expect(modularity).toBeCloseTo(naiveModularity(nodes, edges, [...communityOf], options.resolution), 10);
    }),
    { numRuns: 300 },
  );
});

test('no node would gain by going to another community or to one of its own', () => {
  fc.assert(
    fc.property(anyGraph, fc.constantFrom(0.5, 1, 2), fc.nat(100), ({ nodes, edges }, resolution, seed) => {
      const { communityOf, communities, modularity } = leiden(graphOf(nodes, edges), {
        resolution,
        seed,
        iterations: 20,
      });
      for (let node = 0; node < nodes; node += 1)
        for (let community = 0; community <= communities; community += 1) {
          const moved = [...communityOf];
          moved[node] = community;
          expect(naiveModularity(nodes, edges, moved, resolution)).toBeLessThan(modularity + 1e-9);
        }
    }),
  );
});

test('it is the same each time, in whatever order the edges come, and in whatever unit they are weighed', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, fc.infiniteStream(fc.nat()), ({ nodes, edges }, options, stream) => {
      const { communityOf } = leiden(graphOf(nodes, edges), options);
      const keys = new Map(edges.map((edge) => [edge, stream.next().value ?? 0]));
      const others = edges
        .toSorted((x, y) => (keys.get(x) ?? 0) - (keys.get(y) ?? 0))
        .map(([x, y, weight], i): Edge => (i % 2 === 0 ? [x, y, weight * 8] : [y, x, weight * 8]));
      expect(leiden(graphOf(nodes, others), options).communityOf).toEqual(communityOf);
    }),
    { numRuns: 300 },
  );
});

test('parallel edges are one of their weight together', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, ({ nodes, edges }, options) => {
      const sums = new Map<string, Edge>();
      for (const [x, y, weight] of edges) {
        const key = `${Math.min(x, y)} ${Math.max(x, y)}`;
        sums.set(key, [x, y, (sums.get(key)?.[2] ?? 0) + weight]);
      }
      expect(leiden(graphOf(nodes, [...sums.values()]), options)).toEqual(leiden(graphOf(nodes, edges), options));
    }),
  );
});

test('planted communities are found again, more of them at a higher resolution', () => {
  const [size, groups] = [20, 8];
  const nodes = size * groups;
  const edges: Edge[] = [];
  for (let x = 0; x < nodes; x += 1)
    for (let y = x + 1; y < nodes; y += 1) {
      const same = Math.floor(x / size) === Math.floor(y / size);
      if ((x * 7919 + y * 104_729) % 100 < (same ? 60 : 2)) edges.push([x, y, 1]);
    }
  const at = (resolution: number) => leiden(graphOf(nodes, edges), { resolution });
  expect([...at(1).communityOf]).toEqual(Array.from({ length: nodes }, (_, node) => Math.floor(node / size)));
  const counts = [0.01, 1, 30].map((resolution) => at(resolution).communities);
  expect(counts).toEqual(counts.toSorted((x, y) => x - y));
  expect(counts[0]).toBe(1);
  expect(counts[2]).toBeGreaterThan(groups);
});

test('nothing is in no community, and what nothing joins is alone', () => {
  expect(leiden(graphOf(0, []))).toEqual({ communityOf: new Int32Array(), communities: 0, modularity: 0 });
  expect(leiden(graphOf(3, []))).toEqual({ communityOf: Int32Array.of(0, 1, 2), communities: 3, modularity: 0 });
  expect(leiden(graphOf(2, [[0, 0, 5]])).communities).toBe(2);
});

test.each([
  ['a resolution of 0', graphOf(2, [[0, 1, 1]]), { resolution: 0 }],
  ['an endless resolution', graphOf(2, [[0, 1, 1]]), { resolution: Number.POSITIVE_INFINITY }],
  ['a seed that is no integer', graphOf(2, [[0, 1, 1]]), { seed: 0.5 }],
  ['no iterations', graphOf(2, [[0, 1, 1]]), { iterations: 0 }],
  ['a node that is not there', graphOf(2, [[0, 2, 1]]), {}],
  ['a negative node', graphOf(2, [[-1, 0, 1]]), {}],
  ['a weight of 0', graphOf(2, [[0, 1, 0]]), {}],
  ['a weight that is no number', graphOf(2, [[0, 1, Number.NaN]]), {}],
  ['half a node', graphOf(1.5, []), {}],
  ['columns of two lengths', { ...graphOf(2, [[0, 1, 1]]), weightOf: new Float64Array() }, {}],
])('refuses %s', (_, graph, options) => {
  const attempt = () => leiden(graph, options);
  expect(attempt).toThrow(HypersceneError);
  expect(attempt).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
});

const none = (nodes: number): Uint8Array => new Uint8Array(nodes);

test('from what stands and nothing reached, it finds what stands', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, ({ nodes, edges }, options) => {
      const graph = graphOf(nodes, edges);
      const { communityOf, modularity } = leiden(graph, options);
      const standing = { communityOf, reached: none(nodes) };
      expect(leiden(graph, { ...options, seed: options.seed + 1, standing })).toMatchObject({
        communityOf,
        modularity,
      });
    }),
  );
});

test('from every node alone and all reached, it finds what it finds from nothing', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, ({ nodes, edges }, options) => {
      const graph = graphOf(nodes, edges);
      const standing = {
        communityOf: Int32Array.from({ length: nodes }, (_, node) => node),
        reached: new Uint8Array(nodes).fill(1),
      };
      expect(leiden(graph, { ...options, standing })).toEqual(leiden(graph, options));
    }),
  );
});

test('going on from what stood before an edge came loses nothing, and its communities are connected', () => {
  fc.assert(
    fc.property(anyGraph, anyOptions, fc.nat(23), fc.nat(23), ({ nodes, edges }, options, a, b) => {
      const [x, y] = [a % nodes, b % nodes];
      const { communityOf } = leiden(graphOf(nodes, edges), options);
      const changed: readonly Edge[] = [...edges, [x, y, 0.5]];
      const reached = none(nodes);
      reached[x] = reached[y] = 1;
      const standing = { communityOf, reached };
      const partition = leiden(graphOf(nodes, changed), { ...options, standing });
      const before = naiveModularity(nodes, changed, [...communityOf], options.resolution);
      expect(partition.modularity).toBeGreaterThan(before - 1e-9);
      for (const members of membersOf(partition)) expect(isConnected(members, changed)).toBe(true);
    }),
  );
});

test('what no edge joins to what was reached stays as it is', () => {
  fc.assert(
    fc.property(anyGraph, anyGraph, anyOptions, (one, other, options) => {
      const nodes = one.nodes + other.nodes;
      const shifted = other.edges.map(([x, y, weight]): Edge => [x + one.nodes, y + one.nodes, weight]);
      const graph = graphOf(nodes, [...one.edges, ...shifted]);
      const communityOf = leiden(graph, options).communityOf;
      for (const [node] of communityOf.entries()) if (node < one.nodes) communityOf[node] = node;
      const reached = none(nodes).fill(1, 0, one.nodes);
      const found = leiden(graph, { ...options, standing: { communityOf, reached } }).communityOf;
      const groups = (of: Int32Array) => [...of.slice(one.nodes)].map((community, _, all) => all.indexOf(community));
      expect(groups(found)).toEqual(groups(communityOf));
    }),
  );
});

test('a standing partition that does not fit the graph is refused', () => {
  const graph = graphOf(3, [[0, 1, 1]]);
  for (const standing of [
    { communityOf: new Int32Array(2), reached: none(3) },
    { communityOf: new Int32Array(3), reached: none(2) },
    { communityOf: Int32Array.of(0, 3, 0), reached: none(3) },
    { communityOf: Int32Array.of(0, -1, 0), reached: none(3) },
  ])
    expect(() => leiden(graph, { standing })).toThrow(HypersceneError);
});
