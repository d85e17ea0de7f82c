import { checkCancelled } from '../errors.ts';
import type { Page, PageRequest } from './graph-store.ts';

/** Items held at once: some megabytes of scenes. */
const PAGE_ITEMS = 500;

/**
 * All pages of a list, one at a time, so that memory does not grow with the corpus.
 * @param limit items at most
 * @throws HypersceneError CANCELLED
 */
export async function* pagesOf<T>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  signal: AbortSignal | undefined,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined;
  let left = limit;
  do {
    checkCancelled({ signal });
    const page: Page<T> = await fetchPage({ first: Math.min(PAGE_ITEMS, left), after });
    left -= page.items.length;
    if (page.items.length > 0) yield page.items.map(({ item }) => item);
    after = page.hasNextPage && left > 0 ? page.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
}
