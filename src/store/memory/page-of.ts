import type { Page, PageRequest } from '../graph-store.ts';
import { type CursorKey, openPage, type PagedMethod, toPage } from '../paging.ts';
import { compareText } from '../text-order.ts';

/** Each part alike: as numbers, or as text by code points. */
const compareKeys = (x: CursorKey, y: CursorKey): number => {
  for (const [i, part] of x.entries()) {
    const other = y[i];
    const difference = typeof part === 'number' ? part - Number(other) : compareText(part, String(other));
    if (difference !== 0) return difference;
  }
  return 0;
};

/** @param items all there are, sorted by their keys */
export const pageOf = <T>(
  method: PagedMethod,
  page: PageRequest,
  items: readonly T[],
  key: (item: T) => CursorKey,
): Page<T> => {
  const after = openPage(method, page);
  return toPage(method, page, after === null ? items : items.filter((item) => compareKeys(key(item), after) > 0), key);
};

export const mapPage = <T, U>({ items, hasNextPage }: Page<T>, map: (item: T) => U): Page<U> => ({
  items: items.map(({ cursor, item }) => ({ cursor, item: map(item) })),
  hasNextPage,
});
