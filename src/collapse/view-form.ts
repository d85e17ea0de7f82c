import { type Digest, digestOf } from '../scene/digest.ts';
import { type FigureKey, figureKeyDigest } from '../scene/figure.ts';
import type { DocumentId, SceneId } from '../scene/scene.ts';
import { commonest } from './layer.ts';

/** A scene as the form of a view sees it. */
export interface ViewScene {
  readonly id: SceneId;
  readonly document: DocumentId;
  /** From 0 within its document. */
  readonly position: number;
  readonly figure: FigureKey;
}

export interface ViewForm {
  /** As of a community: the digests of the scenes' figures in the order of the text, and which of them are coupled. */
  readonly form: string;
  readonly digest: Digest;
  /** The commonest, as those of a community. */
  readonly figures: readonly FigureKey[];
}

/** By document, then position: an order that does not depend on which document came first, nor on how scenes were found. */
export const inTextOrder = <T extends ViewScene>(scenes: readonly T[]): readonly T[] =>
  scenes.toSorted((x, y) => {
    if (x.document !== y.document) return x.document < y.document ? -1 : 1;
    return x.position - y.position;
  });

/**
 * The form of the scenes of a view. Two views have the same one exactly when their scenes show the same figures in the same
 * order and the same places of them are coupled: equal as ordered graphs, whatever the texts and the agents.
 */
export class ViewFormBuilder {
  readonly #scenes: readonly ViewScene[];
  readonly #placeOf: ReadonlyMap<SceneId, number>;
  /** By place: the later places it is coupled with. */
  readonly #later: (readonly number[])[];

  /** @param scenes in the order of the text */
  constructor(scenes: readonly ViewScene[]) {
    this.#scenes = scenes;
    this.#placeOf = new Map(scenes.map(({ id }, place) => [id, place]));
    this.#later = scenes.map(() => []);
  }

  /** @param neighbours all scenes that it is coupled with; those outside the view are left out */
  addNeighbours(id: SceneId, neighbours: readonly SceneId[]): void {
    const place = this.#placeOf.get(id);
    if (place === undefined) return;
    const places = neighbours.map((other) => this.#placeOf.get(other) ?? -1);
    this.#later[place] = places.filter((other) => other > place).sort((x, y) => x - y);
  }

  build(): ViewForm {
    const digests = new Map<FigureKey, Digest>();
    const counts = new Map<number, number>();
    const figures: FigureKey[] = [];
    const numbers = new Map<FigureKey, number>();
    for (const { figure } of this.#scenes) {
      const number = numbers.get(figure) ?? figures.push(figure) - 1;
      numbers.set(figure, number);
      digests.set(figure, digests.get(figure) ?? figureKeyDigest(figure));
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    const pairs = this.#later.flatMap((later, place) => later.map((other) => `${place}-${other}`));
    const form = `${this.#scenes.map(({ figure }) => digests.get(figure)).join(' ')} | ${pairs.join(' ')}`;
    return { form, digest: digestOf('view', form), figures: commonest(counts, figures) };
  }
}
