import { DOCUMENTS_MAX } from '../corpus-order.ts';

/**
 * A corpus is searched by segments of documents that came one after another, so that a page of results costs what its
 * segments hold, not what the corpus does: a page of a word that stands in each fiftieth scene takes the same time in
 * 100,000 scenes and in 1,000,000. A document keeps its segment for good, whatever is read anew or deleted.
 */
export const SEGMENT_DOCUMENTS = 64;

/**
 * A search begins with one segment and asks for four times as many with each statement: a word that stands nowhere takes
 * a logarithm of statements, a common one looks at four times too many at most.
 */
const GROWTH = 4;

/** Segments of one statement at most: the embedded engine is given each token in full, 22 bytes. */
export const SEGMENTS_AT_ONCE = 1024;

/** Segments `[from, to]`. */
export interface SegmentRange {
  readonly from: number;
  readonly to: number;
}

/** @param order of a document within its corpus, from 0 */
export const segmentOf = (order: number): number => Math.floor(order / SEGMENT_DOCUMENTS);

/** No hex digit, so that a digest is never found across the border of two tokens. In order, as all of ASCII. */
const DIGITS = 'ghijklmnopqrstuv';
const LENGTH = Math.ceil(Math.log(DOCUMENTS_MAX / SEGMENT_DOCUMENTS) / Math.log(DIGITS.length));

/** Five letters that rise with the segments. `V004__search_segments` writes the same in Cypher. */
export const segmentMark = (segment: number): string => {
  let mark = '';
  for (let i = 0, left = segment; i < LENGTH; i++, left = Math.floor(left / DIGITS.length))
    mark = `${DIGITS[left % DIGITS.length]}${mark}`;
  return mark;
};

/** Ranges that follow one another without an end, each four times as long as the one before up to the most at once. */
export function* growingRanges(first: number): Generator<SegmentRange> {
  for (let from = first, length = 1; ; from += length, length = Math.min(length * GROWTH, SEGMENTS_AT_ONCE))
    yield { from, to: from + length - 1 };
}
