import type { LabelledGraph } from './labelled-graph.ts';

/**
 * An edge of a hypergraph: a label and the nodes it is attached to, no node twice. Terminal labels are numbered couplings first,
 * then figures, then agents; those of nonterminals come after.
 */
export interface HyperEdge {
  readonly label: number;
  /** Scenes by number. */
  readonly nodes: readonly number[];
  /** Of a nonterminal: what it stands for here, in the order of its rule. */
  readonly parts: readonly HyperEdge[];
}

/** How many terminal labels there are of each kind. */
export type Alphabet = Pick<LabelledGraph, 'labels' | 'figures' | 'agents'>;

export const terminals = ({ labels, figures, agents }: Alphabet): number => labels + figures + agents;

/** Of a terminal label: a coupling attaches to two scenes, a figure or agent to one. */
export const terminalRank = ({ labels }: Alphabet, label: number): number => (label < labels ? 2 : 1);

/** A scene's figure and agent become edges of rank 1; a coupling goes from the earlier scene to the later. */
export const hyperEdgesOf = (graph: LabelledGraph): readonly HyperEdge[] => [
  ...graph.figureOf.map((figure, scene) => terminal(graph.labels + figure, scene)),
  ...graph.agentOf.flatMap((agent, scene) =>
    agent === 0 ? [] : [terminal(graph.labels + graph.figures + agent - 1, scene)],
  ),
  ...graph.edges.map(({ x, y, label }) => terminal(label, x, y)),
];

const terminal = (label: number, ...nodes: readonly number[]): HyperEdge => ({ label, nodes, parts: [] });

/** @param edges terminal ones, in any order */
export const labelledGraphFrom = (alphabet: Alphabet, scenes: number, edges: readonly HyperEdge[]): LabelledGraph => {
  const { labels, figures, agents } = alphabet;
  const figureOf = new Array<number>(scenes).fill(0);
  const agentOf = new Array<number>(scenes).fill(0);
  const couplings = edges.flatMap(({ label, nodes: [x = 0, y] }) => {
    if (y !== undefined) return [{ x, y, label }];
    if (label < labels + figures) figureOf[x] = label - labels;
    else agentOf[x] = label - labels - figures + 1;
    return [];
  });
  return {
    figures,
    agents,
    labels,
    figureOf,
    agentOf,
    edges: couplings.toSorted((one, other) => one.x - other.x || one.y - other.y),
  };
};
