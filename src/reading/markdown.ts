import type { LaidLine, Layout, LineRole } from './layout.ts';
import type { Line } from './lines.ts';
import { maskInline } from './markdown-inline.ts';
import { beginsDialogue } from './plain.ts';

/*
 * CommonMark 0.31 as far as it decides where a sentence may end and what is not prose. The parsers at hand (micromark,
 * markdown-it, remark) build the whole document's tree; a document here is streamed in bounded memory. Left out:
 * indented code, which in prose is nearly always a list item's second paragraph.
 */

const FENCE = /^\s*(?:>\s*)*(`{3,}|~{3,})(.*)$/u;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/u;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u;
const QUOTE = /^\s{0,3}>(?:[ \t]?>)*[ \t]?/u;
const HEADING = /^ {0,3}#{1,6}(?=[ \t]|$)/u;
const HEADING_CLOSE = /[ \t]#+[ \t]*$/u;
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)(?:[ \t]+\[[ xX]\](?=[ \t]))?/u;
const TABLE_ROW = /^\s*\|.*\|\s*$/u;
const DEFINITION = /^ {0,3}\[(?!\^)[^\]]{1,200}\]:\s/u;
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]{1,100}\]:/u;
const COMMENT = /^\s*<!--/u;
const COMMENT_END = '-->';
/** Make a line break meant. */
const HARD_BREAKS: readonly string[] = ['  ', '\\'];

const FRONT_MATTER = /^\uFEFF?(---|\+\+\+)[ \t]*$/u;
/** Longer ones are text between two rules. */
const FRONT_MATTER_LENGTH_MAX = 16_384;

const blanked = (text: string, length: number): string => ' '.repeat(length) + text.slice(length);
const quoteMark = (text: string): string => QUOTE.exec(text)?.[0] ?? '';
const quoteDepth = (text: string): number => quoteMark(text).split('>').length - 1;

/** What a line is that stands outside code, comments and front matter. */
const layProse = (line: Line): LaidLine => {
  const quote = quoteMark(line.text).length;
  const text = blanked(line.text, quote);
  const inner = line.text.slice(quote);
  const laid = (role: LineRole, analysis: string): LaidLine => ({ ...line, role, analysis });
  const marked = (role: LineRole, mark: RegExp): LaidLine =>
    laid(role, blanked(text, quote + (mark.exec(inner)?.[0].length ?? 0)));

  if (!/\S/u.test(inner)) return quote === 0 ? laid('blank', text) : laid('alone', text);
  if (RULE.test(inner)) return laid(UNDERLINE.test(inner) ? 'underline' : 'alone', ' '.repeat(text.length));
  if (UNDERLINE.test(inner)) return laid('underline', ' '.repeat(text.length));
  if (HEADING.test(inner)) {
    const heading = marked('alone', HEADING);
    const analysis = heading.analysis.replace(HEADING_CLOSE, (close) => ' '.repeat(close.length));
    return { ...heading, analysis };
  }
  if (DEFINITION.test(inner)) return laid('verbatim', ' '.repeat(text.length));
  if (FOOTNOTE.test(inner)) return marked('item', FOOTNOTE);
  if (ITEM.test(inner)) return marked('item', ITEM);
  if (TABLE_ROW.test(inner))
    return laid(
      'alone',
      text.replaceAll(/\\?\|/gu, (mark) => ' '.repeat(mark.length)),
    );
  return laid('text', text);
};

const goesOn = (line: LaidLine, next: LaidLine): boolean => {
  if (line.end === 'piece') return true;
  if (line.role === 'verbatim' || next.role === 'verbatim') return line.role === next.role;
  if (next.role === 'underline') return line.role === 'text';
  if (line.role === 'alone' || line.role === 'underline' || next.role !== 'text') return false;
  if (HARD_BREAKS.some((mark) => line.text.endsWith(mark)) || quoteDepth(line.text) !== quoteDepth(next.text))
    return false;
  return !beginsDialogue(next.analysis, line.analysis);
};

/** Markdown. Line breaks within a paragraph mean nothing, as its standard has it, unless a line of dialogue follows. */
export const markdownLayout = (): Layout => new MarkdownLayout();

class MarkdownLayout implements Layout {
  /** What the lines until the closing one are not to be analysed for. */
  #inside: { readonly what: 'code fence' | 'comment'; readonly start: number; readonly close: string } | null = null;
  /** The document's first lines while they may be front matter. */
  #front: Line[] | null = [];
  #frontLength = 0;
  /** The line before. */
  #last: LaidLine | null = null;

  lay(line: Line): readonly LaidLine[] {
    return this.#front === null ? [this.#layLine(line)] : this.#layFront(this.#front, line);
  }

  end(): readonly LaidLine[] {
    return this.#noFront();
  }

  joins(lines: readonly LaidLine[]): readonly boolean[] {
    return lines.slice(1).map((next, i) => {
      const line = lines[i];
      return line !== undefined && goesOn(line, next);
    });
  }

  mask(analysis: string): string {
    return maskInline(analysis);
  }

  notices(): readonly string[] {
    if (this.#inside === null) return [];
    const { what, start } = this.#inside;
    return [`the ${what} at ${start} is never closed: what follows it was not analysed`];
  }

  /** Front matter is what stands between the document's first line and the next of its kind. */
  #layFront(front: Line[], line: Line): readonly LaidLine[] {
    const mark = FRONT_MATTER.exec(front[0]?.text ?? line.text)?.[1];
    front.push(line);
    this.#frontLength += line.text.length;
    if (mark === undefined || this.#frontLength > FRONT_MATTER_LENGTH_MAX) return this.#noFront();
    const isClose =
      front.length > 1 && (line.text.trimEnd() === mark || (mark === '---' && line.text.trimEnd() === '...'));
    if (!isClose) return [];
    this.#front = null;
    return front.map(asVerbatim);
  }

  #noFront(): readonly LaidLine[] {
    const lines = this.#front ?? [];
    this.#front = null;
    return lines.map((line) => this.#layLine(line));
  }

  #layLine(line: Line): LaidLine {
    // A piece of a line that goes on is no line of its own: `#` at its beginning heads nothing.
    if (this.#last?.end === 'piece') this.#last = continued(line, this.#last.role);
    else this.#last = this.#inside === null ? this.#layNew(line) : this.#layInside(line, this.#inside.close);
    return this.#last;
  }

  #layNew(line: Line): LaidLine {
    const fence = openFence(line.text);
    if (fence !== undefined) this.#inside = { what: 'code fence', start: line.start, close: fence };
    else if (COMMENT.test(line.text) && !line.text.includes(COMMENT_END))
      this.#inside = { what: 'comment', start: line.start, close: COMMENT_END };
    return this.#inside === null ? layProse(line) : asVerbatim(line);
  }

  #layInside(line: Line, close: string): LaidLine {
    const closes = close === COMMENT_END ? line.text.includes(close) : closesFence(line.text, close);
    if (closes) this.#inside = null;
    return asVerbatim(line);
  }
}

const continued = (line: Line, role: LineRole): LaidLine =>
  role === 'verbatim' ? asVerbatim(line) : { ...line, role, analysis: line.text };

const asVerbatim = (line: Line): LaidLine => ({ ...line, role: 'verbatim', analysis: ' '.repeat(line.text.length) });

/** Behind a fence of backticks none may follow on the line: that would be code within a line. */
const openFence = (text: string): string | undefined => {
  const [, fence, info] = FENCE.exec(text) ?? [];
  return fence?.startsWith('`') === true && info?.includes('`') === true ? undefined : fence;
};

/** A closing fence is made of the same sign, is at least as long, and has nothing behind it. */
const closesFence = (text: string, fence: string): boolean => {
  const mark = text.replace(QUOTE, '').trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
};
