import type { SceneId } from '../scene/scene.ts';
import type { Spread } from './spread.ts';

/**
 * Of each scene the neighbour from which most came to it: whose score, parted by the weight of its couplings, gives it the most; of
 * equal ones that of the smaller id. Scenes to which nothing came over a coupling are left out. Goes once over the neighbours of what
 * was touched.
 */
export const strongestInflows = (
  scenes: ReadonlySet<SceneId>,
  { scores, degrees, neighbours }: Pick<Spread, 'scores' | 'degrees' | 'neighbours'>,
): ReadonlyMap<SceneId, SceneId> => {
  const strongest = new Map<SceneId, { readonly from: SceneId; readonly inflow: number }>();
  for (const [from, own] of neighbours) {
    const share = (scores.get(from) ?? 0) / (degrees.get(from) ?? 0);
    if (!(share > 0)) continue;
    for (const { id, weight } of own) {
      if (!scenes.has(id)) continue;
      const [inflow, best] = [share * weight, strongest.get(id)];
      if (best === undefined || inflow > best.inflow || (inflow === best.inflow && from < best.from))
        strongest.set(id, { from, inflow });
    }
  }
  return new Map([...strongest].map(([id, { from }]) => [id, from]));
};
