import { HypersceneError } from '../../errors.ts';
import { aggregate, renumber } from './aggregate.ts';
import { splitByComponents } from './components.ts';
import { modularity } from './modularity.ts';
import { moveNodes } from './move-nodes.ts';
import { type Network, networkOf } from './network.ts';
import { type Random, seededRandom } from './random.ts';
import { refine } from './refine.ts';
import type { WeightedGraph } from './weighted-graph.ts';

export interface LeidenOptions {
  /** γ: above 1 communities are smaller, below larger. 1 where it is left out. */
  readonly resolution?: number | undefined;
  /** The same gives the same. 1 where it is left out. */
  readonly seed?: number | undefined;
  /** Each begins with what the one before found. 2 where it is left out. */
  readonly iterations?: number | undefined;
  /** What to begin with; every node alone and all of them reached where it is left out. */
  readonly standing?: StandingPartition | undefined;
}

/** Communities found earlier, before some of the graph changed. */
export interface StandingPartition {
  /** By node, numbers below the number of nodes. */
  readonly communityOf: Int32Array;
  /**
   * By node: 1 for what changed. A community none of whose nodes it is stays as it is, unless a node next to it moves into
   * it, or one of its own to where another one went: the frontier of Sahu, "DF Louvain: fast incrementally expanding approach
   * for community detection on dynamic graphs" (arXiv 2404.19634, 2024).
   */
  readonly reached: Uint8Array;
}

export interface Partition {
  /** By node; communities are numbered from 0 in the order of their first node. */
  readonly communityOf: Int32Array;
  readonly communities: number;
  /** Of the partition, at the resolution asked for. */
  readonly modularity: number;
}

/**
 * Communities of high modularity, each connected, by the Leiden algorithm: Traag, Waltman & van Eck, "From Louvain to Leiden:
 * guaranteeing well-connected communities", Scientific Reports 9, 5233 (2019). Time grows with the edges; memory is some 60
 * bytes an edge. It depends neither on the order of the edges nor on the unit of the weights.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const leiden = (
  graph: WeightedGraph,
  { resolution = 1, seed = 1, iterations = 2, standing }: LeidenOptions = {},
): Partition => {
  checkOptions({ resolution, seed, iterations });
  checkGraph(graph);
  if (standing !== undefined) checkStanding(graph, standing);
  const network = networkOf(graph);
  const communityOf = standing?.communityOf.slice() ?? Int32Array.from({ length: graph.nodes }, (_, node) => node);
  const reached = standing?.reached.slice() ?? new Uint8Array(graph.nodes).fill(1);
  const random = seededRandom(seed);
  if (network.total > 0)
    for (let iteration = 0; iteration < iterations; iteration += 1)
      iterate(network, { communityOf, reached }, resolution, random);
  splitByComponents(network, communityOf);
  const communities = renumber(communityOf, Math.max(1, graph.nodes));
  return { communityOf, communities, modularity: modularity(network, communityOf, communities, resolution) };
};

/**
 * Moves nodes, parts their communities into well connected ones, and does the same with those parts as nodes, until none moves.
 * Both columns of the partition are changed in place.
 */
const iterate = (
  whole: Network,
  { communityOf, reached }: StandingPartition,
  resolution: number,
  random: Random,
): void => {
  const nodeOf = Int32Array.from({ length: whole.nodes }, (_, node) => node);
  let network = whole;
  let current = communityOf.slice();
  let currentReached = reached.slice();
  while (true) {
    moveNodes(network, current, resolution, random, currentReached);
    const communities = renumber(current, network.nodes);
    if (communities === network.nodes) break;
    const partOf = refine(network, current, resolution, random, currentReached);
    const parts = renumber(partOf, network.nodes);
    if (parts === network.nodes) break;
    const above = new Int32Array(parts);
    const reachedAbove = new Uint8Array(parts);
    for (let node = 0; node < network.nodes; node += 1) {
      above[partOf[node] as number] = current[node] as number;
      reachedAbove[partOf[node] as number] = currentReached[node] as number;
    }
    network = aggregate(network, partOf, parts);
    for (let node = 0; node < nodeOf.length; node += 1) nodeOf[node] = partOf[nodeOf[node] as number] as number;
    current = above;
    currentReached = reachedAbove;
  }
  for (let node = 0; node < nodeOf.length; node += 1) {
    communityOf[node] = current[nodeOf[node] as number] as number;
    reached[node] = currentReached[nodeOf[node] as number] as number;
  }
};

const refuse = (what: string, expected: string, came: unknown): never => {
  throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, { expected, came: String(came) });
};

const checkStanding = ({ nodes }: WeightedGraph, { communityOf, reached }: StandingPartition): void => {
  if (communityOf.length !== nodes || reached.length !== nodes)
    refuse('standing partition', `columns of ${nodes}`, [communityOf.length, reached.length]);
  const stray = communityOf.find((community) => community < 0 || community >= nodes);
  if (stray !== undefined) refuse('standing community', `a number below ${nodes}`, stray);
};

const checkOptions = ({ resolution, seed, iterations }: Required<Omit<LeidenOptions, 'standing'>>): void => {
  if (!(Number.isFinite(resolution) && Number(resolution) > 0)) refuse('resolution', 'above 0', resolution);
  if (!Number.isSafeInteger(seed)) refuse('seed', 'an integer', seed);
  if (!(Number.isInteger(iterations) && Number(iterations) > 0)) refuse('iterations', 'an integer from 1', iterations);
};

const checkGraph = ({ nodes, edgeX, edgeY, weightOf }: WeightedGraph): void => {
  if (!Number.isInteger(nodes) || nodes < 0) refuse('number of nodes', 'an integer from 0', nodes);
  if (edgeX.length !== edgeY.length || edgeX.length !== weightOf.length)
    refuse('edges', 'columns of one length', [edgeX.length, edgeY.length, weightOf.length]);
  for (let edge = 0; edge < edgeX.length; edge += 1) {
    const x = edgeX[edge] as number;
    const y = edgeY[edge] as number;
    const weight = weightOf[edge] as number;
    if (x < 0 || x >= nodes || y < 0 || y >= nodes) refuse('edge', `nodes from 0 to ${nodes - 1}`, `${x} and ${y}`);
    if (!(weight > 0 && Number.isFinite(weight))) refuse('weight of an edge', 'above 0, finite', weight);
  }
};
