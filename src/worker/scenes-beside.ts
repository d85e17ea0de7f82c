import { POOL_REACH } from '../activation/pool.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';

/** Of so many of the first those that stand beside them are read: with 200 the same contexts of up to 512 tokens came out. */
const BESIDE_MAX = 16;

/** The scenes among which the scores of the first ones are pooled, themselves included, each once: one call of the store. */
export const scenesBeside = async (
  store: GraphStore,
  scenes: readonly StoredScene[],
): Promise<readonly StoredScene[]> => {
  const near = await store.scenesInRanges(
    scenes.slice(0, BESIDE_MAX).map(({ document, position }) => ({
      document,
      from: Math.max(0, position - POOL_REACH),
      to: position + POOL_REACH + 1,
    })),
  );
  return [...new Map(near.map((scene) => [scene.id, scene])).values()];
};
