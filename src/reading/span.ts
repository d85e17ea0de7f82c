/** `[start, end)` in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of text without the white space at its ends; empty where it has nothing else. */
export const trimSpan = (text: string, from: number, to: number): Span => {
  const slice = text.slice(from, to);
  const start = from + slice.length - slice.trimStart().length;
  return { start, end: Math.max(start, from + slice.trimEnd().length) };
};

/**
 * Widens spans, found where syntax marks are masked, so that they cover the text itself: what stands before the first
 * white space between two spans belongs to the one before (`**Stop.**`), what stands behind it to the next
 * (`> She left`).
 * @param text the text itself
 * @param within the stretch of the text that is to be covered
 * @param spans in order, within that stretch, without overlap
 * @returns as many spans, trimmed; between them there is only white space
 */
export const coverText = (text: string, within: Span, spans: readonly Span[]): readonly Span[] => {
  const borders = spans.slice(1).map(({ start }, i) => {
    const from = spans[i]?.end ?? start;
    const blank = text.slice(from, start).search(/\s/u);
    return blank < 0 ? start : from + blank;
  });
  return spans.map((_, i) => trimSpan(text, borders[i - 1] ?? within.start, borders[i] ?? within.end));
};
