import { cutNear } from './cut.ts';

/** A line, or a piece of a very long one. */
export interface Line {
  /** Of the first unit, in UTF-16 units of the document. */
  readonly start: number;
  /** Without its line break. */
  readonly text: string;
  /** One or two units; empty for a piece and for the last line. */
  readonly lineBreak: string;
  /**
   * How it ends: `line`, a line break; `page`, a form feed or a paragraph separator, which end a paragraph whatever
   * follows; `piece`, the line goes on; `text`, the document ends.
   */
  readonly end: 'line' | 'page' | 'piece' | 'text';
}

/** Longer lines come in pieces, so that a document of a single line of 60 MB is held a piece at a time. */
const LINE_LENGTH_MAX = 8_192;

/**
 * All that is a line break and white space both. U+0085 is not: JavaScript's `\s` does not know it, so it would stand
 * between scenes uncovered.
 */
const LINE_BREAK = /\r\n|[\n\v\f\r\u2028\u2029]/gu;
const PAGE_BREAKS: ReadonlySet<string> = new Set(['\f', '\u2029']);

/** Splits streamed text into lines; where they lie does not depend on how the text was cut. */
export class LineSplitter {
  /** What no line was made of yet; it starts at `#start` in the document. */
  #rest = '';
  #start = 0;

  push(text: string): Line[] {
    return this.#lines(text, false);
  }

  /** The last line, which has no line break; empty where the text ends with one. */
  end(): Line[] {
    return this.#lines('', true);
  }

  #lines(text: string, isLast: boolean): Line[] {
    const buffer = this.#rest + text;
    // A carriage return at the very end may be the first half of CR LF.
    const limit = !isLast && buffer.endsWith('\r') ? buffer.length - 1 : buffer.length;
    const lines: Line[] = [];
    let from = 0;
    for (const { index, 0: lineBreak } of buffer.slice(0, limit).matchAll(LINE_BREAK)) {
      from = this.#pieces(buffer, from, index, lines);
      const end = PAGE_BREAKS.has(lineBreak) ? 'page' : 'line';
      lines.push({ start: this.#start + from, text: buffer.slice(from, index), lineBreak, end });
      from = index + lineBreak.length;
    }
    from = this.#pieces(buffer, from, limit, lines);
    if (isLast && from < limit) {
      lines.push({ start: this.#start + from, text: buffer.slice(from, limit), lineBreak: '', end: 'text' });
      from = limit;
    }
    this.#rest = buffer.slice(from);
    this.#start += from;
    return lines;
  }

  /** Cuts pieces off while the line from `from` to `to` is too long; where the rest starts. */
  #pieces(buffer: string, from: number, to: number, lines: Line[]): number {
    let start = from;
    while (to - start > LINE_LENGTH_MAX) {
      const end = start + cutNear(buffer.slice(start, start + LINE_LENGTH_MAX + 1), LINE_LENGTH_MAX);
      lines.push({ start: this.#start + start, text: buffer.slice(start, end), lineBreak: '', end: 'piece' });
      start = end;
    }
    return start;
  }
}
