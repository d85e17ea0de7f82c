import type { Motif } from './canonical-form.ts';
import type { CouplingGraph } from './coupling-graph.ts';

/**
 * How many bits each part of a coupling graph takes, by how often it occurs in it (Shannon 1948): the tables a decoder is given
 * beforehand. All lengths are whole numbers of 1/{@link PER_BIT} bit, so that sums do not depend on their order.
 */
export interface CodeLengths {
  /** Scenes of the graph. */
  readonly scenes: number;
  /** By figure. */
  readonly figure: readonly number[];
  /** By agent; that of no agent last. */
  readonly agent: readonly number[];
  /** By label of an edge. */
  readonly label: readonly number[];
  /** By {@link labelContext}, then by label. */
  readonly labelIn: readonly (readonly number[])[];
  /** By the number of binary digits of how many places lie between two scenes. */
  readonly gap: readonly number[];
  /** That a scene is coupled with one more earlier scene; that it is with none. */
  readonly more: number;
  readonly end: number;
}

export const PER_BIT = 4096;

/** Of something that happens `count` times of `total`. */
export const lengthOf = (count: number, total: number): number => Math.round(Math.log2(total / count) * PER_BIT);

/** Of one of so many that are equally likely. */
export const uniform = (choices: number): number => lengthOf(1, choices);

export const codeLengths = (graph: CouplingGraph): CodeLengths => {
  const { figures, labels, figureOf, agentOf, labelOf, edgeX, edgeY, placeOf } = graph;
  const agents = agentOf.reduce((most, agent) => Math.max(most, agent), -1) + 1;
  const agentCounts = countsOf(agentOf, agents + 1, (agent) => (agent < 0 ? agents : agent));
  // One more of each, since places of a motif may lie as far apart as no coupling reaches.
  const gaps = new Array<number>(GAP_DIGITS).fill(1);
  const labelContexts = Array.from({ length: LABEL_CONTEXTS }, () => new Array<number>(labels.length).fill(0));
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    const digits = digitsOf(gapBetween(placeOf[x] ?? 0, placeOf[y] ?? 0));
    gaps[digits] = (gaps[digits] ?? 0) + 1;
    const counts = labelContexts[labelContext(graph, x, y)];
    const label = labelOf[edge] ?? 0;
    if (counts !== undefined) counts[label] = (counts[label] ?? 0) + 1;
  }
  const decisions = figureOf.length + edgeX.length;
  return {
    scenes: figureOf.length,
    figure: lengthsOf(countsOf(figureOf, figures.length)),
    agent: lengthsOf(agentCounts),
    label: lengthsOf(countsOf(labelOf, labels.length)),
    labelIn: labelContexts.map((counts) => lengthsOf(counts)),
    gap: lengthsOf(gaps),
    more: edgeX.length === 0 ? 0 : lengthOf(edgeX.length, decisions),
    end: figureOf.length === 0 ? 0 : lengthOf(figureOf.length, decisions),
  };
};

/** What is known of two coupled scenes, before they are said to be coupled by what: whether they are neighbours, and whether they share the agent or the figure. */
export const labelContext = ({ placeOf, agentOf, figureOf }: CouplingGraph, x: number, y: number): number => {
  const isNext = Math.abs((placeOf[x] ?? 0) - (placeOf[y] ?? 0)) === 1;
  const sharesAgent = (agentOf[x] ?? -1) >= 0 && agentOf[x] === agentOf[y];
  return (isNext ? 4 : 0) + (sharesAgent ? 2 : 0) + (figureOf[x] === figureOf[y] ? 1 : 0);
};

const LABEL_CONTEXTS = 8;

/** Of a number up to 2³¹. */
const GAP_DIGITS = 32;

/** Scenes between the two, one that follows the other has none. */
const gapBetween = (x: number, y: number): number => Math.abs(x - y) - 1;

const digitsOf = (n: number): number => 32 - Math.clz32(n);

/** Of the distance between two places: how many digits it has, and all but the first of them. */
export const gapLength = ({ gap }: CodeLengths, x: number, y: number): number => {
  const digits = digitsOf(gapBetween(x, y));
  return (gap[digits] ?? 0) + Math.max(0, digits - 1) * PER_BIT;
};

const countsOf = (column: Int32Array, size: number, indexOf = (value: number): number => value): readonly number[] => {
  const counts = new Array<number>(size).fill(0);
  for (const value of column) counts[indexOf(value)] = (counts[indexOf(value)] ?? 0) + 1;
  return counts;
};

const lengthsOf = (counts: readonly number[]): readonly number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? Number.POSITIVE_INFINITY : lengthOf(count, total)));
};

/** Of a positive number of which nothing is known: δ (Elias 1975). */
export const deltaLength = (n: number): number => {
  const digits = digitsOf(n);
  return (digits - 1 + 2 * (digitsOf(digits) - 1) + 1) * PER_BIT;
};

/** Of a motif's entry in the dictionary: how many scenes, their figures and variables, which are coupled, and by what. */
export const entryLength = (
  { figure, label }: CodeLengths,
  { nodes, edges }: Motif,
  figureNumber: (key: string) => number,
  labelNumber: (label: string) => number,
): number => {
  const figures = nodes.reduce((sum, node) => sum + (figure[figureNumber(node.label)] ?? 0), 0);
  const labels = edges.reduce((sum, edge) => sum + (label[labelNumber(edge.label)] ?? 0), 0);
  const pairs = (nodes.length * (nodes.length - 1)) / 2;
  const variables = nodes.length * uniform(nodes.length + 1);
  return uniform(SIZES) + figures + variables + pairs * PER_BIT + labels;
};

/** Of 2 to 6 scenes. */
export const SIZES = 5;

/** Of which scene of the form stands at which place. */
export const orderLength = (scenes: number): number => uniform(FACTORIALS[scenes] ?? 1);

const FACTORIALS = [1, 1, 2, 6, 24, 120, 720];

/**
 * By how much a set of so many is told shorter than a list: in which order they come says nothing (Steinruecken, "Compressing sets and
 * multisets of sequences", 2015).
 */
export const setDiscount = (size: number): number => {
  let sum = 0;
  for (let i = 2; i <= size; i += 1) sum += uniform(i);
  return sum;
};
