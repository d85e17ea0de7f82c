import { HypersceneError } from '../errors.ts';
import { formatOccurrence, type OccurrencePart, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { Page, PartsRequest } from './graph-store.ts';
import { openPage, toPage } from './paging.ts';

/** A part, and how many scenes of the whole stand before it. */
export interface PlacedPart {
  readonly at: number;
  readonly part: OccurrencePart;
}

/**
 * Where a page begins, in scenes of the whole, and how deep it goes. What an occurrence holds never changes, so that the
 * number of scenes passed is a cursor that stays.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR
 */
export const openParts = (
  { code, ordinal }: OccurrenceRef,
  { depth = Number.MAX_SAFE_INTEGER, ...page }: PartsRequest,
): { readonly from: number; readonly depth: number } => {
  if (!Number.isInteger(depth) || depth < 1)
    throw new HypersceneError('BAD_ARGUMENT', 'bad depth', { expected: 'an integer from 1', came: String(depth) });
  const [ofCode, ofOrdinal, from] = openPage('parts', page) ?? [code, ordinal, 0];
  if (ofCode !== code || ofOrdinal !== ordinal)
    throw new HypersceneError('BAD_CURSOR', 'bad cursor', {
      expected: `a cursor of ${formatOccurrence({ code, ordinal })}`,
      came: `${page.after}`,
    });
  return { from: Number(from), depth };
};

/**
 * @param parts of the page, and one more where there is a next page; null where the occurrence is not there
 * @throws HypersceneError OCCURRENCE_NOT_FOUND
 */
export const toPartsPage = (
  ref: OccurrenceRef,
  page: PartsRequest,
  parts: readonly PlacedPart[] | null,
): Page<OccurrencePart> => {
  if (parts === null) throw occurrenceNotFound(ref);
  const { items, hasNextPage } = toPage('parts', page, parts, ({ at, part }) => [
    ref.code,
    ref.ordinal,
    at + part.size,
  ]);
  return { items: items.map(({ cursor, item }) => ({ cursor, item: item.part })), hasNextPage };
};

export const occurrenceNotFound = (ref: OccurrenceRef): HypersceneError =>
  new HypersceneError('OCCURRENCE_NOT_FOUND', 'no such occurrence', { came: formatOccurrence(ref) });
