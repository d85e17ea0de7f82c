import type { Motif } from './canonical-form.ts';
import {
  type CodeLengths,
  entryLength,
  gapLength,
  labelContext,
  lengthOf,
  orderLength,
  PER_BIT,
} from './code-lengths.ts';
import type { CouplingGraph } from './coupling-graph.ts';

/** What the parts of a corpus take that is described by its scenes and motifs. All in 1/{@link PER_BIT} bit. */
export class MotifCosts {
  readonly #graph: CouplingGraph;
  readonly #lengths: CodeLengths;
  readonly #figures: ReadonlyMap<string, number>;
  readonly #labels: ReadonlyMap<string, number>;
  constructor(graph: CouplingGraph, lengths: CodeLengths) {
    this.#graph = graph;
    this.#lengths = lengths;
    this.#figures = new Map(graph.figures.map((key, number) => [key, number]));
    this.#labels = new Map(graph.labels.map((label, number) => [label, number]));
  }

  /** A scene's figure and agent. */
  lone(scene: number): number {
    return (this.#lengths.figure[this.#graph.figureOf[scene] ?? 0] ?? 0) + this.agent(this.#graph.agentOf[scene] ?? -1);
  }

  agent(agent: number): number {
    const { agent: lengths } = this.#lengths;
    return lengths[agent < 0 ? lengths.length - 1 : agent] ?? 0;
  }

  edge(edge: number): number {
    const { placeOf, edgeX, edgeY, labelOf } = this.#graph;
    const [x, y] = [edgeX[edge] ?? 0, edgeY[edge] ?? 0];
    const label = this.#lengths.labelIn[labelContext(this.#graph, x, y)]?.[labelOf[edge] ?? 0] ?? 0;
    return this.#lengths.more + gapLength(this.#lengths, placeOf[x] ?? 0, placeOf[y] ?? 0) + label;
  }

  /** Where the scenes of a motif stand, which stands where in its form, and who is bound. @param scenes in the order of the text */
  occurrence(scenes: readonly number[]): number {
    const { placeOf, agentOf } = this.#graph;
    const agents = new Set(scenes.map((scene) => agentOf[scene] ?? -1).filter((agent) => agent >= 0));
    let sum = orderLength(scenes.length);
    for (const agent of agents) sum += this.agent(agent);
    for (let i = 1; i < scenes.length; i += 1)
      sum += gapLength(this.#lengths, placeOf[scenes[i - 1] ?? 0] ?? 0, placeOf[scenes[i] ?? 0] ?? 0);
    return sum;
  }

  /** That a unit is an occurrence of a motif that has so many. */
  kind(occurrences: number, units: number): number {
    return lengthOf(occurrences, units) + EACH_MOTIF;
  }

  entry(motif: Motif): number {
    const numberOf = (numbers: ReadonlyMap<string, number>) => (key: string) => numbers.get(key) ?? -1;
    return entryLength(this.#lengths, motif, numberOf(this.#figures), numberOf(this.#labels));
  }
}

/** By what each motif more makes it dearer to say of all other units that they are single scenes: log₂ e while motifs are few. */
const EACH_MOTIF = Math.round(Math.LOG2E * PER_BIT);
