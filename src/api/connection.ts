import type { Page } from '../store/graph-store.ts';

/** A page in the shape of the Relay cursor connections specification. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** @param after the cursor that the page was asked for with */
export const connection = <T>({ items, hasNextPage }: Page<T>, after: string | null | undefined): Connection<T> => ({
  edges: items.map(({ cursor, item }) => ({ cursor, node: item })),
  nodes: items.map(({ item }) => item),
  pageInfo: {
    hasNextPage,
    hasPreviousPage: after !== undefined && after !== null,
    startCursor: items[0]?.cursor ?? null,
    endCursor: items.at(-1)?.cursor ?? null,
  },
});

/** The same page of other things. */
export const mapPage = <T, U>({ items, hasNextPage }: Page<T>, change: (item: T) => U): Page<U> => ({
  items: items.map(({ cursor, item }) => ({ cursor, item: change(item) })),
  hasNextPage,
});
