import type { SceneId } from '../../scene/scene.ts';
import { dropHolding, dropViews, type MemoryCorpus, type WorkspaceState } from './workspace-state.ts';

/** Deletes scenes with their couplings and every occurrence that holds them, and counts the last two. */
export const removeScenes = (
  state: WorkspaceState,
  corpus: MemoryCorpus,
  ids: readonly SceneId[],
): { readonly couplings: number; readonly occurrences: number } => {
  const gone = new Set(ids);
  const occurrences = gone.size + dropHolding(corpus, gone) + dropViews(corpus, gone);
  const couplings = [...corpus.couplings].filter(([, { a, b }]) => gone.has(a) || gone.has(b));
  for (const [key] of couplings) corpus.couplings.delete(key);
  for (const id of gone) {
    corpus.uncoupled.delete(id);
    state.scenes.delete(id);
  }
  return { couplings: couplings.length, occurrences };
};
