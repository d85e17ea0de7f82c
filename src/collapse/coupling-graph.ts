import type { Coupling, ReasonKind } from '../scene/coupling.ts';
import type { FigureKey } from '../scene/figure.ts';
import type { DocumentId, SceneId } from '../scene/scene.ts';
import { GrowingColumn } from './growing-column.ts';

/**
 * The scenes of a corpus and the couplings among them in columns: 20 bytes an edge, and handed to a worker thread
 * without a copy. Scenes and edges are numbered from 0.
 */
export interface CouplingGraph {
  /** Each figure of the corpus once. */
  readonly figures: readonly FigureKey[];
  /** Each label of an edge once: its reasons' kinds in alphabetic order, joined by commas. */
  readonly labels: readonly string[];
  /** By scene: an index into `figures`. */
  readonly figureOf: Int32Array;
  /** By scene: the number of its agent, −1 for none. */
  readonly agentOf: Int32Array;
  /** By scene: its place in an order that does not depend on which document came first. */
  readonly placeOf: Int32Array;
  /** By edge: its two scenes. */
  readonly edgeX: Int32Array;
  readonly edgeY: Int32Array;
  /** By edge: 0 to 1. */
  readonly weightOf: Float64Array;
  /** By edge: an index into `labels`. */
  readonly labelOf: Int32Array;
  /** Couplings that carry nothing but sequence, apart: they join no motif, but hold communities together. */
  readonly sequenceX: Int32Array;
  readonly sequenceY: Int32Array;
  readonly sequenceWeightOf: Float64Array;
}

/** A scene as collapse sees it. */
export interface GraphScene {
  readonly id: SceneId;
  readonly document: DocumentId;
  readonly figure: FigureKey;
  /** The agent's entity, a variable of the motif that the scene becomes part of. */
  readonly agent: string | null;
}

/** Following one another holds for all neighbours of a text, so alone it does not make two scenes one. */
export const carries = ({ because }: Pick<Coupling, 'because'>): boolean =>
  because.some(({ kind }) => kind !== 'sequence');

const edgeLabel = (kinds: readonly ReasonKind[]): string => [...new Set(kinds)].toSorted().join(',');

/** Takes a graph in page by page. */
export class CouplingGraphBuilder {
  readonly #ids: SceneId[] = [];
  readonly #indexOf = new Map<SceneId, number>();
  readonly #documents: { readonly id: DocumentId; readonly from: number }[] = [];
  readonly #figures = new Numbering<FigureKey>();
  readonly #labels = new Numbering<string>();
  readonly #agents = new Numbering<string>();
  readonly #figureOf = new GrowingColumn(Int32Array);
  readonly #agentOf = new GrowingColumn(Int32Array);
  readonly #edges = {
    x: new GrowingColumn(Int32Array),
    y: new GrowingColumn(Int32Array),
    weight: new GrowingColumn(Float64Array),
    label: new GrowingColumn(Int32Array),
  };
  readonly #sequence = {
    x: new GrowingColumn(Int32Array),
    y: new GrowingColumn(Int32Array),
    weight: new GrowingColumn(Float64Array),
  };

  /** @param scenes in the order of the corpus: by document, then position */
  addScenes(scenes: readonly GraphScene[]): void {
    for (const { id, document, figure, agent } of scenes) {
      if (this.#documents.at(-1)?.id !== document) this.#documents.push({ id: document, from: this.#ids.length });
      this.#indexOf.set(id, this.#ids.length);
      this.#ids.push(id);
      this.#figureOf.push(this.#figures.of(figure));
      this.#agentOf.push(agent === null ? -1 : this.#agents.of(agent));
    }
  }

  /** Those to scenes outside the graph are left out. */
  addCouplings(couplings: readonly Coupling[]): void {
    for (const coupling of couplings) {
      const x = this.#indexOf.get(coupling.a);
      const y = this.#indexOf.get(coupling.b);
      if (x === undefined || y === undefined) continue;
      if (!carries(coupling)) {
        this.#sequence.x.push(x);
        this.#sequence.y.push(y);
        this.#sequence.weight.push(coupling.weight);
        continue;
      }
      this.#edges.x.push(x);
      this.#edges.y.push(y);
      this.#edges.weight.push(coupling.weight);
      this.#edges.label.push(this.#labels.of(edgeLabel(coupling.because.map(({ kind }) => kind))));
    }
  }

  build(): CouplingGraph {
    return {
      figures: this.#figures.values,
      labels: this.#labels.values,
      figureOf: this.#figureOf.values(),
      agentOf: this.#agentOf.values(),
      placeOf: this.#places(),
      edgeX: this.#edges.x.values(),
      edgeY: this.#edges.y.values(),
      weightOf: this.#edges.weight.values(),
      labelOf: this.#edges.label.values(),
      sequenceX: this.#sequence.x.values(),
      sequenceY: this.#sequence.y.values(),
      sequenceWeightOf: this.#sequence.weight.values(),
    };
  }

  /** The ids of the scenes, by number. */
  get ids(): readonly SceneId[] {
    return this.#ids;
  }

  /** Undefined for a scene that is not in the graph. */
  numberOf(id: SceneId): number | undefined {
    return this.#indexOf.get(id);
  }

  /** The agents, by number. */
  get agents(): readonly string[] {
    return this.#agents.values;
  }

  #places(): Int32Array {
    const places = new Int32Array(this.#ids.length);
    const runs = this.#documents.map(({ id, from }, i) => ({
      id,
      from,
      to: this.#documents[i + 1]?.from ?? this.#ids.length,
    }));
    let place = 0;
    for (const { from, to } of runs.toSorted((x, y) => (x.id < y.id ? -1 : 1))) {
      for (let scene = from; scene < to; scene += 1) places[scene] = place++;
    }
    return places;
  }
}

/** Gives each distinct value a number, from 0 in the order of first use. */
class Numbering<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}
