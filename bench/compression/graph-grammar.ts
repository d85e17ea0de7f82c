import { Digrams } from './digrams.ts';
import { type Alphabet, type HyperEdge, hyperEdgesOf, terminals } from './hypergraph.ts';
import type { LabelledGraph } from './labelled-graph.ts';

/** A rule's right side, its nodes numbered: the external ones first, then as its edges come to them. */
export interface GraphRule {
  readonly label: number;
  /** How many nodes are external. */
  readonly rank: number;
  readonly nodes: number;
  readonly edges: readonly { readonly label: number; readonly nodes: readonly number[] }[];
}

/** A straight-line hyperedge replacement grammar that derives one graph. */
export interface GraphGrammar {
  readonly alphabet: Alphabet;
  readonly scenes: number;
  /** Numbered on from the terminals without a gap; a rule's edges have labels of rules before it. */
  readonly rules: readonly GraphRule[];
  /** The start graph; a nonterminal knows what it stands for, with the numbers of the scenes. */
  readonly start: readonly HyperEdge[];
}

/** The nodes of an occurrence of a rule: those that its edge attaches to, then the inner ones in the rule's order. */
export const nodesOf = ({ nodes, parts }: HyperEdge): readonly number[] => [
  ...new Set([...nodes, ...parts.flatMap((part) => part.nodes)]),
];

/** No rule replaces anything: the same coder's view of the bare graph. */
export const bareGrammar = (graph: LabelledGraph): GraphGrammar => ({
  alphabet: { labels: graph.labels, figures: graph.figures, agents: graph.agents },
  scenes: graph.figureOf.length,
  rules: [],
  start: hyperEdgesOf(graph),
});

/**
 * Replaces the most frequent digram, two edges that share a node, by a nonterminal edge until none recurs, then takes back the rules
 * that do not make the grammar smaller (gRePair: Maneth & Peternek, Grammar-based graph compression, Information Systems 76, 2018).
 * @param rankMax nodes that a nonterminal attaches to at most
 */
export const graphGrammar = (graph: LabelledGraph, rankMax: number): GraphGrammar => {
  const bare = bareGrammar(graph);
  const digrams = new Digrams(bare.start, rankMax);
  let next = terminals(bare.alphabet);
  for (let form = digrams.mostFrequent(); form !== undefined; form = digrams.mostFrequent())
    digrams.replace(form, next++);
  return pruned({ ...bare, rules: rulesOf(bare.alphabet, digrams.edges), start: digrams.edges });
};

/** Read off the first occurrence of each. */
const rulesOf = (alphabet: Alphabet, start: readonly HyperEdge[]): readonly GraphRule[] => {
  const rules = new Map<number, GraphRule>();
  const visit = (edge: HyperEdge): void => {
    if (edge.label < terminals(alphabet) || rules.has(edge.label)) return;
    for (const part of edge.parts) visit(part);
    const nodes = nodesOf(edge);
    const edges = edge.parts.map((part) => ({
      label: part.label,
      nodes: part.nodes.map((node) => nodes.indexOf(node)),
    }));
    rules.set(edge.label, { label: edge.label, rank: edge.nodes.length, nodes: nodes.length, edges });
  };
  for (const edge of start) visit(edge);
  return [...rules.values()].toSorted((one, other) => one.label - other.label);
};

/** The paper's size of an edge: 1 up to rank 2, above it its rank. */
const edgeSize = (rank: number): number => (rank > 2 ? rank : 1);

/** The start graph or a rule, as pruning sees it. */
interface Holder {
  /** Nodes and edges. */
  size: number;
  readonly counts: Map<number, number>;
}

/** Takes back rules that are used once, then those whose contribution ref(A)·(|rhs| − |handle|) − |rhs| is not above 0. */
const pruned = (grammar: GraphGrammar): GraphGrammar => {
  const { rules, start, alphabet } = grammar;
  const rankOf = new Map(rules.map(({ label, rank }) => [label, rank]));
  const holderOf = (nodes: number, edges: GraphRule['edges']): Holder => {
    const counts = new Map<number, number>();
    for (const { label } of edges) if (rankOf.has(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
    return { size: nodes + edges.reduce((sum, edge) => sum + edgeSize(edge.nodes.length), 0), counts };
  };
  const holders = new Map(rules.map((rule) => [rule.label, holderOf(rule.nodes, rule.edges)]));
  const all = (): readonly Holder[] => [startHolder, ...holders.values()];
  const startHolder = holderOf(0, start);
  const inlined = new Set<number>();
  const inline = (label: number, held: Holder): void => {
    holders.delete(label);
    inlined.add(label);
    for (const holder of all()) {
      const times = holder.counts.get(label) ?? 0;
      holder.counts.delete(label);
      holder.size += times * (held.size - handleSize(rankOf.get(label) ?? 0));
      if (times > 0)
        for (const [inner, count] of held.counts)
          holder.counts.set(inner, (holder.counts.get(inner) ?? 0) + times * count);
    }
  };
  for (const least of [(refs: number) => refs <= 1, contributesNothing] as const)
    for (const { label, rank } of rules) {
      const held = holders.get(label);
      if (held === undefined) continue;
      const refs = all().reduce((sum, { counts }) => sum + (counts.get(label) ?? 0), 0);
      if (least(refs, held.size, handleSize(rank))) inline(label, held);
    }
  const kept = rules.filter(({ label }) => !inlined.has(label));
  const numbers = new Map(kept.map(({ label }, i) => [label, terminals(alphabet) + i]));
  const renumbered = start.flatMap((edge) => spliced(edge, inlined)).map((edge) => relabelled(edge, numbers));
  return { ...grammar, start: renumbered, rules: rulesOf(alphabet, renumbered) };
};

const handleSize = (rank: number): number => rank + edgeSize(rank);

const contributesNothing = (refs: number, size: number, handle: number): boolean => refs * (size - handle) - size <= 0;

/** The edge, or what it stands for where its rule is taken back. */
const spliced = (edge: HyperEdge, inlined: ReadonlySet<number>): readonly HyperEdge[] => {
  const parts = edge.parts.flatMap((part) => spliced(part, inlined));
  return inlined.has(edge.label) ? parts : [{ ...edge, parts }];
};

const relabelled = (edge: HyperEdge, numbers: ReadonlyMap<number, number>): HyperEdge => ({
  ...edge,
  label: numbers.get(edge.label) ?? edge.label,
  parts: edge.parts.map((part) => relabelled(part, numbers)),
});
