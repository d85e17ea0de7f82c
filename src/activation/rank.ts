import type { SceneId } from '../scene/scene.ts';
import { type PlacedScore, poolAlongText } from './pool.ts';
import type { Inflow } from './through.ts';

/** What came over couplings counts as much as this share of a full answer, where most came. */
export const COUPLED_SHARE = 0.05;

/**
 * Scores of scenes, 0 to 1, in the order given: how much of the query each answers itself, pooled along the text ({@link poolAlongText}), and
 * {@link COUPLED_SHARE} of what came to it over couplings from others that answer, the most that came to any being 1. All are divided by the
 * greatest, should that be above 1.
 * @param scenes each once; `score` is what it answers itself, 0 to 1
 */
export const rankScores = (
  scenes: readonly PlacedScore[],
  inflow: ReadonlyMap<SceneId, Inflow>,
  share: number = COUPLED_SHARE,
): ReadonlyMap<SceneId, number> => {
  const most = greatest([...inflow.values()].map(({ total }) => total));
  const pooled = poolAlongText(scenes);
  const sums = scenes.map(({ id }) => {
    const coupled = most === 0 ? 0 : (inflow.get(id)?.total ?? 0) / most;
    return [id, (pooled.get(id) ?? 0) + share * coupled] as const;
  });
  const top = Math.max(1, greatest(sums.map(([, sum]) => sum)));
  return new Map(sums.map(([id, sum]) => [id, sum / top]));
};

const greatest = (values: readonly number[]): number => values.reduce((max, value) => Math.max(max, value), 0);
