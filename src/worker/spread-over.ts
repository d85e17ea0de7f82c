import { type Seed, sharesOf } from '../activation/seeds.ts';
import { type Spread, type SpreadOptions, spread } from '../activation/spread.ts';
import { checkCancelled } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore } from '../store/graph-store.ts';
import type { QueryContext } from './query-clues.ts';

/** Scenes to start from: with more, scenes that answer to little fill the first 50, and none is reached over a coupling. */
export const SEEDS_MAX = 32;

/**
 * On 7,740 scenes of prose (14 couplings a scene, degree 2.7 in the median) 90 % of the exact first 50 are found at ε 0.001
 * with any least degree from 0 to 4, but couplings of 695 scenes are read at 0, of 158 at 2 and of 91 at 4. See
 * `docs/decisions/0012-activation.md`.
 */
const DEGREE_MIN = 4;
/** ε × the scenes that are wanted: of 50 wanted some 87 then have a score. */
const EPSILON_FOR_ALL = 0.05;
/** Fewer scenes are not chosen by a coarser ε: the first ten would no longer be the right ones. */
const EPSILON_MAX = 1e-3;

/** ε by which as many scenes as are wanted have a score. */
export const epsilonFor = (wanted: number): number => Math.min(EPSILON_MAX, EPSILON_FOR_ALL / wanted);

const NOTHING_LIT: Spread = {
  scores: new Map(),
  residuals: new Map(),
  residual: 0,
  degrees: new Map(),
  neighbours: new Map(),
  rounds: 0,
  work: 0,
  truncated: null,
};

/**
 * Spreads over the couplings of a store: a call of it each round.
 * @throws HypersceneError CANCELLED, BAD_ARGUMENT
 */
export const spreadOver = async (
  context: Pick<QueryContext, 'store' | 'signal'>,
  seeds: readonly Seed[],
  options: SpreadOptions,
): Promise<Spread> => {
  if (seeds.length === 0) return NOTHING_LIT;
  const neighboursOf = async (ids: readonly SceneId[]) => {
    checkCancelled(context);
    return context.store.neighboursOf(ids);
  };
  return spread(sharesOf(seeds), neighboursOf, { degreeMin: DEGREE_MIN, ...options });
};

/** The coupling of each scene with the neighbour from which most came to it; none where it was taken away meanwhile. */
export const couplingsThrough = async (
  store: GraphStore,
  from: ReadonlyMap<SceneId, SceneId>,
): Promise<ReadonlyMap<SceneId, Coupling>> => {
  const pairs = [...from];
  const found = pairs.length === 0 ? [] : await store.couplingsBetween(pairs);
  return new Map(
    pairs.flatMap(([id], i) => {
      const coupling = found[i] ?? null;
      return coupling === null ? [] : [[id, coupling] as const];
    }),
  );
};
