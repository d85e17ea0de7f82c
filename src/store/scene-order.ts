import type { SceneId } from '../scene/scene.ts';
import { inTurns } from './turns.ts';

/** A map of 500,000 ids takes 60 ms to grow, in one go; 256 that share a million of them are filled in turns of 8 ms at most. */
const PARTS = 256;

/** Ids are digests, so that these two characters spread them. */
const partOf = (id: SceneId): number => (id.charCodeAt(0) * 67 + id.charCodeAt(id.length - 1)) % PARTS;

/** The scenes of a document in the order of its text, each once; its work for one scene does not grow with their number. */
export class SceneOrder {
  readonly #ids: SceneId[] = [];
  readonly #places: readonly Map<SceneId, number>[] = Array.from({ length: PARTS }, () => new Map());

  static async of(ids: Iterable<SceneId>): Promise<SceneOrder> {
    const order = new SceneOrder();
    await inTurns(ids, (id) => order.add(id));
    return order;
  }

  /** At the end. @returns false for a scene that is there already, and stays where it is */
  add(id: SceneId): boolean {
    const places = this.#placesOf(id);
    if (places.has(id)) return false;
    places.set(id, this.#ids.length);
    this.#ids.push(id);
    return true;
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: SceneId): boolean {
    return this.placeOf(id) !== undefined;
  }

  placeOf(id: SceneId): number | undefined {
    return this.#placesOf(id).get(id);
  }

  /** Undefined before the first and behind the last. */
  at(place: number): SceneId | undefined {
    return this.#ids[place];
  }

  [Symbol.iterator](): Iterator<SceneId> {
    return this.#ids[Symbol.iterator]();
  }

  #placesOf(id: SceneId): Map<SceneId, number> {
    return this.#places[partOf(id)] as Map<SceneId, number>;
  }
}
