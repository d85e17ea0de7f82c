import type { SceneId } from '../scene/scene.ts';
import { type Clue, heaviestFirst } from './clue.ts';

/** A scene to start from. */
export interface Seed {
  readonly scene: SceneId;
  /** The sum of the heaviest clues of each part. */
  readonly weight: number;
  /** By falling weight, then kind, then key; never empty. */
  readonly because: readonly Clue[];
}

export interface Seeds {
  /** By falling weight, then id. */
  readonly seeds: readonly Seed[];
  /** Scenes that answered as well, but to less than the ones that are taken. */
  readonly left: number;
}

/**
 * Scenes to start from: all that answer to a clue, as many as are wanted, those first that answer to more. The weights of
 * different parts add up, so that a scene of тоска and дождь comes before one of either.
 */
export const gatherSeeds = (clues: readonly Clue[], seedsMax: number): Seeds => {
  const answers = new Map<SceneId, Clue[]>();
  for (const clue of [...clues].filter(({ weight }) => weight > 0).sort(heaviestFirst))
    for (const scene of new Set(clue.scenes)) {
      const own = answers.get(scene);
      if (own === undefined) answers.set(scene, [clue]);
      else own.push(clue);
    }
  const all = [...answers].map(([scene, own]) => seedOf(scene, own));
  const seeds = all.sort((x, y) => y.weight - x.weight || (x.scene < y.scene ? -1 : 1)).slice(0, seedsMax);
  return { seeds, left: all.length - seeds.length };
};

/** @param clues by falling weight */
const seedOf = (scene: SceneId, clues: readonly Clue[]): Seed => {
  const heaviest = new Map<string, number>();
  for (const { part, weight } of clues) if (!heaviest.has(part)) heaviest.set(part, weight);
  return { scene, weight: [...heaviest.values()].reduce((sum, weight) => sum + weight, 0), because: clues };
};

/**
 * The share of the activation that starts in each. Weights are squared: fifteen scenes of water would else outweigh the one
 * of longing, though each answers to less.
 */
export const sharesOf = (seeds: readonly Seed[]): ReadonlyMap<SceneId, number> =>
  new Map(seeds.map(({ scene, weight }) => [scene, weight ** 2]));
