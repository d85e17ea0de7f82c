import type { Digest } from '../scene/digest.ts';

/**
 * What stands of an earlier collapse of a corpus, in columns. Everything in it has a number: the scenes of the graph first, as
 * they are numbered there, then the occurrences above level 0, of which none stands that lost a scene.
 */
export interface StandingCollapse {
  /** How many scenes are numbered before the occurrences. */
  readonly scenes: number;
  /** By number: that of the occurrence it is a part of, −1 for none. */
  readonly holderOf: Int32Array;
  /** By number less `scenes`. */
  readonly levelOf: Int32Array;
  /** By number less `scenes`. */
  readonly digestOf: readonly Digest[];
  /** γ that each level from the second on was found at; 0 for a last one that joins what no coupling does. */
  readonly resolutions: readonly number[];
}

/** Nothing stands. */
export const nothingStanding = (scenes: number): StandingCollapse => ({
  scenes,
  holderOf: new Int32Array(scenes).fill(-1),
  levelOf: new Int32Array(),
  digestOf: [],
  resolutions: [],
});

/** The number of what is new. */
export const NEW = -1;

export const levelOf = ({ scenes, levelOf: levels }: StandingCollapse, number: number): number =>
  number < scenes ? 0 : (levels[number - scenes] ?? 0);

/** By number: how many parts each occurrence has. */
export const partCounts = ({ holderOf }: StandingCollapse): Int32Array => {
  const counts = new Int32Array(holderOf.length);
  for (const holder of holderOf) if (holder >= 0) counts[holder] = (counts[holder] ?? 0) + 1;
  return counts;
};

/** Takes in what stands, occurrence by occurrence. */
export class StandingCollapseBuilder {
  readonly #scenes: number;
  readonly #holderOf: number[];
  readonly #levelOf: number[] = [];
  readonly #digestOf: Digest[] = [];

  constructor(scenes: number) {
    this.#scenes = scenes;
    this.#holderOf = new Array<number>(scenes).fill(NEW);
  }

  /** @returns the number of the occurrence */
  add(level: number, digest: Digest): number {
    this.#levelOf.push(level);
    this.#digestOf.push(digest);
    return this.#holderOf.push(NEW) - 1;
  }

  /** Says that one is a part of the other, both by number. */
  hold(part: number, holder: number): void {
    this.#holderOf[part] = holder;
  }

  build(resolutions: readonly number[]): StandingCollapse {
    return {
      scenes: this.#scenes,
      holderOf: Int32Array.from(this.#holderOf),
      levelOf: Int32Array.from(this.#levelOf),
      digestOf: this.#digestOf,
      resolutions,
    };
  }
}
