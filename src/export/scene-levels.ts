import { formatOccurrence, type HolderPlace, type LevelPlace, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { GraphView, StoredScene } from '../store/graph-store.ts';

/** Holders that are remembered: neighbouring scenes have the same ones from level 2 on. Some 20 MB. */
const REMEMBERED_MAX = 100_000;

type Holder = HolderPlace | null;

/** Where a scene stands above level 0. */
export interface ScenePlaces {
  readonly levels: readonly LevelPlace[];
  /** For each of them whether the scene is the first of the occurrence, in the order of its form. */
  readonly firsts: readonly boolean[];
}

interface Placing {
  readonly levels: LevelPlace[];
  readonly firsts: boolean[];
}

const rise = ({ levels, firsts }: Placing, { level, code, ordinal, isFirst }: HolderPlace): void => {
  levels.push({ level, code, ordinal });
  firsts.push(isFirst && firsts.at(-1) !== false);
};

/** For each scene the occurrences that hold it, from below; a scene that rises alone skips the levels it rises through. */
export class SceneLevels {
  readonly #view: GraphView;
  readonly #holders = new Map<string, Holder>();

  constructor(view: GraphView) {
    this.#view = view;
  }

  /** May be asked while it is at work on other scenes. */
  async of(scenes: readonly StoredScene[]): Promise<readonly ScenePlaces[]> {
    const places = scenes.map((): Placing => ({ levels: [], firsts: [] }));
    // A scene has one holder and is met once: to remember it would drive out what is asked for again.
    let risen = await this.#view.holderPlacesOf(scenes.map(({ code, ordinal }) => ({ code, ordinal })));
    while (risen.some((holder) => holder !== null)) {
      for (const [i, placing] of places.entries()) if (risen[i]) rise(placing, risen[i]);
      risen = await this.#holdersOf(risen);
    }
    return places;
  }

  async #holdersOf(refs: readonly Holder[]): Promise<readonly Holder[]> {
    const keys = refs.map((ref) => (ref === null ? null : formatOccurrence(ref)));
    const holders = new Map<string, Holder>();
    const unknown = new Map<string, OccurrenceRef>();
    for (const [i, key] of keys.entries()) {
      const holder = key === null ? null : this.#holders.get(key);
      const ref = refs[i] ?? null;
      if (key === null || ref === null) continue;
      if (holder === undefined) unknown.set(key, { code: ref.code, ordinal: ref.ordinal });
      else holders.set(key, holder);
    }
    const found = unknown.size === 0 ? [] : await this.#view.holderPlacesOf([...unknown.values()]);
    for (const [i, key] of [...unknown.keys()].entries()) holders.set(key, this.#remember(key, found[i] ?? null));
    return keys.map((key) => (key === null ? null : (holders.get(key) ?? null)));
  }

  #remember(key: string, holder: Holder): Holder {
    if (this.#holders.size >= REMEMBERED_MAX) this.#holders.clear();
    this.#holders.set(key, holder);
    return holder;
  }
}
