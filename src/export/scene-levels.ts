import { formatOccurrence, type OccurrencePart, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphView, StoredScene } from '../store/graph-store.ts';

/** One place of a scene above level 0: the occurrence that holds it there. */
export interface LevelPlace extends OccurrenceRef {
  readonly level: number;
}

interface Placing {
  readonly id: SceneId;
  readonly levels: LevelPlace[];
  readonly firsts: boolean[];
}

/** Holders that are remembered: neighbouring scenes have the same ones from level 2 on. Some 20 MB. */
const REMEMBERED_MAX = 100_000;

/** Where a scene stands above level 0. */
export interface ScenePlaces {
  readonly levels: readonly LevelPlace[];
  /** For each of them whether the scene is the first of the occurrence, in the order of its form. */
  readonly firsts: readonly boolean[];
}

/** For each scene the occurrences that hold it, from below; a scene that rises alone skips the levels it rises through. */
export class SceneLevels {
  readonly #view: GraphView;
  readonly #holders = new Map<string, OccurrencePart | null>();

  constructor(view: GraphView) {
    this.#view = view;
  }

  async of(scenes: readonly StoredScene[]): Promise<readonly ScenePlaces[]> {
    const places = scenes.map(({ id }) => ({ id, levels: [] as LevelPlace[], firsts: [] as boolean[] }));
    // A scene has one holder and is met once: to remember it would drive out what is asked for again.
    let risen = this.#place(places, await this.#view.holdersOf(scenes.map(({ code, ordinal }) => ({ code, ordinal }))));
    while (risen.some((ref) => ref !== null)) risen = this.#place(places, await this.#holdersOf(risen));
    return places;
  }

  #place(places: readonly Placing[], holders: readonly (OccurrencePart | null)[]) {
    for (const [i, holder] of holders.entries()) {
      const place = places[i];
      if (holder === null || place === undefined) continue;
      place.levels.push({ level: holder.level, code: holder.code, ordinal: holder.ordinal });
      place.firsts.push(holder.first === place.id);
    }
    return holders;
  }

  async #holdersOf(refs: readonly (OccurrencePart | null)[]): Promise<readonly (OccurrencePart | null)[]> {
    const unknown = new Map<string, OccurrenceRef>();
    if (this.#holders.size > REMEMBERED_MAX) this.#holders.clear();
    for (const ref of refs)
      if (ref !== null && !this.#holders.has(formatOccurrence(ref))) unknown.set(formatOccurrence(ref), ref);
    const found = unknown.size === 0 ? [] : await this.#view.holdersOf([...unknown.values()]);
    for (const [i, key] of [...unknown.keys()].entries()) this.#holders.set(key, found[i] ?? null);
    return refs.map((ref) => (ref === null ? null : (this.#holders.get(formatOccurrence(ref)) ?? null)));
  }
}
