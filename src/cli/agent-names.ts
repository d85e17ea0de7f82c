import type { CorpusName } from '../scene/name.ts';
import type { AgentMerge, GraphStore } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';

/** As words are compared when a person writes them: without regard to case, and ё as е. */
export const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase().replaceAll('ё', 'е');

/** The keys that a person may mean: as written, and as lemmas stand in a text, names with a capital and others without. */
export const keysMeant = (given: string): readonly string[] => {
  const lower = fold(given);
  return [...new Set([given.normalize('NFC').trim(), lower, lower.charAt(0).toUpperCase() + lower.slice(1)])];
};

/**
 * The agent's key as it stands in scenes or, where it stands in none, in a merge; as written for one that is nowhere.
 * @throws HypersceneError CORPUS_NOT_FOUND
 */
export const agentKey = async (store: GraphStore, corpus: CorpusName, given: string): Promise<string> => {
  const keys = keysMeant(given);
  const counts = await store.facetCounts(
    corpus,
    keys.map((key) => ({ kind: 'agent', key })),
  );
  const most = Math.max(...counts);
  const standing = most > 0 ? keys[counts.indexOf(most)] : undefined;
  if (standing !== undefined) return standing;
  const merge = await findMerge(store, corpus, ({ alias, into }) =>
    [alias, into].some((key) => fold(key) === fold(given)),
  );
  const named = merge && [merge.alias, merge.into].find((key) => fold(key) === fold(given));
  return named ?? keys[0] ?? given;
};

/** The first that passes, by alias; null for none. */
export const findMerge = async (
  store: GraphStore,
  corpus: CorpusName,
  passes: (merge: AgentMerge) => boolean,
): Promise<AgentMerge | null> => {
  for await (const page of pagesOf((request) => store.agentMerges(corpus, request), undefined)) {
    const found = page.find(passes);
    if (found !== undefined) return found;
  }
  return null;
};
