import { termsOf } from './search-terms.ts';

/** Where a word stands in a text, in UTF-16 code units, `[start, end)`, and its search terms: one, as a rule. */
export interface TermSpan {
  readonly start: number;
  readonly end: number;
  readonly terms: readonly string[];
}

/** What nothing that parts words is taken out of: neither spaces nor control characters. Joiners within a word are. */
const PIECES = /[^\p{Z}\p{Cc}]+/gu;
/** A word as it is written, with what is folded away within it, and a possessive 's, which is no word. */
const WRITTEN =
  /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}\p{Variation_Selector}]*(?:(?<=\p{L})['\u2018\u2019\u02bc\u00b4`][sS](?![\p{L}\p{N}]))?/gu;

/**
 * The words of a text in order, each with its terms: all together exactly those of `termsOf`. Folding changes lengths (½, ﬁ, accents),
 * so that terms do not know where they stand; a word is found as it is written and its terms are computed from it. Where these are
 * not those of the piece it stands in, as of 3½, the whole piece is the span.
 */
export const termSpans = (text: string): readonly TermSpan[] =>
  Array.from(text.matchAll(PIECES)).flatMap(({ 0: piece, index }): readonly TermSpan[] => {
    const terms = termsOf(piece);
    if (terms.length === 0) return [];
    const words = Array.from(piece.matchAll(WRITTEN), (match) => ({
      start: index + match.index,
      end: index + match.index + match[0].length,
      terms: termsOf(match[0]),
    })).filter((word) => word.terms.length > 0);
    const found = new Set(words.flatMap((word) => word.terms));
    const isWhole = found.size === terms.length && terms.every((term) => found.has(term));
    return isWhole ? words : [{ start: index, end: index + piece.length, terms }];
  });
