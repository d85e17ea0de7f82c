import { HypersceneError } from '../errors.ts';
import type { DocumentRecord, GraphStore } from '../store/graph-store.ts';

/** UTF-16 code units of the largest slice: 2 to 3 MiB of JSON, so that a slow client holds little of the server. */
export const TEXT_SLICE_MAX = 2 ** 20;

export interface TextSpan {
  readonly start: number;
  readonly end?: number | null | undefined;
}

/**
 * The slice `[start, end)` of a document, in UTF-16 code units. A slice may cut a surrogate pair; JSON carries the
 * halves as escapes, so that slices put together are the text.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE
 */
export const documentText = async (
  store: GraphStore,
  document: DocumentRecord,
  { start, end: given }: TextSpan,
): Promise<string> => {
  const end = given ?? document.length;
  checkSpan(start, end, document.length);
  let slice = '';
  let at = 0;
  for await (const chunk of store.documentText(document.id)) {
    slice += chunk.slice(Math.max(0, start - at), Math.max(0, end - at));
    at += chunk.length;
    if (at >= end) break;
  }
  return slice;
};

const checkSpan = (start: number, end: number, length: number): void => {
  const came = `[${start}, ${end})`;
  if (start < 0 || start > end || end > length)
    throw new HypersceneError('BAD_ARGUMENT', 'bad span', { expected: `0 ≤ start ≤ end ≤ ${length}`, came });
  if (end - start > TEXT_SLICE_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'slice too large', { expected: `at most ${TEXT_SLICE_MAX}`, came });
};
