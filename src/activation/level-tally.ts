import { z } from 'zod';

export const levelShape = z.object({ changes: z.array(z.int()), own: z.array(z.int()) });
export type LevelState = z.infer<typeof levelShape>;

/** Where a scene stands above level 0. */
export interface ScenePlaces {
  /** From below; a scene that rises alone skips the levels it rises through. */
  readonly levels: readonly { readonly level: number }[];
  /** For each of them whether the scene is the first of the occurrence: it is counted there and nowhere else. */
  readonly firsts: readonly boolean[];
}

/** What makes up each level, counted scene by scene, in any order: memory grows with the number of levels. */
export class LevelTally {
  /** By how much the positions of a level differ from those of the one below. */
  readonly #changes: number[];
  readonly #own: number[];

  constructor({ changes, own }: LevelState = { changes: [], own: [] }) {
    this.#changes = [...changes];
    this.#own = [...own];
  }

  add({ levels, firsts }: ScenePlaces): void {
    let before = 1;
    addAt(this.#changes, 0, 1);
    for (const [i, { level }] of levels.entries()) {
      const now = firsts[i] === true ? 1 : 0;
      addAt(this.#changes, level, now - before);
      addAt(this.#own, level, now);
      before = now;
    }
  }

  get state(): LevelState {
    // What stands at no place of a list is no JSON.
    return { changes: Array.from(this.#changes, (n) => n ?? 0), own: Array.from(this.#own, (n) => n ?? 0) };
  }

  /** For each level from 0 how many occurrences make it up: its own, and those of lower ones that rise unchanged. */
  positions(): readonly number[] {
    let sum = 0;
    return this.state.changes.map((change) => {
      sum += change;
      return sum;
    });
  }

  /** Occurrences of the level itself. */
  own(level: number): number {
    return this.#own[level] ?? 0;
  }
}

const addAt = (list: number[], place: number, n: number): void => {
  list[place] = (list[place] ?? 0) + n;
};
