import type { SceneId } from '../scene/scene.ts';
import type { Inflow } from './through.ts';

/** What came over couplings counts as much as this share of a full answer. */
export const COUPLED_SHARE = 0.25;

/**
 * Scores of scenes, 0 to 1: how much of the query each answers itself, and what came to it over couplings from others that do, as a share
 * of the most that came to any: (own + {@link COUPLED_SHARE} × inflow ÷ greatest inflow) ÷ (1 + {@link COUPLED_SHARE}).
 * @param own 0 to 1, of the scenes that answer themselves
 * @param inflow of scenes that answer and of others
 */
export const rankScores = (
  own: ReadonlyMap<SceneId, number>,
  inflow: ReadonlyMap<SceneId, Inflow>,
  share: number = COUPLED_SHARE,
): ReadonlyMap<SceneId, number> => {
  const most = [...inflow.values()].reduce((max, { total }) => Math.max(max, total), 0);
  return new Map(
    [...new Set([...own.keys(), ...inflow.keys()])].map((id) => {
      const coupled = most === 0 ? 0 : (inflow.get(id)?.total ?? 0) / most;
      return [id, ((own.get(id) ?? 0) + share * coupled) / (1 + share)];
    }),
  );
};
