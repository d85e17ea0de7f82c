/** A stretch of text without white space, before any analysis. */
export interface RawToken {
  readonly text: string;
  /** Span in UTF-16 code units, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'number' | 'sign';
}

/**
 * In this order: a word, with marks, soft hyphens, and single hyphens or apostrophes inside, or with digits before it
 * (5th); a number with its inner points (3.5, 10:30); a run of dots or hyphens; any other sign with the marks and
 * joiners that belong to it. No alternative gives back more than one run of digits, so the time is linear in the text;
 * lone surrogates fall under the last one.
 */
const TOKEN =
  /(?<word>\p{Nd}*[\p{L}\p{Nl}\p{No}][\p{L}\p{N}\p{M}\u00AD]*(?:['’\u2010\u2011-][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00AD]*)*)|(?<number>\p{Nd}+(?:[.,:]\p{Nd}+)*)|\.{2,}|-{2,}|[^\s](?:\p{M}|\u200D|\uFE0F)*/gu;

/** Tokens in order, without overlap; what lies between them is white space (ECMAScript's `\s`) and nothing else. */
export const splitTokens = (text: string): readonly RawToken[] =>
  Array.from(text.matchAll(TOKEN), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    kind: match.groups?.['word'] !== undefined ? 'word' : match.groups?.['number'] !== undefined ? 'number' : 'sign',
  }));

/** Stress marks and soft hyphens, which a dictionary does not have. Applied after NFC, so that й and é stay whole. */
const IGNORABLE = /[\u0300\u0301\u00AD]/gu;

/** A word without stress marks and soft hyphens, apostrophes as `'`, hyphens as `-`; case and ё as written. */
export const plainSpelling = (word: string): string =>
  word
    .normalize('NFC')
    .replace(IGNORABLE, '')
    .replaceAll('’', "'")
    .replaceAll(/[\u2010\u2011]/gu, '-');

/** What lexicons are looked up by: plain spelling, lower case, ё as е. */
export const lookupForm = (word: string): string => plainSpelling(word).toLowerCase().replaceAll('ё', 'е');
