import type { Page, PageRequest } from '../../src/store/graph-store.ts';

/** Everything a paged method gives, fetched `first` at a time. */
export const allItems = async <T>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  first = 100,
): Promise<readonly T[]> => {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await fetchPage({ first, after });
    items.push(...page.items.map(({ item }) => item));
    after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return items;
};

/** The code of the error a promise rejects with, or what it came to. */
export const outcome = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: (error as { readonly code?: unknown }).code ?? String(error) };
  }
};

export const failing = (promise: Promise<unknown>): Promise<unknown> =>
  outcome(promise).then((result) => (result as { readonly error?: unknown }).error);
