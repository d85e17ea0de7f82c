import { POOL_REACH, poolAlongText } from '../activation/pool.ts';
import { carries } from '../collapse/coupling-graph.ts';
import type { SceneId } from '../scene/scene.ts';
import { type GraphStore, PAGE_MAX, type StoredScene } from '../store/graph-store.ts';
import type { Activation } from './activate-job.ts';

/** A scene that may go into a context. */
export interface ContextScene {
  readonly scene: StoredScene;
  /** Its activation and that of the scenes around it: see {@link poolAlongText}. */
  readonly score: number;
  /** It carries a coupling, other than that it follows another scene. */
  readonly coupled: boolean;
}

/** Of so many of the most activated those that stand beside them in the text are read too: with 200 the same contexts of up to 512 tokens came out. */
const BESIDE_MAX = 16;

/** The activated scenes, and those that stand beside the most activated: two calls of the store. */
export const contextScenes = async (
  store: GraphStore,
  { scenes: activated }: Activation,
): Promise<readonly ContextScene[]> => {
  const lit = new Map<SceneId, Omit<ContextScene, 'score'>>(
    activated.map(({ scene, coupled }) => [scene.id, { scene, coupled }]),
  );
  const near = await store.scenesInRanges(
    activated.slice(0, BESIDE_MAX).map(({ scene: { document, position } }) => ({
      document,
      from: Math.max(0, position - POOL_REACH),
      to: position + POOL_REACH + 1,
    })),
  );
  const beside = [...new Map(near.map((scene) => [scene.id, scene])).values()].filter(({ id }) => !lit.has(id));
  const couplings = await store.couplingsOf(
    beside.map(({ id }) => id),
    PAGE_MAX,
  );
  const scoreOf = new Map(activated.map(({ scene, score }) => [scene.id, score]));
  const all = [...lit.values(), ...beside.map((scene, i) => ({ scene, coupled: (couplings[i] ?? []).some(carries) }))];
  const pooled = poolAlongText(
    all.map(({ scene: { id, document, position } }) => ({ id, document, position, score: scoreOf.get(id) ?? 0 })),
  );
  return all.map((each) => ({ ...each, score: pooled.get(each.scene.id) ?? 0 }));
};
