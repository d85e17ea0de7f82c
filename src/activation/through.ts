import type { SceneId } from '../scene/scene.ts';
import type { Spread } from './spread.ts';

/** What came to a scene over its couplings. */
export interface Inflow {
  /** Of all neighbours together: of each its score, parted by the weight of its couplings. */
  readonly total: number;
  /** The neighbour from which most came; of equal ones that of the smaller id. */
  readonly from: SceneId;
}

type Lit = Pick<Spread, 'scores' | 'degrees' | 'neighbours'>;

/** Of each scene to which anything came over a coupling. Goes once over the neighbours of what was touched. */
export const inflows = ({ scores, degrees, neighbours }: Lit): ReadonlyMap<SceneId, Inflow> => {
  const found = new Map<SceneId, { total: number; most: number; from: SceneId }>();
  for (const [from, own] of neighbours) {
    const share = (scores.get(from) ?? 0) / (degrees.get(from) ?? 0);
    if (!(share > 0)) continue;
    for (const { id, weight } of own) {
      const [inflow, known] = [share * weight, found.get(id)];
      if (known === undefined) {
        found.set(id, { total: inflow, most: inflow, from });
        continue;
      }
      known.total += inflow;
      if (inflow > known.most || (inflow === known.most && from < known.from))
        [known.most, known.from] = [inflow, from];
    }
  }
  return new Map([...found].map(([id, { total, from }]) => [id, { total, from }]));
};

/** Of each of the scenes the neighbour from which most came to it; scenes to which nothing came over a coupling are left out. */
export const strongestInflows = (scenes: ReadonlySet<SceneId>, lit: Lit): ReadonlyMap<SceneId, SceneId> =>
  new Map([...inflows(lit)].flatMap(([id, { from }]) => (scenes.has(id) ? [[id, from] as const] : [])));
