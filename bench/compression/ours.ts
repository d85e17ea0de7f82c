import { deltaLength, labelContext, PER_BIT } from '../../src/collapse/code-lengths.ts';
import type { MotifGroup } from '../../src/collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../../src/collapse/coupling-graph.ts';
import { descriptionLength } from '../../src/collapse/graph-description.ts';

/** Bits of a graph and of the dictionary within them. */
export interface Description {
  readonly bits: number;
  readonly dictionaryBits: number;
}

/** The program's own description length of a graph by the motifs of `groups`; with none, of the bare graph. With the tables, which the program leaves out. */
export const oursOf = (graph: CouplingGraph, groups: readonly MotifGroup[]): Description => {
  const { after, dictionary } = descriptionLength(graph, groups);
  return { bits: after + tableBits(graph), dictionaryBits: dictionary };
};

/** Every count of what its lengths rest on, one more for those that may be none, by δ (Elias 1975). */
const tableBits = (graph: CouplingGraph): number => {
  const { figureOf, agentOf, labelOf, edgeX, edgeY, placeOf, labels } = graph;
  const contexts = [...edgeX].map((x, edge) => labelContext(graph, x, edgeY[edge] ?? 0));
  const gaps = [...edgeX].map((x, edge) => Math.abs((placeOf[x] ?? 0) - (placeOf[edgeY[edge] ?? 0] ?? 0)) - 1);
  const counts = [
    ...countsOf(figureOf),
    ...countsOf(agentOf),
    ...countsOf(gaps.map((gap) => 32 - Math.clz32(gap))),
    ...countsOf(contexts.map((context, edge) => `${context} ${labelOf[edge]}`)),
  ];
  // Of each label in each context, whether it occurs.
  const told = counts.reduce((sum, count) => sum + deltaLength(count + 1) / PER_BIT, 0);
  return told + new Set(contexts).size * labels.length;
};

const countsOf = (values: Iterable<number | string>): readonly number[] =>
  [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
