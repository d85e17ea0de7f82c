/**
 * Tells the line breaks of wrapped prose, which mean nothing, from those that an author meant: the ends of verses,
 * list items, addresses, lines of dialogue and of chats.
 *
 * The measure is the wrapper's own rule: it breaks a line only where the next word does not fit any more. A break after
 * which the first word would still have fitted was meant. What the width is, the lines tell together.
 */
export interface Wrap {
  /** In UTF-16 units; 0: every line break is meant. */
  readonly width: number;
  /** The lines bear witness to the width themselves, so that it may be taken for that of the whole document. */
  readonly filled: boolean;
}

/** Nobody wraps prose wider: longer lines are whole paragraphs. E-mail and books in plain text wrap at 60 to 80. */
const WIDTH_MAX = 120;
/** Narrower ones are lists, names and verses, unless a line goes on in lower case. */
export const WIDTH_MIN = 40;
/** One long address in wrapped prose does not make its lines paragraphs. */
const LONG_LINE_SHARE_MAX = 0.2;
/** Lines that a witness takes. */
const FILLED_LINES_MIN = 4;
/** Four lines a paragraph, without blank lines between, have one meant break in four. */
const FILLED_SHARE_MIN = 0.6;

/** In columns; a tab as four, which is enough to tell an indented line. */
export const indentOf = (line: string): number => {
  const blank = /^\s*/u.exec(line)?.[0] ?? '';
  return blank.length + 3 * (blank.split('\t').length - 1);
};

const lengthOf = (line: string): number => line.trimEnd().length;
const firstWordLength = (line: string): number => /\S+/u.exec(line)?.[0].length ?? 0;

/** Would the next line's first word have fitted on this one? */
export const isBreakMeant = (line: string, next: string, width: number): boolean =>
  lengthOf(line) + 1 + firstWordLength(next) <= width;

/** @param usual the width that earlier lines of the document bore witness to; 0 where none did */
export const measureWrap = (lines: readonly string[], usual: number): Wrap => {
  const lengths = lines.map(lengthOf);
  const short = lengths.filter((length) => length <= WIDTH_MAX);
  if (lengths.length - short.length > lengths.length * LONG_LINE_SHARE_MAX) return { width: 0, filled: false };
  const widest = Math.max(0, ...short);
  if (isVerse(lines, widest, usual)) return { width: 0, filled: false };
  const filled =
    widest >= WIDTH_MIN && lines.length >= FILLED_LINES_MIN && filledShare(lines, widest) >= FILLED_SHARE_MIN;
  return { width: filled ? widest : Math.max(widest, usual), filled };
};

const filledShare = (lines: readonly string[], width: number): number => {
  const filled = lines.filter((line, i) => i > 0 && !isBreakMeant(lines[i - 1] ?? '', line, width));
  return filled.length / (lines.length - 1);
};

/** Lines of verse are short and begin with a capital each; of wrapped lines one in five does, by chance. */
const VERSE_WIDTH_MAX = 80;
const VERSE_CAPITALS_MIN = 0.85;
const VERSE_LINES_MIN = 3;
/** From so many lines on chance is ruled out even where the lines are as wide as the document's prose. */
const VERSE_LINES_SURE = 6;
const VERSE_TO_PROSE_WIDTH_MAX = 0.85;

const isVerse = (lines: readonly string[], widest: number, usual: number): boolean => {
  if (lines.length < VERSE_LINES_MIN || widest > VERSE_WIDTH_MAX) return false;
  if (lines.length < VERSE_LINES_SURE && usual > 0 && widest > usual * VERSE_TO_PROSE_WIDTH_MAX) return false;
  const capitals = lines.filter((line) => /^\P{L}*\p{Lu}/u.test(line)).length;
  return capitals >= lines.length * VERSE_CAPITALS_MIN;
};
