import { type Clue, heaviestFirst } from '../activation/clue.ts';
import { gatherSeeds, type Seed } from '../activation/seeds.ts';
import { type Spread, type SpreadOptions, TOUCHED_MAX_DEFAULT } from '../activation/spread.ts';
import { strongestInflows } from '../activation/through.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import { checkLimit } from '../store/paging.ts';
import type { QueryContext } from './query-clues.ts';
import { type ActivationSource, cluesOfSource } from './source-clues.ts';
import { couplingsThrough, epsilonFor, SEEDS_MAX, spreadOver } from './spread-over.ts';

export interface ActivateRequest extends Pick<SpreadOptions, 'alpha' | 'epsilon'> {
  readonly source: ActivationSource;
  /** Where to look for a query or a code; an occurrence and a scene have theirs. */
  readonly corpus?: CorpusName | undefined;
  /** Scenes of the answer at most; {@link LIT_MAX_DEFAULT}. */
  readonly limit?: number | undefined;
  /** Scenes whose couplings may be read, 1 to {@link BUDGET_MAX}; {@link TOUCHED_MAX_DEFAULT}. */
  readonly budget?: number | undefined;
}

export interface ActivatedScene {
  readonly scene: StoredScene;
  /** Its share of the activation, 0 to 1. */
  readonly score: number;
  /** By what it answers to the source itself; empty for one that is reached over couplings alone. */
  readonly because: Seed['because'];
  /** The coupling by which most came to it; null for one that answers itself. */
  readonly through: Coupling | null;
}

export interface Activation extends Pick<Spread, 'rounds' | 'residual' | 'truncated'> {
  readonly corpus: CorpusName;
  /** By falling score, then id. */
  readonly scenes: readonly ActivatedScene[];
  /** What was looked for, by falling weight. */
  readonly clues: readonly Clue[];
  /** Words of the query with content that were not searched for, since there were too many. */
  readonly wordsLeft: readonly string[];
  /** Scenes it started from. */
  readonly seeds: number;
  /** Scenes that answer to less than those, and that it did not start from. */
  readonly seedsLeft: number;
  /** Scenes that have a score, in the answer or not. */
  readonly lit: number;
  /** Scenes whose couplings were read. */
  readonly touched: number;
}

export const LIT_MAX_DEFAULT = 50;

/** A tenth of a second on the embedded store. */
export const BUDGET_MAX = 2000;
/**
 * Lights up what hangs together with a source: scenes that answer to it, and over couplings those around them, by a number
 * of store calls that {@link cluesOfSource} and `roundsMax` bound. What it costs grows with the scenes it touches.
 * @throws HypersceneError CORPUS_NOT_FOUND, CODE_NOT_FOUND, OCCURRENCE_NOT_FOUND, SCENE_NOT_FOUND, BAD_ARGUMENT,
 *   PAGE_TOO_LARGE, CANCELLED
 */
export const activate = async (context: QueryContext, request: ActivateRequest): Promise<Activation> => {
  checkCancelled(context);
  const { limit = LIT_MAX_DEFAULT, budget = TOUCHED_MAX_DEFAULT, source, corpus: named, alpha, epsilon } = request;
  checkLimit('limit', limit);
  checkBudget(budget);
  const options = { alpha, epsilon: epsilon ?? epsilonFor(limit), touchedMax: budget };
  const { corpus, clues, wordsLeft } = await cluesOfSource(context, source, named);
  const seeds = gatherSeeds(clues, SEEDS_MAX);
  const likely = seeds.seeds.slice(0, limit).map(({ scene }) => scene);
  const [lit, known] = await Promise.all([
    spreadOver(context, seeds.seeds, options),
    likely.length === 0 ? [] : context.store.scenesById(likely),
  ]);
  const scores = [...lit.scores].slice(0, limit);
  const ids = scores.map(([id]) => id);
  const becauseOf = new Map(seeds.seeds.map(({ scene, because }) => [scene, because]));
  const [scenes, throughOf] = await Promise.all([
    scenesOf(context.store, ids, new Map(likely.map((id, i) => [id, known[i] ?? null]))),
    couplingsThrough(context.store, strongestInflows(new Set(ids.filter((id) => !becauseOf.has(id))), lit)),
  ]);
  return {
    corpus,
    scenes: scores.flatMap(([id, score], i): readonly ActivatedScene[] => {
      const scene = scenes[i] ?? null;
      // Deleted meanwhile.
      if (scene === null) return [];
      return [{ scene, score, because: becauseOf.get(id) ?? [], through: throughOf.get(id) ?? null }];
    }),
    clues: clues.toSorted(heaviestFirst),
    wordsLeft,
    seeds: seeds.seeds.length,
    seedsLeft: seeds.left,
    lit: lit.scores.size,
    touched: lit.degrees.size,
    rounds: lit.rounds,
    residual: lit.residual,
    truncated: lit.truncated,
  };
};

/** Those where it starts were read while it spread: nearly all of them are among the first. */
const scenesOf = async (
  store: GraphStore,
  ids: readonly SceneId[],
  known: ReadonlyMap<SceneId, StoredScene | null>,
): Promise<readonly (StoredScene | null)[]> => {
  const others = ids.filter((id) => !known.has(id));
  const found = others.length === 0 ? [] : await store.scenesById(others);
  const scenes = new Map([...known, ...others.map((id, i) => [id, found[i] ?? null] as const)]);
  return ids.map((id) => scenes.get(id) ?? null);
};

const checkBudget = (budget: number): void => {
  if (Number.isInteger(budget) && budget >= 1 && budget <= BUDGET_MAX) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad budget', {
    expected: `1 to ${BUDGET_MAX} scenes`,
    came: String(budget),
  });
};
