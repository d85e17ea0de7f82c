import { poolAlongText } from '../../src/activation/pool.ts';
import { seededRandom, shuffled } from '../../src/collapse/leiden/random.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { Unit } from './corpora.ts';

/** Units that are in a context, whole. */
export interface Chosen {
  readonly units: readonly Unit[];
  /** All that the context takes, folded scenes too. */
  readonly positions: number;
}

/** In the order of a ranking, what does not fit is passed over: as {@link assemble} does. */
export const fill = (ranked: Iterable<Unit>, tokens: number): Chosen => {
  const units: Unit[] = [];
  let positions = 0;
  for (const unit of ranked) {
    if (positions + unit.positions > tokens) continue;
    units.push(unit);
    positions += unit.positions;
  }
  return { units, positions };
};

/** Each with those before and after it in its tale, once. */
export const withNeighbours = (ranked: readonly Unit[], units: readonly Unit[]): readonly Unit[] => {
  const placeOf = new Map<SceneId, number>(units.map(({ id }, i) => [id, i]));
  return [
    ...new Set(
      ranked.flatMap((unit) => {
        const place = placeOf.get(unit.id) ?? 0;
        return [unit, units[place - 1], units[place + 1]].filter((near) => near?.tale === unit.tale) as Unit[];
      }),
    ),
  ];
};

/** By a score pooled along the text as activation's is. */
export const byPooled = (scored: readonly (readonly [Unit, number])[], units: readonly Unit[]): readonly Unit[] => {
  const scoreOf = new Map(scored.map(([{ id }, score]) => [id, score]));
  const pooled = poolAlongText(units.map((unit) => ({ ...unit, score: scoreOf.get(unit.id) ?? 0 })));
  return units.toSorted((x, y) => (pooled.get(y.id) ?? 0) - (pooled.get(x.id) ?? 0));
};

export const inRandomOrder = (units: readonly Unit[], seed: number): readonly Unit[] =>
  Array.from(shuffled(units.length, seededRandom(seed)), (i) => units[i] as Unit);
