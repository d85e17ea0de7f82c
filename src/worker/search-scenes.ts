import type { Clue } from '../activation/clue.ts';
import { COUPLED_SHARE, rankScores } from '../activation/rank.ts';
import { relevance } from '../activation/relevance.ts';
import { relevanceAround } from '../activation/relevance-around.ts';
import { gatherSeeds } from '../activation/seeds.ts';
import { type Inflow, inflows } from '../activation/through.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import type { QueryContext } from './query-clues.ts';
import { SceneMatcher } from './scene-answers.ts';
import { scenesBeside } from './scenes-beside.ts';
import { SEARCH_SCENES_MAX } from './search-clues.ts';
import { epsilonFor, SEEDS_MAX, spreadOver } from './spread-over.ts';

/** Scenes that are found over couplings alone, at most. */
const REACHED_MAX = 50;

/** Times that couplings are read, 5 to 9 where nothing bounded it: what comes over couplings counts so little that even without any of it as much was found. */
const ROUNDS_MAX = 4;

export interface FoundScene {
  readonly scene: StoredScene;
  /** 0 to 1, see {@link rankScores}. */
  readonly score: number;
  /** By falling weight; empty for one that was found by those around it alone. */
  readonly because: readonly Clue[];
  /** The scene from which most came to it over a coupling. */
  readonly from: SceneId | null;
  /** The scene beside it in the text that adds most to what it answers. */
  readonly beside: StoredScene | null;
}

export interface FoundScenes {
  /** By falling score, then by document and position: {@link SEARCH_SCENES_MAX} at most. */
  readonly scenes: readonly FoundScene[];
  /** More scenes may answer. */
  readonly truncated: boolean;
}

interface Matched {
  readonly scene: StoredScene;
  readonly because: readonly Clue[];
  /** How much of the query it answers itself, 0 to 1. */
  readonly own: number;
}

/**
 * The scenes that answer to clues, and those around them: of those that were looked up the first {@link SEARCH_SCENES_MAX} by what they
 * were found by are read, and activation spreads from the first of them, as from those of `activate`. A call of the store for each round
 * of spreading, {@link ROUNDS_MAX} at most, and three more.
 * @param share see {@link rankScores}
 */
export const searchScenes = async (
  context: QueryContext,
  corpus: CorpusName,
  clues: readonly Clue[],
  share: number = COUPLED_SHARE,
): Promise<FoundScenes> => {
  const candidates = gatherSeeds(clues, SEARCH_SCENES_MAX);
  const matcher = new SceneMatcher(clues);
  const matchedBy = (scene: StoredScene): Matched => {
    const because = matcher.answers(scene);
    return { scene, because, own: relevance(because, clues) };
  };
  const ids = candidates.seeds.map(({ scene }) => scene);
  const answering = (await readAll(context.store, corpus, ids)).map(matchedBy).toSorted(mostFirst);
  const { inflow, others } = await surroundings(context, corpus, answering);
  const found = ranked([...answering, ...others.map(matchedBy)], inflow, clues, share);
  const isCut = candidates.left > 0 || found.length > SEARCH_SCENES_MAX;
  return {
    scenes: found.slice(0, SEARCH_SCENES_MAX),
    truncated: isCut || clues.some(({ count, scenes }) => count > scenes.length),
  };
};

interface Surroundings {
  readonly inflow: ReadonlyMap<SceneId, Inflow>;
  /** What stands beside those that answer, and what was reached over couplings, each once and none of themselves. */
  readonly others: readonly StoredScene[];
}

/** @param answering those first that answer to most */
const surroundings = async (
  context: QueryContext,
  corpus: CorpusName,
  answering: readonly Matched[],
): Promise<Surroundings> => {
  const scenes = answering.map(({ scene }) => scene);
  const [inflow, near] = await Promise.all([
    inflowFrom(context, answering),
    scenes.length === 0 ? [] : scenesBeside(context.store, scenes),
  ]);
  const known = new Set(scenes.map(({ id }) => id));
  const beside = near.filter(({ id }) => !known.has(id));
  const reached = strongest(inflow, new Set([...known, ...beside.map(({ id }) => id)]));
  return { inflow, others: [...beside, ...(await readAll(context.store, corpus, reached))] };
};

const ranked = (
  matched: readonly Matched[],
  inflow: ReadonlyMap<SceneId, Inflow>,
  clues: readonly Clue[],
  share: number,
): readonly FoundScene[] => {
  const placed = matched.map(({ scene: { id, document, position }, because }) => ({ id, document, position, because }));
  const around = relevanceAround(placed, clues);
  const scores = rankScores(new Map([...around].map(([id, { relevance }]) => [id, relevance])), inflow, share);
  const sceneOf = new Map(matched.map(({ scene }) => [scene.id, scene]));
  return matched
    .map(({ scene, because }): FoundScene => {
      const { id } = scene;
      const beside = around.get(id)?.beside ?? null;
      return {
        scene,
        score: scores.get(id) ?? 0,
        because,
        from: inflow.get(id)?.from ?? null,
        beside: beside === null ? null : (sceneOf.get(beside) ?? null),
      };
    })
    .filter(({ score }) => score > 0)
    .toSorted(inRank);
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

const inflowFrom = async (
  context: QueryContext,
  answering: readonly Matched[],
): Promise<ReadonlyMap<SceneId, Inflow>> => {
  const seeds = answering
    .filter(({ own }) => own > 0)
    .map(({ scene, because, own: weight }) => ({ scene: scene.id, weight, because }))
    .slice(0, SEEDS_MAX);
  return inflows(await spreadOver(context, seeds, { epsilon: epsilonFor(REACHED_MAX), roundsMax: ROUNDS_MAX }));
};

/** Where most came, of those that were not looked up. */
const strongest = (inflow: ReadonlyMap<SceneId, Inflow>, known: ReadonlySet<SceneId>): readonly SceneId[] =>
  [...inflow]
    .filter(([id]) => !known.has(id))
    .toSorted(([x, a], [y, b]) => b.total - a.total || (x < y ? -1 : 1))
    .slice(0, REACHED_MAX)
    .map(([id]) => id);

const mostFirst = (x: Matched, y: Matched): number => y.own - x.own || (x.scene.id < y.scene.id ? -1 : 1);

const inRank = (x: FoundScene, y: FoundScene): number => {
  if (x.score !== y.score) return y.score - x.score;
  if (x.scene.documentName !== y.scene.documentName) return x.scene.documentName < y.scene.documentName ? -1 : 1;
  return x.scene.position - y.scene.position;
};
