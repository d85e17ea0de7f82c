import type { FileHandle } from 'node:fs/promises';
import type { ErrorMessage } from '../errors.ts';
import type { DocumentId, Language } from '../scene/scene.ts';
import type { Markup, ReadingLimits, ReadingPart, ReadingProgress, Survey } from './reader.ts';

/** What the reading thread is given when it starts. */
export interface ReaderThreadData {
  readonly limits: ReadingLimits;
  /** Address of a module whose `openSentenceReader` is to be used; null for the deterministic readers. */
  readonly sentenceReaders: string | null;
}

/** Bytes on their way to the thread: a file's name, or an open file or memory that is handed over for good. */
export type SentSource =
  | { readonly path: string }
  | { readonly handle: FileHandle }
  | { readonly chunks: readonly Uint8Array<ArrayBuffer>[] };

/** `id` numbers the readings of one thread. */
export type ToThread =
  | {
      readonly type: 'open';
      readonly id: number;
      readonly source: SentSource;
      readonly document: DocumentId;
      readonly lang: Language | undefined;
      readonly markup: Markup;
    }
  /** Parts that may be sent without being asked for again. */
  | { readonly type: 'want'; readonly id: number; readonly parts: number }
  /** Stops what is under way and lets the document go. */
  | { readonly type: 'close'; readonly id: number };

export type FromThread =
  | { readonly type: 'opened'; readonly id: number; readonly survey: Survey }
  | { readonly type: 'progress'; readonly id: number; readonly progress: ReadingProgress }
  | { readonly type: 'part'; readonly id: number; readonly part: ReadingPart }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorMessage };
