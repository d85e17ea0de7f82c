import type { Line } from './lines.ts';

/** What a line is in the make-up of its document. */
export type LineRole =
  /** Nothing but white space: ends a block. */
  | 'blank'
  /** Running text: whether it goes on with the line before depends on both. */
  | 'text'
  /** Begins a block; lines may follow on. */
  | 'item'
  /** A block of its own: a heading, a rule, a table's row. */
  | 'alone'
  /** Ends the block that it follows on: what is under a heading. */
  | 'underline'
  /** Covered but not analysed: code, front matter. */
  | 'verbatim';

export interface LaidLine extends Line {
  readonly role: LineRole;
  /** `text` with what is not to be analysed replaced by spaces; of the same length. */
  readonly analysis: string;
}

/** What is particular to a kind of document: how it tells its blocks apart and what in it is syntax. */
export interface Layout {
  /** Lines come back in order; some may be held back until a later line has told what they are. */
  lay(line: Line): readonly LaidLine[];
  /** What was still held back when the document ended. */
  end(): readonly LaidLine[];
  /**
   * @param lines lines without a blank one among them
   * @returns for each line but the first: does it go on with the line before?
   */
  joins(lines: readonly LaidLine[]): readonly boolean[];
  /** Masks the syntax that may run over several lines of a block; the length stays. */
  mask(analysis: string): string;
  /** What a person would want to know about the document's make-up, at its end. */
  notices(): readonly string[];
}
