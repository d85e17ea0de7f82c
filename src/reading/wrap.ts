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
/** Narrower lines are lists, names, verses and chats, unless they are filled like a column. */
export const WIDTH_MIN = 40;
/** A long address or a title among wrapped lines does not make paragraphs of them, nor does it set their width. */
const LONG_LINE_SHARE_MAX = 0.2;
const WIDER_LINE_SHARE_MAX = 0.05;
/** Lines that it takes to bear witness. */
const WITNESSES_MIN = 4;
/** Four lines a paragraph, without blank lines between, have one meant break in four. */
const FILLED_SHARE_MIN = 0.6;
/** Fewer, and the lines fill no width at all: some of any lines happen to be about as long as the longest. */
const LOOSE_SHARE_MAX = 0.3;

/** In columns; a tab as four, which is enough to tell an indented line. */
export const indentOf = (line: string): number => {
  const blank = /^\s*/u.exec(line)?.[0] ?? '';
  return blank.length + 3 * (blank.split('\t').length - 1);
};

const lengthOf = (line: string): number => line.trimEnd().length;
const firstWordLength = (line: string): number => /\S+/u.exec(line)?.[0].length ?? 0;

/** Edited by hand after it was wrapped, a text has lines that would have held one short word more. */
const SLACK = 1 / 12;

/** Would the next line's first word have fitted on this one, with room to spare? */
export const isBreakMeant = (line: string, next: string, width: number): boolean =>
  lengthOf(line) + 1 + firstWordLength(next) <= width * (1 - SLACK);

const EVERY_BREAK_MEANT: Wrap = { width: 0, filled: false };

/** @param usual the width that earlier lines of the document bore witness to; 0 where none did */
export const measureWrap = (lines: readonly string[], usual: number): Wrap => {
  const lengths = lines.map(lengthOf).sort((a, b) => a - b);
  const short = lengths.filter((length) => length <= WIDTH_MAX);
  if (lengths.length - short.length > lengths.length * LONG_LINE_SHARE_MAX) return EVERY_BREAK_MEANT;
  const width = short[Math.ceil(short.length * (1 - WIDER_LINE_SHARE_MAX)) - 1] ?? 0;
  if (isVerse(lines, width, usual)) return EVERY_BREAK_MEANT;
  const areWitnesses = lines.length >= WITNESSES_MIN;
  const share = filledShare(lines, width);
  if (areWitnesses && share >= FILLED_SHARE_MIN) return { width, filled: width >= WIDTH_MIN };
  if (usual > 0)
    return { width: filledShare(lines, usual) >= FILLED_SHARE_MIN ? usual : Math.max(width, usual), filled: false };
  const isLoose = width < WIDTH_MIN || (areWitnesses && share < LOOSE_SHARE_MAX);
  return isLoose ? EVERY_BREAK_MEANT : { width, filled: false };
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

const isVerse = (lines: readonly string[], width: number, usual: number): boolean => {
  if (lines.length < VERSE_LINES_MIN || width > VERSE_WIDTH_MAX) return false;
  if (lines.length < VERSE_LINES_SURE && usual > 0 && width > usual * VERSE_TO_PROSE_WIDTH_MAX) return false;
  const capitals = lines.filter((line) => /^\P{L}*\p{Lu}/u.test(line)).length;
  return capitals >= lines.length * VERSE_CAPITALS_MIN;
};
