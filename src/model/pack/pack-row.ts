import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { type Digest, digestOf } from '../../scene/digest.ts';
import { type FigureKey, parseFigureKey } from '../../scene/figure.ts';
import { LEVEL_MAX, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import { codeRow, isRowKey, type RowKey } from '../row-key.ts';
import { unreadable } from './pack-file.ts';
import { LINE_BYTES_MAX, ROW_FIGURES_MAX, TEXT_LENGTH_MAX } from './pack-limits.ts';
import { faultsOf } from './pack-manifest.ts';

/** A line of `rows.jsonl`: what a row stands for, so that a pack can be shown and checked without a store. */
export interface PackRow {
  readonly key: RowKey;
  /** Whether its output is trained too. */
  readonly predicted: boolean;
  /** Of a code, as {@link Hypertoken} has it; null where it is not told, and of all else. */
  readonly level: number | null;
  /** Of a code, whose digest is that of its form; null where it is not told, and of all else. */
  readonly form: string | null;
  readonly figures: readonly FigureKey[];
  /** For people, in the language of its training: порогтишинасдерживание. Never compared. */
  readonly hyperlexeme: string | null;
}

/** What the digest of a form begins with, by level. */
const domainOf = (level: number): string => {
  if (level === VIEW_LEVEL) return 'view';
  if (level === 0) return 'figure';
  return level === 1 ? 'motif' : 'community';
};

export const digestOfForm = (level: number, form: string): Digest => digestOf(domainOf(level), form);

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const isOf = (form: string | null, figure: string | undefined): boolean =>
  form === null || figure === undefined || form === figure;

const wellFormed = z.string().refine((text) => text.isWellFormed(), 'no lone surrogates');

const shape = z
  .object({
    row: z.int(),
    key: z.string().refine(isRowKey, 'code:DIGEST, facet:KIND.KEY, facet:none or scene:ID'),
    predicted: z.boolean(),
    level: z.int().min(VIEW_LEVEL).max(LEVEL_MAX).nullable().default(null),
    form: wellFormed.nullable().default(null),
    figures: z
      .array(z.string().refine((key) => parseFigureKey(key) !== null, 'a figure of this version'))
      .max(ROW_FIGURES_MAX)
      .default([]),
    hyperlexeme: wellFormed.min(1).max(TEXT_LENGTH_MAX).nullable().default(null),
  })
  .refine(({ key, level, form }) => key.startsWith('code:') || (level === null && form === null), {
    message: 'level and form of a code alone',
    path: ['level'],
  })
  .refine(({ level, form }) => form === null || level !== null, { message: 'the level of the form', path: ['level'] })
  .refine(({ level, form }) => level !== 0 || form === null || parseFigureKey(form) !== null, {
    message: 'a figure of this version',
    path: ['form'],
  })
  .refine(({ level, form, figures: [first, ...rest] }) => level !== 0 || (rest.length === 0 && isOf(form, first)), {
    message: 'the one of the form',
    path: ['figures'],
  });

/**
 * @param row that it has to be: the lines are in order
 * @param at as an error names the line
 * @throws HypersceneError PACK_UNREADABLE, also for a code whose digest is not that of its form
 */
export const parseRow = (line: Uint8Array, row: number, at: string): PackRow => {
  try {
    const { row: told, ...parsed } = shape.parse(JSON.parse(UTF8.decode(line)));
    if (told !== row) throw unreadable(at, { expected: `row ${row}`, came: `row ${told}` });
    const { key, level, form } = parsed;
    if (level !== null && form !== null) {
      const expected = codeRow(digestOfForm(level, form));
      if (key !== expected) throw unreadable(at, { expected: `${expected}, the digest of its form`, came: key });
    }
    return parsed as PackRow;
  } catch (cause) {
    if (cause instanceof HypersceneError) throw cause;
    throw unreadable(at, { came: cause instanceof z.ZodError ? faultsOf(cause) : String(cause), cause });
  }
};

/** Without what is null or empty. */
export const formatRow = ({ key, predicted, level, form, figures, hyperlexeme }: PackRow, row: number): string =>
  `${JSON.stringify({
    row,
    key,
    predicted,
    ...(level === null ? {} : { level }),
    ...(form === null ? {} : { form }),
    ...(figures.length === 0 ? {} : { figures }),
    ...(hyperlexeme === null ? {} : { hyperlexeme }),
  })}\n`;

const LINE_END = 0x0a;

/**
 * Lines of a stream of bytes, without their ends; the last may have none.
 * @param at as an error names the file
 * @throws HypersceneError PACK_UNREADABLE for one of more than {@link LINE_BYTES_MAX}
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, at: string): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let count = 0;
  const add = (part: Uint8Array): void => {
    waitingBytes += part.byteLength;
    if (waitingBytes > LINE_BYTES_MAX)
      throw unreadable(`${at} line ${count + 1}`, { expected: `${LINE_BYTES_MAX} bytes at most`, came: 'more' });
    // A copy: the next piece comes in the same buffer.
    waiting.push(part.slice());
  };
  const take = (): Uint8Array => {
    const line = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    count++;
    return line;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, from)) {
      add(piece.subarray(from, end));
      from = end + 1;
      yield take();
    }
    if (from < piece.byteLength) add(piece.subarray(from));
  }
  if (waitingBytes > 0) yield take();
}
