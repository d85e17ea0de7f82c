import type { SceneId } from '../scene/scene.ts';
import type { Inflow } from './through.ts';

/** What came over couplings counts as much as this share of a full answer, where most came. */
export const COUPLED_SHARE = 0.05;

/**
 * Scores of scenes, 0 to 1, in the order given: how much of the query each answers, and what came to it over couplings from others that do, as a
 * share of the most that came to any: (relevance + s × inflow ÷ greatest inflow) ÷ (1 + s), s being {@link COUPLED_SHARE}.
 * @param relevance 0 to 1
 */
export const rankScores = (
  relevance: ReadonlyMap<SceneId, number>,
  inflow: ReadonlyMap<SceneId, Inflow>,
  share: number = COUPLED_SHARE,
): ReadonlyMap<SceneId, number> => {
  const most = [...inflow.values()].reduce((max, { total }) => Math.max(max, total), 0);
  return new Map(
    [...relevance].map(([id, own]) => {
      const coupled = most === 0 ? 0 : (inflow.get(id)?.total ?? 0) / most;
      return [id, (own + share * coupled) / (1 + share)];
    }),
  );
};
