import type { Span } from './span.ts';

/**
 * Marks of direction, zero-width spaces and the like, which editors and web pages leave within words. Not the joiner
 * U+200D, which holds emoji together, nor the soft hyphen, which the analysers know.
 */
const INVISIBLE = /[\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069]/gu;

export interface VisibleText {
  readonly text: string;
  /** From a span of the visible text to that of the text it was taken from. */
  readonly toOriginal: (span: Span) => Span;
}

/** The text without its invisible characters, and without the white space that these parted from its ends. */
export const visibleText = (text: string): VisibleText => {
  if (text.search(INVISIBLE) < 0) return { text, toOriginal: (span) => span };
  const untrimmed = text.replaceAll(INVISIBLE, '');
  const visible = untrimmed.trim();
  const origins: number[] = [];
  for (let i = 0; i < text.length; i++) if (text.charAt(i).search(INVISIBLE) < 0) origins.push(i);
  const trimmed = untrimmed.length - untrimmed.trimStart().length;
  const origin = (at: number): number => origins[at + trimmed] ?? text.length - 1;
  return {
    text: visible,
    // The end is one behind the last unit's origin: what is invisible between two spans belongs to neither.
    toOriginal: ({ start, end }) => ({ start: origin(start), end: origin(end - 1) + 1 }),
  };
};
