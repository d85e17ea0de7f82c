import type { ErrorMessage } from '../../errors.ts';
import type { SentParameters } from '../packed-rows.ts';

/** The name is for errors. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** What the store's thread is asked to do; `id` comes back with the answer. */
export type Request =
  | { readonly id: number; readonly type: 'open'; readonly path: string }
  | {
      readonly id: number;
      readonly type: 'run';
      readonly statement: Statement;
      /** Begins with its first statement; null for a statement outside any. */
      readonly transaction: number | null;
      /** Not beside another statement of its transaction, but behind those that came before. */
      readonly alone: boolean;
      readonly parameters: SentParameters;
    }
  /** A snapshot of as many statements, which costs one message each way. What waits of the second is asked for by `id + 1`. */
  | {
      readonly id: number;
      readonly type: 'look';
      readonly statements: readonly Statement[];
      readonly parameters: SentParameters;
    }
  /** The next slice of an answer that has more. */
  | { readonly id: number; readonly type: 'more'; readonly answer: number }
  | { readonly id: number; readonly type: 'commit'; readonly transaction: number }
  /** Rolls back what only read; has no answer: a message less for a look-up that takes 0.5 ms. */
  | { readonly id: number; readonly type: 'forget'; readonly transaction: number }
  | { readonly id: number; readonly type: 'rollback'; readonly transaction: number }
  | { readonly id: number; readonly type: 'close' };

/** One slice of rows, column by column name once. */
export interface RowSlice {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** More rows wait: ask for them by the id of the request that ran the statement. */
  readonly more: boolean;
}

export type Response =
  | { readonly id: number; readonly ok: true; readonly slices: readonly RowSlice[] }
  | { readonly id: number; readonly ok: false; readonly error: ErrorMessage };

/**
 * Values a message carries at most, of all its rows, but one row at least. The receiving thread deserialises a message in one go, 500
 * scenes of 14 values in about 2 ms, as many values of 1,750 couplings in as much, and asks for the next slice afterwards, so that other
 * work comes between.
 */
export const SLICE_VALUES = 7000;
/** And no more of text than this, in UTF-16 code units, but one row at least. */
export const SLICE_UNITS = 2 ** 20;
