import type { WeightedGraph } from './weighted-graph.ts';

/** A weighted undirected graph in compressed rows: the neighbours of node v are `targets[rows[v] … rows[v + 1])`. */
export interface Network {
  readonly nodes: number;
  readonly rows: Int32Array;
  /** Without v itself; each neighbour once. */
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  /** By node: the weight of its edge to itself. */
  readonly loops: Float64Array;
  /** By node: the sum of the weights of its edges, a loop counted twice. */
  readonly strengths: Float64Array;
  /** Of all strengths: twice the weight of all edges. */
  readonly total: number;
}

/** The same network whatever the order of the edges: rows are sorted, and parallel edges added up from the lightest. */
export const networkOf = ({ nodes, edgeX, edgeY, weightOf }: WeightedGraph): Network => {
  const loops = new Float64Array(nodes);
  const loopEdges: number[] = [];
  const counts = new Int32Array(nodes + 1);
  for (let edge = 0; edge < edgeX.length; edge += 1) {
    const x = edgeX[edge] as number;
    const y = edgeY[edge] as number;
    if (x === y) loopEdges.push(edge);
    else {
      counts[x + 1] = (counts[x + 1] as number) + 1;
      counts[y + 1] = (counts[y + 1] as number) + 1;
    }
  }
  loopEdges.sort((i, j) => (weightOf[i] as number) - (weightOf[j] as number));
  for (const edge of loopEdges) {
    const x = edgeX[edge] as number;
    loops[x] = (loops[x] as number) + (weightOf[edge] as number);
  }
  for (let node = 0; node < nodes; node += 1)
    counts[node + 1] = (counts[node + 1] as number) + (counts[node] as number);
  const byTarget = fill(counts, { edgeX, edgeY, weightOf });
  const sorted = transposed(counts, byTarget);
  return finished(nodes, merged(nodes, counts, sorted), loops);
};

interface Entries {
  readonly targets: Int32Array;
  readonly weights: Float64Array;
}

/** Each edge in the rows of both its ends, in the order of the edges. */
const fill = (rows: Int32Array, { edgeX, edgeY, weightOf }: Omit<WeightedGraph, 'nodes'>): Entries => {
  const next = rows.slice();
  const length = rows[rows.length - 1] as number;
  const targets = new Int32Array(length);
  const weights = new Float64Array(length);
  for (let edge = 0; edge < edgeX.length; edge += 1) {
    const x = edgeX[edge] as number;
    const y = edgeY[edge] as number;
    if (x === y) continue;
    const atX = next[x] as number;
    const atY = next[y] as number;
    targets[atX] = y;
    targets[atY] = x;
    weights[atX] = weights[atY] = weightOf[edge] as number;
    next[x] = atX + 1;
    next[y] = atY + 1;
  }
  return { targets, weights };
};

/** A symmetric matrix is its own transpose: going through it by rows fills the rows of the other in the order of their targets. */
const transposed = (rows: Int32Array, { targets, weights }: Entries): Entries => {
  const next = rows.slice();
  const sorted = { targets: new Int32Array(targets.length), weights: new Float64Array(weights.length) };
  for (let node = 0; node + 1 < rows.length; node += 1)
    for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1) {
      const target = targets[at] as number;
      const to = next[target] as number;
      sorted.targets[to] = node;
      sorted.weights[to] = weights[at] as number;
      next[target] = to + 1;
    }
  return sorted;
};

type Rows = Pick<Network, 'rows' | 'targets' | 'weights'>;

/** Parallel edges become one, in place. */
const merged = (nodes: number, counts: Int32Array, { targets, weights }: Entries): Rows => {
  const rows = new Int32Array(nodes + 1);
  let to = 0;
  for (let node = 0; node < nodes; node += 1) {
    const end = counts[node + 1] as number;
    for (let at = counts[node] as number; at < end; ) {
      const target = targets[at] as number;
      let after = at + 1;
      while (after < end && targets[after] === target) after += 1;
      let weight = weights[at] as number;
      if (after > at + 1)
        weight = weights
          .slice(at, after)
          .sort()
          .reduce((sum, one) => sum + one, 0);
      targets[to] = target;
      weights[to] = weight;
      to += 1;
      at = after;
    }
    rows[node + 1] = to;
  }
  return { rows, targets: targets.subarray(0, to), weights: weights.subarray(0, to) };
};

/** With strengths and their sum. */
export const finished = (nodes: number, { rows, targets, weights }: Rows, loops: Float64Array): Network => {
  const strengths = new Float64Array(nodes);
  let total = 0;
  for (let node = 0; node < nodes; node += 1) {
    let strength = 2 * (loops[node] as number);
    for (let at = rows[node] as number; at < (rows[node + 1] as number); at += 1) strength += weights[at] as number;
    strengths[node] = strength;
    total += strength;
  }
  return { nodes, rows, targets, weights, loops, strengths, total };
};
