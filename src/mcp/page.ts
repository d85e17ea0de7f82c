import { z } from 'zod';

/** Of a connection: what a page has to say of its place. */
export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

export const pageInfoAnswer = z
  .object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
  .transform(({ hasNextPage, endCursor }) => (hasNextPage ? endCursor : null));

export const nextOutput = z
  .string()
  .nullable()
  .describe('Give it as `after` for the next page; null where this was the last one.');

/** The last line of a text that is a page of more. */
export const moreLine = (tool: string, next: string | null): readonly string[] =>
  next === null ? [] : [`More: call ${tool} again with after=${JSON.stringify(next)}`];
