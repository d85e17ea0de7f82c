import type { Clue } from '../activation/clue.ts';
import { rankScores } from '../activation/rank.ts';
import { byWeight, partWeights, relevance, sumOf } from '../activation/relevance.ts';
import { gatherSeeds } from '../activation/seeds.ts';
import { type Inflow, inflows } from '../activation/through.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import type { QueryContext } from './query-clues.ts';
import { type SceneAnswers, SceneMatcher } from './scene-answers.ts';
import { SEARCH_SCENES_MAX } from './search-clues.ts';
import { epsilonFor, SEEDS_MAX, spreadOver } from './spread-over.ts';

/** Scenes that are found over couplings alone, at most. */
const REACHED_MAX = 50;

export interface FoundScene {
  readonly scene: StoredScene;
  /** 0 to 1, see {@link rankScores}. */
  readonly score: number;
  /** By falling weight; empty for one that is reached over couplings alone. */
  readonly because: readonly Clue[];
  /** The scene from which most came to it over a coupling. */
  readonly from: SceneId | null;
}

export interface FoundScenes {
  /** By falling score, then by document and position: {@link SEARCH_SCENES_MAX} at most. */
  readonly scenes: readonly FoundScene[];
  /** More scenes may answer. */
  readonly truncated: boolean;
}

interface Matched extends SceneAnswers {
  readonly scene: StoredScene;
}

/**
 * The scenes that answer to clues, and those around them: of those that were looked up the first {@link SEARCH_SCENES_MAX} by what they
 * were found by are read and weighed by BM25, and activation spreads from the first of them, as from those of `activate`. A call of the store for
 * each round of spreading, and two more.
 */
export const searchScenes = async (
  context: QueryContext,
  corpus: CorpusName,
  clues: readonly Clue[],
): Promise<FoundScenes> => {
  const { store } = context;
  const candidates = gatherSeeds(clues, SEARCH_SCENES_MAX);
  const matcher = new SceneMatcher(clues);
  const matched = (
    await readAll(
      store,
      corpus,
      candidates.seeds.map(({ scene }) => scene),
    )
  ).map((scene) => ({
    scene,
    ...matcher.match(scene),
  }));
  const average = matched.length === 0 ? 0 : matched.reduce((sum, { words }) => sum + words, 0) / matched.length;
  const own = ownRelevance(matched, clues, average);
  const inflow = await inflowFrom(context, own);
  const reached = await readAll(store, corpus, strongest(inflow, own));
  const beside = reached.map((scene) => ({ scene, ...matcher.match(scene) }));
  const scores = rankScores(new Map([...own, ...ownRelevance(beside, clues, average)]), inflow);
  const found = [...matched, ...beside]
    .map(
      ({ scene, answers }): FoundScene => ({
        scene,
        score: scores.get(scene.id) ?? 0,
        because: byWeight(answers),
        from: inflow.get(scene.id)?.from ?? null,
      }),
    )
    .filter(({ score }) => score > 0)
    .toSorted(inRank);
  const isCut = candidates.left > 0 || found.length > SEARCH_SCENES_MAX;
  return {
    scenes: found.slice(0, SEARCH_SCENES_MAX),
    truncated: isCut || clues.some(({ count, scenes }) => count > scenes.length),
  };
};

const readAll = async (
  store: GraphStore,
  corpus: CorpusName,
  ids: readonly SceneId[],
): Promise<readonly StoredScene[]> =>
  (ids.length === 0 ? [] : await store.scenesById(ids)).filter(
    // An occurrence may stand in another corpus; a scene may be deleted meanwhile.
    (scene) => scene !== null && scene.corpus === corpus,
  ) as readonly StoredScene[];

/** As a share of what a scene can answer. */
const ownRelevance = (
  matched: readonly Matched[],
  clues: readonly Clue[],
  average: number,
): ReadonlyMap<SceneId, number> => {
  const whole = sumOf(partWeights(clues).values());
  return new Map(
    matched
      .map(({ scene, answers, words }) => [scene.id, relevance(answers, { words, average }) / whole] as const)
      .filter(([, own]) => own > 0),
  );
};

const inflowFrom = async (
  context: QueryContext,
  own: ReadonlyMap<SceneId, number>,
): Promise<ReadonlyMap<SceneId, Inflow>> => {
  const seeds = [...own]
    .map(([scene, weight]) => ({ scene, weight, because: [] }))
    .toSorted((x, y) => y.weight - x.weight || (x.scene < y.scene ? -1 : 1))
    .slice(0, SEEDS_MAX);
  return inflows(await spreadOver(context, seeds, { epsilon: epsilonFor(REACHED_MAX) }));
};

const strongest = (inflow: ReadonlyMap<SceneId, Inflow>, own: ReadonlyMap<SceneId, number>): readonly SceneId[] =>
  [...inflow]
    .filter(([id]) => !own.has(id))
    .toSorted(([x, a], [y, b]) => b.total - a.total || (x < y ? -1 : 1))
    .slice(0, REACHED_MAX)
    .map(([id]) => id);

const inRank = (x: FoundScene, y: FoundScene): number => {
  if (x.score !== y.score) return y.score - x.score;
  if (x.scene.documentName !== y.scene.documentName) return x.scene.documentName < y.scene.documentName ? -1 : 1;
  return x.scene.position - y.scene.position;
};
