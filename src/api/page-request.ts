import { HypersceneError } from '../errors.ts';
import type { PageRequest } from '../store/graph-store.ts';

/** As the schema gives them: an omitted `after` is undefined, an explicit null is null. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/**
 * @param max items of the largest page
 * @throws HypersceneError BAD_ARGUMENT below 1, PAGE_TOO_LARGE above `max`
 */
export const pageRequest = ({ first, after }: PageArguments, max: number): PageRequest => ({
  first: pageSize('first', first, max),
  after: after ?? undefined,
});

/** The same check for what is cut off and not paged. */
export const pageSize = (argument: string, size: number, max: number): number => {
  const expected = `1 to ${max}`;
  if (size < 1) throw new HypersceneError('BAD_ARGUMENT', `bad ${argument}`, { expected, came: String(size) });
  if (size > max) throw new HypersceneError('PAGE_TOO_LARGE', 'page too large', { expected, came: String(size) });
  return size;
};
