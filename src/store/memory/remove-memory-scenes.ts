import type { ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { dropHolding, dropViews, type MemoryCorpus, type WorkspaceState } from './workspace-state.ts';

/** Deletes scenes with their couplings and every occurrence that holds them, counts the last two and names the views among them. */
export const removeScenes = (
  state: WorkspaceState,
  corpus: MemoryCorpus,
  ids: readonly SceneId[],
): { readonly couplings: number; readonly occurrences: number; readonly views: readonly ViewName[] } => {
  const gone = new Set(ids);
  const views = dropViews(corpus, gone);
  const occurrences = gone.size + dropHolding(corpus, gone) + views.length;
  const couplings = [...corpus.couplings].filter(([, { a, b }]) => gone.has(a) || gone.has(b));
  for (const [key] of couplings) corpus.couplings.delete(key);
  for (const id of gone) {
    corpus.uncoupled.delete(id);
    state.scenes.delete(id);
  }
  return { couplings: couplings.length, occurrences, views };
};
