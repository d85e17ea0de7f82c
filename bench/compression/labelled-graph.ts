import { isDeepStrictEqual } from 'node:util';
import type { CouplingGraph } from '../../src/collapse/coupling-graph.ts';

/**
 * What every side compresses, numbers alone: the scenes in the order of the corpus with figure and agent, and the couplings that
 * carry, without weights. What the numbers name is left out for all.
 */
export interface LabelledGraph {
  readonly figures: number;
  readonly agents: number;
  readonly labels: number;
  /** By scene. */
  readonly figureOf: readonly number[];
  /** By scene: 0 for none, else the agent's number and 1. */
  readonly agentOf: readonly number[];
  /** By `x`, then `y`; no pair twice. */
  readonly edges: readonly LabelledEdge[];
}

export interface LabelledEdge {
  /** The earlier of the two scenes. */
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

export const labelledGraphOf = (graph: CouplingGraph): LabelledGraph => {
  const edges = [...graph.edgeX.entries()].map(([edge, one]) => {
    const other = graph.edgeY[edge] ?? 0;
    return { x: Math.min(one, other), y: Math.max(one, other), label: graph.labelOf[edge] ?? 0 };
  });
  return {
    figures: graph.figures.length,
    agents: graph.agentOf.reduce((most, agent) => Math.max(most, agent + 1), 0),
    labels: graph.labels.length,
    figureOf: [...graph.figureOf],
    agentOf: Array.from(graph.agentOf, (agent) => agent + 1),
    edges: edges.toSorted((one, other) => one.x - other.x || one.y - other.y),
  };
};

/** @throws Error where they differ: a codec that loses something compresses nothing */
export const checkSame = (side: string, came: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(came, expected)) throw new Error(`${side}: what was decoded is not what was encoded`);
};
