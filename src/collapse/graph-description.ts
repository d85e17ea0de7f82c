import { canonicalForm, type Motif } from './canonical-form.ts';
import {
  type CodeLengths,
  codeLengths,
  deltaLength,
  gapLength,
  labelContext,
  lengthOf,
  orderLength,
  PER_BIT,
  SIZES,
  setDiscount,
  uniform,
} from './code-lengths.ts';
import type { MotifGroup } from './collapse-motifs.ts';
import type { CouplingGraph } from './coupling-graph.ts';

/**
 * One step of telling a coupling graph to somebody who has the tables of {@link CodeLengths}; figures, agents and labels by
 * number, places counted from 0 in the order of the text.
 */
export type DescriptionStep =
  /** A motif of the dictionary: of how many scenes, and how often it occurs. */
  | { readonly tell: 'motif'; readonly scenes: number; readonly occurrences: number }
  /** Of each of its scenes. Variables count from 1, 0 is no agent. */
  | { readonly tell: 'node'; readonly figure: number; readonly variable: number; readonly scenes: number }
  /** Of each pair of its scenes, 0-1, 0-2, 1-2, 0-3 …; −1 for two that are not coupled. */
  | { readonly tell: 'pair'; readonly label: number }
  /** The next unit, which stands at the first place that is empty: a scene, or the occurrence of a motif. */
  | { readonly tell: 'scene'; readonly figure: number; readonly agent: number }
  /** `order`: at which scene of the motif each place is, from the first place on. */
  | { readonly tell: 'occurrence'; readonly motif: number; readonly order: readonly number[] }
  /** From one place of an occurrence to the next. */
  | { readonly tell: 'place'; readonly from: number; readonly to: number }
  /** Of each variable of the occurrence. */
  | { readonly tell: 'agent'; readonly agent: number }
  /** Of each scene in order, what it is coupled with before it, outside its motif; `end` after the last. `context`: {@link labelContext}. */
  | {
      readonly tell: 'coupling';
      readonly from: number;
      readonly to: number;
      readonly label: number;
      readonly context: number;
    }
  | { readonly tell: 'end'; readonly couplings: number };

/** The steps of telling a graph whose motifs are told once. Read back by nothing but tests: it says what lengths are the lengths of. */
export function* describeGraph(graph: CouplingGraph, groups: readonly MotifGroup[]): Generator<DescriptionStep> {
  const book = new MotifBook(graph, groups);
  for (const [form, { motif, occurrences }] of book.motifs) yield* describeMotif(book, form, motif, occurrences);
  const sceneAt = new Int32Array(graph.placeOf.length);
  for (const [scene, place] of graph.placeOf.entries()) sceneAt[place] = scene;
  const groupOf = new Int32Array(sceneAt.length).fill(-1);
  for (const [i, { scenes }] of groups.entries()) for (const scene of scenes) groupOf[scene] = i;
  const told = new Uint8Array(groups.length);
  for (const scene of sceneAt) {
    const group = groups[groupOf[scene] ?? -1];
    if (group === undefined)
      yield { tell: 'scene', figure: graph.figureOf[scene] ?? 0, agent: graph.agentOf[scene] ?? -1 };
    else if (told[groupOf[scene] ?? 0] === 0) {
      told[groupOf[scene] ?? 0] = 1;
      yield* describeOccurrence(graph, book, group);
    }
  }
  yield* describeEdges(graph, sceneAt, groupOf);
}

interface Entry {
  readonly motif: Motif;
  readonly occurrences: number;
}

/** The motifs, the most frequent first. */
class MotifBook {
  readonly motifs: ReadonlyMap<string, Entry>;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #figures: ReadonlyMap<string, number>;
  readonly #labels: ReadonlyMap<string, number>;

  constructor(graph: CouplingGraph, groups: readonly MotifGroup[]) {
    this.#figures = new Map(graph.figures.map((key, number) => [key, number]));
    this.#labels = new Map(graph.labels.map((label, number) => [label, number]));
    const byForm = [...Map.groupBy(groups, ({ form }) => form)].toSorted(
      ([x, some], [y, others]) => others.length - some.length || (x < y ? -1 : 1),
    );
    const motifOf = motifReader(graph, groups);
    this.motifs = new Map(
      byForm.map(([form, [first, ...others]]) => [
        form,
        { motif: motifOf(first as MotifGroup), occurrences: others.length + 1 },
      ]),
    );
    this.#numbers = new Map([...this.motifs.keys()].map((form, number) => [form, number]));
  }

  numberOf = (form: string): number => this.#numbers.get(form) ?? -1;
  figure = (key: string): number => this.#figures.get(key) ?? -1;
  label = (label: string): number => this.#labels.get(label) ?? -1;
}

/** The subgraph of a group, its nodes in the order of the form. */
const motifReader = (graph: CouplingGraph, groups: readonly MotifGroup[]) => {
  const { figures, figureOf, agentOf, edgeX, edgeY, labels, labelOf } = graph;
  const groupOf = new Map(groups.flatMap((group) => group.scenes.map((scene) => [scene, group] as const)));
  const inner = new Map<MotifGroup, number[]>();
  for (const [edge, x] of edgeX.entries()) {
    const group = groupOf.get(x);
    if (group === undefined || groupOf.get(edgeY[edge] ?? 0) !== group) continue;
    const held = inner.get(group);
    if (held === undefined) inner.set(group, [edge]);
    else held.push(edge);
  }
  return (group: MotifGroup): Motif => ({
    nodes: group.scenes.map((scene) => ({ label: figures[figureOf[scene] ?? 0] ?? '', agent: agentOf[scene] ?? -1 })),
    edges: (inner.get(group) ?? []).map((edge) => ({
      x: group.scenes.indexOf(edgeX[edge] ?? 0),
      y: group.scenes.indexOf(edgeY[edge] ?? 0),
      label: labels[labelOf[edge] ?? 0] ?? '',
    })),
  });
};

function* describeMotif(
  book: MotifBook,
  form: string,
  { nodes, edges }: Motif,
  occurrences: number,
): Generator<DescriptionStep> {
  if (canonicalForm({ nodes, edges }).form !== form) throw new RangeError(`a motif is not of its form: ${form}`);
  const scenes = nodes.length;
  yield { tell: 'motif', scenes, occurrences };
  const agents = variablesOf(nodes.map(({ agent }) => agent));
  for (const { label, agent } of nodes)
    yield { tell: 'node', figure: book.figure(label), variable: agents.indexOf(agent) + 1, scenes };
  for (let y = 1; y < scenes; y += 1)
    for (let x = 0; x < y; x += 1) {
      const edge = edges.find((one) => (one.x === x && one.y === y) || (one.x === y && one.y === x));
      yield { tell: 'pair', label: edge === undefined ? -1 : book.label(edge.label) };
    }
}

/** Each agent once, in the order of the scenes. */
const variablesOf = (agents: readonly number[]): readonly number[] => [
  ...new Set(agents.filter((agent) => agent >= 0)),
];

function* describeOccurrence(
  { placeOf, agentOf }: CouplingGraph,
  book: MotifBook,
  { form, scenes }: MotifGroup,
): Generator<DescriptionStep> {
  const places = scenes.map((scene, node) => ({ node, place: placeOf[scene] ?? 0 }));
  const inOrder = places.toSorted((x, y) => x.place - y.place);
  yield { tell: 'occurrence', motif: book.numberOf(form), order: inOrder.map(({ node }) => node) };
  for (const [i, { place }] of inOrder.slice(1).entries())
    yield { tell: 'place', from: inOrder[i]?.place ?? 0, to: place };
  for (const agent of variablesOf(scenes.map((scene) => agentOf[scene] ?? -1))) yield { tell: 'agent', agent };
}

function* describeEdges(graph: CouplingGraph, sceneAt: Int32Array, groupOf: Int32Array): Generator<DescriptionStep> {
  const { placeOf, edgeX, edgeY, labelOf } = graph;
  const before: { readonly to: number; readonly label: number; readonly context: number }[][] = Array.from(
    sceneAt,
    () => [],
  );
  for (const [edge, x] of edgeX.entries()) {
    const y = edgeY[edge] ?? 0;
    if (groupOf[x] !== -1 && groupOf[x] === groupOf[y]) continue;
    const [a, b] = [placeOf[x] ?? 0, placeOf[y] ?? 0];
    before[Math.max(a, b)]?.push({
      to: Math.min(a, b),
      label: labelOf[edge] ?? 0,
      context: labelContext(graph, x, y),
    });
  }
  for (const [from, couplings] of before.entries()) {
    for (const coupling of couplings.toSorted((x, y) => y.to - x.to)) yield { tell: 'coupling', from, ...coupling };
    yield { tell: 'end', couplings: couplings.length };
  }
}

export interface DescriptionLength {
  /** Of the graph, scene by scene and coupling by coupling. */
  readonly before: number;
  /** Of the graph with its motifs. */
  readonly after: number;
  /** Of the motifs alone; part of `after`. */
  readonly dictionary: number;
}

/**
 * In bits, without the tables, which are the same.
 * @param couplings of a scene, as a set: without their order, which says nothing; or as the list they are told in, by which motifs are chosen
 */
export const descriptionLength = (
  graph: CouplingGraph,
  groups: readonly MotifGroup[],
  couplings: 'set' | 'list' = 'set',
): DescriptionLength => {
  const lengths = codeLengths(graph);
  const measure = (some: readonly MotifGroup[]) => measureGraph(graph, some, lengths, couplings);
  const after = measure(groups);
  return {
    before: measure([]).all / PER_BIT,
    after: after.all / PER_BIT,
    dictionary: after.dictionary / PER_BIT,
  };
};

const measureGraph = (
  graph: CouplingGraph,
  groups: readonly MotifGroup[],
  lengths: CodeLengths,
  couplings: 'set' | 'list',
) => {
  const units = graph.figureOf.length - groups.reduce((sum, { scenes }) => sum + scenes.length - 1, 0);
  const occurrences: number[] = [];
  let [all, dictionary] = [0, 0];
  for (const step of describeGraph(graph, groups)) {
    if (step.tell === 'motif') occurrences.push(step.occurrences);
    const length = stepLength(step, lengths, { units, motifs: groups.length, occurrences });
    all += length - (step.tell === 'end' && couplings === 'set' ? setDiscount(step.couplings) : 0);
    if (step.tell === 'motif' || step.tell === 'node' || step.tell === 'pair') dictionary += length;
  }
  return { all, dictionary };
};

interface Units {
  readonly units: number;
  readonly motifs: number;
  /** By motif. */
  readonly occurrences: readonly number[];
}

const stepLength = (step: DescriptionStep, lengths: CodeLengths, { units, motifs, occurrences }: Units): number => {
  const agentLength = (agent: number): number => lengths.agent.at(agent) ?? 0;
  switch (step.tell) {
    case 'motif':
      return uniform(SIZES) + deltaLength(step.occurrences);
    case 'node':
      return (lengths.figure[step.figure] ?? 0) + uniform(step.scenes + 1);
    case 'pair':
      return PER_BIT + (step.label < 0 ? 0 : (lengths.label[step.label] ?? 0));
    case 'scene':
      return lengthOf(units - motifs, units) + (lengths.figure[step.figure] ?? 0) + agentLength(step.agent);
    case 'occurrence':
      return lengthOf(occurrences[step.motif] ?? 1, units) + orderLength(step.order.length);
    case 'place':
      return gapLength(lengths, step.from, step.to);
    case 'agent':
      return agentLength(step.agent);
    case 'coupling':
      return lengths.more + gapLength(lengths, step.from, step.to) + (lengths.labelIn[step.context]?.[step.label] ?? 0);
    case 'end':
      return lengths.end;
  }
};
