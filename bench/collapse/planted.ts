import { type Random, seededRandom } from '../../src/collapse/leiden/random.ts';
import type { WeightedGraph } from '../../src/collapse/leiden/weighted-graph.ts';
import { between, zipf } from '../store/random.ts';

export type GraphKind = 'even' | 'heavy-tailed';

export interface PlantedOptions {
  readonly kind: GraphKind;
  readonly nodes: number;
  readonly edges: number;
  readonly seed: number;
}

/** Of all edges, those within a community. */
const WITHIN = 0.7;
/** Nodes of a community on average. */
const COMMUNITY = 300;

/**
 * A graph with communities in it: 70 % of the edges join two nodes of one, the rest any two. Even: communities of one size,
 * every end as likely. Heavy-tailed: sizes and ends by Zipf's law, so that a few nodes have thousands of edges and most have some.
 * All weigh 1; an edge may be drawn twice.
 */
export const plantedGraph = ({ kind, nodes, edges, seed }: PlantedOptions): WeightedGraph => {
  const random = seededRandom(seed);
  const starts = kind === 'even' ? evenStarts(nodes) : zipfStarts(nodes, random);
  const edgeX = new Int32Array(edges);
  const edgeY = new Int32Array(edges);
  const drawFrom = drawer(kind, random);
  for (let edge = 0; edge < edges; ) {
    let x: number;
    let y: number;
    if (random() < WITHIN) {
      const [from, to] = around(starts, between(random, 0, nodes));
      x = from + drawFrom(to - from);
      y = from + drawFrom(to - from);
    } else {
      x = between(random, 0, nodes);
      y = between(random, 0, nodes);
    }
    if (x === y) continue;
    edgeX[edge] = x;
    edgeY[edge] = y;
    edge += 1;
  }
  return { nodes, edgeX, edgeY, weightOf: new Float64Array(edges).fill(1) };
};

const evenStarts = (nodes: number): Int32Array =>
  Int32Array.from({ length: Math.ceil(nodes / COMMUNITY) }, (_, i) => i * COMMUNITY);

const zipfStarts = (nodes: number, random: Random): Int32Array => {
  const starts: number[] = [];
  const draw = zipf(random, COMMUNITY * 20);
  for (let at = 0; at < nodes; at += 20 + draw()) starts.push(at);
  return Int32Array.from([...starts, nodes]).subarray(0, starts.length);
};

const drawer = (kind: GraphKind, random: Random): ((size: number) => number) =>
  kind === 'even'
    ? (size) => between(random, 0, size)
    : (size) => Math.min(size - 1, Math.floor((size + 1) ** random()) - 1);

/** The community around a node: binary search. */
const around = (starts: Int32Array, node: number): readonly [from: number, to: number] => {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= node) low = middle;
    else high = middle - 1;
  }
  const from = starts[low] ?? 0;
  return [from, starts[low + 1] ?? Math.max(node + 1, from + 1)];
};
