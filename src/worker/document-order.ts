import type { CorpusName } from '../scene/name.ts';
import type { DocumentId } from '../scene/scene.ts';
import { type GraphStore, PAGE_MAX, type StoredScene } from '../store/graph-store.ts';

/** Calls to find out in which order documents came, a thousand each. */
const PAGES_MAX = 10;

/**
 * Scenes in the order of their corpus. Those of several documents need the order of the documents, for which the first
 * 10,000 are looked through at most; what is behind them comes last, by name.
 */
export const inCorpusOrder = async (
  store: GraphStore,
  corpus: CorpusName,
  scenes: readonly StoredScene[],
): Promise<readonly StoredScene[]> => {
  const places = await placesOf(store, corpus, new Set(scenes.map(({ document }) => document)));
  const placeOf = ({ document }: StoredScene): number => places.get(document) ?? PAGES_MAX * PAGE_MAX;
  return scenes.toSorted(
    (x, y) =>
      placeOf(x) - placeOf(y) ||
      (x.document === y.document ? x.position - y.position : x.documentName < y.documentName ? -1 : 1),
  );
};

const placesOf = async (
  store: GraphStore,
  corpus: CorpusName,
  wanted: ReadonlySet<DocumentId>,
): Promise<ReadonlyMap<DocumentId, number>> => {
  const places = new Map<DocumentId, number>();
  if (wanted.size < 2) return places;
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX && places.size < wanted.size; page += 1) {
    const { items, hasNextPage } = await store.documents(corpus, { first: PAGE_MAX, after });
    for (const [i, { item }] of items.entries()) if (wanted.has(item.id)) places.set(item.id, page * PAGE_MAX + i);
    if (!hasNextPage) break;
    after = items.at(-1)?.cursor;
  }
  return places;
};
