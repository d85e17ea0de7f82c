import type { DocumentRecord, Page, PageRequest, StoredScene } from '../store/graph-store.ts';
import { decodePositionCursor, positionCursor } from './cursor.ts';
import type { Loaders } from './loaders.ts';

/**
 * A page of a document's scenes by their positions, which run 0 to n − 1: unlike the store's own paging this can be
 * asked for many documents at once.
 * @throws HypersceneError BAD_CURSOR
 */
export const documentScenes = async (
  { id, scenes }: DocumentRecord,
  { first, after }: PageRequest,
  { ranges }: Loaders,
): Promise<Page<StoredScene>> => {
  const from = after === undefined ? 0 : decodePositionCursor(after) + 1;
  const to = Math.min(from + first, scenes);
  const items = from < to ? await ranges.load({ document: id, from, to }) : [];
  return { items: items.map((item) => ({ cursor: positionCursor(item.position), item })), hasNextPage: to < scenes };
};
