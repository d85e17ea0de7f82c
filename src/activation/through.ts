import type { Coupling } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';
import type { Spread } from './spread.ts';

/**
 * The coupling by which most came to a scene: that with the neighbour whose score, parted by weight, gives it the most.
 * Null for a scene to which nothing came over a coupling.
 */
export const strongestInflow = (
  scene: SceneId,
  couplings: readonly Coupling[],
  { scores, degrees }: Pick<Spread, 'scores' | 'degrees'>,
): Coupling | null => {
  let best: { readonly coupling: Coupling; readonly inflow: number; readonly other: SceneId } | null = null;
  for (const coupling of couplings) {
    const other = coupling.a === scene ? coupling.b : coupling.a;
    const degree = degrees.get(other) ?? 0;
    if (degree === 0) continue;
    const inflow = ((scores.get(other) ?? 0) * coupling.weight) / degree;
    if (inflow === 0) continue;
    if (best === null || inflow > best.inflow || (inflow === best.inflow && other < best.other))
      best = { coupling, inflow, other };
  }
  return best?.coupling ?? null;
};
