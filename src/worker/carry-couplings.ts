import { carries } from '../collapse/coupling-graph.ts';
import type { SceneId } from '../scene/scene.ts';
import { type GraphStore, PAGE_MAX } from '../store/graph-store.ts';

/** Of each scene whether it carries a coupling that says more than that it follows another: see {@link carries}. One call of the store. */
export const carryCouplings = async (store: GraphStore, ids: readonly SceneId[]): Promise<readonly boolean[]> =>
  (await store.couplingsOf(ids, PAGE_MAX)).map((own) => own.some(carries));
