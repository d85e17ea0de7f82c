import { poolAlongText } from '../activation/pool.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';
import type { Activation } from './activate-job.ts';
import { carryCouplings } from './carry-couplings.ts';
import { scenesBeside } from './scenes-beside.ts';

/** A scene that may go into a context. */
export interface ContextScene {
  readonly scene: StoredScene;
  /** Its activation and that of the scenes around it: see {@link poolAlongText}. */
  readonly score: number;
  /** See {@link carryCouplings}. */
  readonly coupled: boolean;
}

/** The activated scenes, and those that stand beside the most activated: three calls of the store. */
export const contextScenes = async (
  store: GraphStore,
  { scenes: activated }: Activation,
): Promise<readonly ContextScene[]> => {
  const lit = activated.map(({ scene }) => scene);
  const scoreOf = new Map(activated.map(({ scene, score }) => [scene.id, score]));
  const [coupledLit, near] = await Promise.all([withCoupled(store, lit), scenesBeside(store, lit)]);
  const beside = near.filter(({ id }) => !scoreOf.has(id));
  const all = [...coupledLit, ...(await withCoupled(store, beside))];
  const pooled = poolAlongText(
    all.map(({ scene: { id, document, position } }) => ({ id, document, position, score: scoreOf.get(id) ?? 0 })),
  );
  return all.map((each) => ({ ...each, score: pooled.get(each.scene.id) ?? 0 }));
};

const withCoupled = async (
  store: GraphStore,
  scenes: readonly StoredScene[],
): Promise<readonly Omit<ContextScene, 'score'>[]> => {
  const coupled = await carryCouplings(
    store,
    scenes.map(({ id }) => id),
  );
  return scenes.map((scene, i) => ({ scene, coupled: coupled[i] ?? false }));
};
