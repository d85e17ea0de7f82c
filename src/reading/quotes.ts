/** A stretch within quotation marks, marks included, `[start, end)`. */
export interface Quoted {
  readonly start: number;
  readonly end: number;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['«', '»'],
  ['“', '”'],
  ['„', '“'],
]);
const STRAIGHT = '"';
const MARK = /[«»“”„"]/gu;

/** Quotes within quotes deeper than this are a mistake or noise. */
const DEPTH_MAX = 4;

interface OpenQuote {
  readonly close: string;
  readonly start: number;
}

/**
 * The outermost pairs of quotation marks at most `lengthMax` apart. A mark without its counterpart, or with one too far
 * away, quotes nothing: so a stray « cannot swallow the text behind it. Single marks are left out, since ’ is also the
 * apostrophe. Linear in the text's length.
 * @returns in order, without overlap
 */
export const quotedStretches = (text: string, lengthMax: number): readonly Quoted[] => {
  const open: OpenQuote[] = [];
  const found: Quoted[] = [];
  for (const { 0: mark, index } of text.matchAll(MARK)) {
    const isOpening = mark === STRAIGHT && opensStraight(text, index);
    const start = isOpening ? undefined : closeQuote(open, mark);
    if (start !== undefined) {
      if (index + 1 - start <= lengthMax) addOutermost(found, { start, end: index + 1 });
      continue;
    }
    const close = isOpening ? STRAIGHT : CLOSING.get(mark);
    if (close !== undefined) openQuote(open, { close, start: index });
  }
  return found;
};

/** A straight mark opens behind white space, a bracket or a dash, if something follows it. */
const opensStraight = (text: string, at: number): boolean =>
  /^[\s([—–-]?$/u.test(text.charAt(at - 1)) && /\S/u.test(text.charAt(at + 1));

/** Where the quote starts that the mark closes; it and what was left open within it are taken off. */
const closeQuote = (open: OpenQuote[], mark: string): number | undefined => {
  const index = open.findLastIndex(({ close }) => close === mark);
  if (index < 0) return undefined;
  const [quote] = open.splice(index);
  return quote?.start;
};

const openQuote = (open: OpenQuote[], quote: OpenQuote): void => {
  // Straight marks do not nest: the one before was never closed, as where each paragraph of a speech opens anew.
  if (quote.close === STRAIGHT) closeQuote(open, STRAIGHT);
  if (open.length === DEPTH_MAX) open.shift();
  open.push(quote);
};

/** Pairs close from the innermost outwards, so the ones that a new pair encloses are the last ones found. */
const addOutermost = (found: Quoted[], pair: Quoted): void => {
  while ((found.at(-1)?.start ?? -1) > pair.start) found.pop();
  found.push(pair);
};
