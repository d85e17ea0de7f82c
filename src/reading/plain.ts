import type { LaidLine, Layout } from './layout.ts';
import type { Line } from './lines.ts';
import { indentOf, isBreakMeant, measureWrap, WIDTH_MIN, type Wrap } from './wrap.ts';

/** A line of dialogue: a dash and what is said. */
const DIALOGUE = /^\s*(?:[—–―-]|--)\s+(?=[\p{L}\p{N}«"“„(…])/u;
const GOES_ON_AFTER_DASH = /^\s*(?:[—–―-]|--)\s+\p{Ll}/u;
const LIST_ITEM = /^\s*(?:[-*+•‣·]|\d{1,3}[.)]|\p{Ll}\))\s+\S/u;
const SENTENCE_END = /[.!?…:;]["»”’)\]]*\s*$/u;
const BEGINS_LOWER = /^\P{L}*\p{Ll}/u;
const BEGINS_UPPER = /^\P{L}*\p{Lu}/u;

const HEADING_LENGTH_MAX = 80;
const NUMBERED_HEADING =
  /^\s*(?:Chapter|CHAPTER|Part|PART|Book|BOOK|Volume|VOLUME|Canto|CANTO|Act|ACT|Scene|SCENE|Глава|ГЛАВА|Часть|ЧАСТЬ|Книга|КНИГА|Том|ТОМ|Песнь|ПЕСНЬ|Действие|ДЕЙСТВИЕ|Акт|АКТ|Явление|ЯВЛЕНИЕ|Сцена|СЦЕНА|Картина|КАРТИНА)\s+(?:[IVXLCDM]+|\d+)(?:[.:\s]|$)/u;
const ALL_CAPITALS = /^\P{L}*\p{Lu}\P{Ll}*\p{Lu}\P{Ll}*$/u;

const isHeading = (text: string): boolean =>
  text.length <= HEADING_LENGTH_MAX && (NUMBERED_HEADING.test(text) || ALL_CAPITALS.test(text));

/** A dash that begins a line is a new speaker's, unless a wrapped sentence happens to break before it. */
export const beginsDialogue = (text: string, before: string): boolean =>
  DIALOGUE.test(text) && !GOES_ON_AFTER_DASH.test(text) && SENTENCE_END.test(before);

const goesOn = (line: string, next: string, { width }: Wrap): boolean => {
  if (isBreakMeant(line, next, width) || width === 0) return false;
  if (DIALOGUE.test(next) && !GOES_ON_AFTER_DASH.test(next)) return !SENTENCE_END.test(line);
  if (LIST_ITEM.test(next) && !GOES_ON_AFTER_DASH.test(next)) return !SENTENCE_END.test(line) && !LIST_ITEM.test(line);
  if (indentOf(next) >= indentOf(line) + 2 && !LIST_ITEM.test(line)) return false;
  if (isHeading(line) && !isHeading(next) && !BEGINS_LOWER.test(next)) return false;
  if (isHeading(next) && !isHeading(line) && SENTENCE_END.test(line)) return false;
  return width >= WIDTH_MIN || !BEGINS_UPPER.test(next);
};

/** Text without syntax. Blank lines end a block; of other line breaks {@link measureWrap} and the lines' looks decide. */
export const plainLayout = (): Layout => {
  let usualWidth = 0;
  return {
    lay: (line: Line): readonly LaidLine[] => [
      { ...line, role: /\S/u.test(line.text) ? 'text' : 'blank', analysis: line.text },
    ],
    end: () => [],
    joins: (lines) => {
      const wrap = measureWrap(
        lines.map(({ text }) => text),
        usualWidth,
      );
      if (wrap.filled) usualWidth = wrap.width;
      return lines.slice(1).map((next, i) => {
        const line = lines[i];
        return line !== undefined && (line.end === 'piece' || goesOn(line.text, next.text, wrap));
      });
    },
    mask: (analysis) => analysis,
    notices: () => [],
  };
};
