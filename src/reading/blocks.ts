import { cutNear } from './cut.ts';
import type { LaidLine, Layout } from './layout.ts';
import { type Line, LineSplitter } from './lines.ts';

/** A stretch of text in which no line break ends a sentence: a paragraph, a heading, a verse, a list item, some code. */
export interface Block {
  /** In UTF-16 units of the document. */
  readonly start: number;
  /** The document's slice, line breaks included; at most {@link BLOCK_LENGTH_MAX} units. */
  readonly text: string;
  /** `text` with line breaks and syntax replaced by spaces; of the same length. */
  readonly analysis: string;
  /** `verbatim` is covered by scenes but not analysed: code, front matter. */
  readonly kind: 'prose' | 'verbatim';
  /** It ends within a sentence, since that was longer than a block may be. */
  readonly cut: boolean;
}

/** Bounds what is held at a time; the longest paragraph of Gogol's Overcoat is half as long. */
export const BLOCK_LENGTH_MAX = 32_768;
/** A block that goes on must leave room for the longest line. */
const HELD_LENGTH_MAX = 24_576;

/** Where the last sentence of an analysed text starts; 0 where there is but one. */
export type LastSentence = (analysis: string) => number;

/**
 * Groups streamed text into blocks. Between blocks there is only white space. Where they lie depends on the text alone,
 * not on how it was cut into chunks. Holds at most two blocks' length.
 */
export class BlockSplitter {
  readonly #lines = new LineSplitter();
  readonly #layout: Layout;
  readonly #lastSentence: LastSentence;
  /** Lines of which no blocks were made yet, without a blank one among them. */
  #group: LaidLine[] = [];
  #groupLength = 0;

  constructor(layout: Layout, lastSentence: LastSentence) {
    this.#layout = layout;
    this.#lastSentence = lastSentence;
  }

  *push(text: string): Generator<Block, void, undefined> {
    for (const line of this.#lines.push(text)) yield* this.#line(line);
  }

  *end(): Generator<Block, void, undefined> {
    for (const line of this.#lines.end()) yield* this.#line(line);
    for (const laid of this.#layout.end()) yield* this.#laid(laid);
    yield* this.#settle();
  }

  *#line(line: Line): Generator<Block, void, undefined> {
    for (const laid of this.#layout.lay(line)) yield* this.#laid(laid);
  }

  *#laid(line: LaidLine): Generator<Block, void, undefined> {
    if (line.role !== 'blank') {
      this.#group.push(line);
      this.#groupLength += lengthOf(line);
    }
    if (line.role === 'blank' || line.end === 'page') yield* this.#settle();
    else if (this.#groupLength > BLOCK_LENGTH_MAX) yield* this.#settlePart();
  }

  /** The group ends here. */
  *#settle(): Generator<Block, void, undefined> {
    const runs = this.#runs();
    this.#hold([]);
    for (const run of runs) yield this.#block(run);
  }

  /** The group grows too long: all but its last block, which may go on. */
  *#settlePart(): Generator<Block, void, undefined> {
    const runs = this.#runs();
    const last = runs.pop() ?? [];
    this.#hold(last);
    for (const run of runs) yield this.#block(run);
    if (this.#groupLength > HELD_LENGTH_MAX) yield this.#cutBlock(last);
  }

  #hold(lines: LaidLine[]): void {
    this.#group = lines;
    this.#groupLength = lines.reduce((length, line) => length + lengthOf(line), 0);
  }

  #runs(): LaidLine[][] {
    if (this.#group.length === 0) return [];
    const joins = this.#layout.joins(this.#group);
    const runs: LaidLine[][] = [];
    this.#group.forEach((line, i) => {
      const run = runs.at(-1);
      if (run !== undefined && joins[i - 1] === true) run.push(line);
      else runs.push([line]);
    });
    return runs;
  }

  /** Takes the beginning of a block that is too long, up to its last sentence where one begins in its second half. */
  #cutBlock(run: LaidLine[]): Block {
    const whole = this.#block(run);
    const window = whole.analysis.slice(0, BLOCK_LENGTH_MAX);
    const sentence = whole.kind === 'prose' ? this.#lastSentence(window) : 0;
    const limit = Math.min(BLOCK_LENGTH_MAX, whole.text.length - 1);
    const cut = sentence > HELD_LENGTH_MAX / 2 ? sentence : cutNear(whole.text, limit);
    this.#hold(linesFrom(run, whole.start + cut));
    const isCut = cut !== sentence && whole.kind === 'prose';
    return { ...whole, text: whole.text.slice(0, cut), analysis: whole.analysis.slice(0, cut), cut: isCut };
  }

  #block(run: readonly LaidLine[]): Block {
    const text = run.map((line, i) => line.text + (i < run.length - 1 ? line.lineBreak : '')).join('');
    const analysis = run.map((line) => line.analysis + ' '.repeat(line.lineBreak.length)).join('');
    return {
      start: run[0]?.start ?? 0,
      text,
      analysis: this.#layout.mask(analysis.slice(0, text.length)),
      kind: run[0]?.role === 'verbatim' ? 'verbatim' : 'prose',
      cut: false,
    };
  }
}

const lengthOf = (line: LaidLine): number => line.text.length + line.lineBreak.length;

/** What of the lines lies behind an offset of the document. */
const linesFrom = (run: readonly LaidLine[], offset: number): LaidLine[] => {
  const rest = run.filter((line) => line.start + line.text.length > offset);
  const [first, ...others] = rest;
  if (first === undefined || first.start >= offset) return rest;
  const taken = offset - first.start;
  const role = first.role === 'item' ? 'text' : first.role;
  return [
    { ...first, role, start: offset, text: first.text.slice(taken), analysis: first.analysis.slice(taken) },
    ...others,
  ];
};
