import type { Page, StoredScene } from '../store/graph-store.ts';
import { connection } from './connection.ts';
import type { Loaders } from './loaders.ts';
import type { SceneConnectionParent } from './parents.ts';

/** Scenes that came by a list need not be asked for again when a coupling or an occurrence leads back to them. */
export const keepScenes = (scenes: readonly StoredScene[], loaders: Loaders): void => {
  for (const scene of scenes) loaders.scenes.prime(scene.id, scene);
};

export const sceneConnection = (
  page: Page<StoredScene>,
  after: string | null | undefined,
  countAll: () => number | Promise<number>,
  loaders: Loaders,
): SceneConnectionParent => {
  const scenes = connection(page, after);
  keepScenes(scenes.nodes, loaders);
  return { ...scenes, countAll };
};
