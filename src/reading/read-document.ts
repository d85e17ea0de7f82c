import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Transferable } from 'node:worker_threads';
import { throwIfAborted } from './cancelled.ts';
import { encodeUtf8 } from './encode-utf8.ts';
import { markupOf } from './open-reading.ts';
import { type DocumentSource, READING_LIMITS, type Reader, type ReadingLimits } from './reader.ts';
import { ReaderThread } from './reader-thread.ts';
import type { SentSource } from './reading-messages.ts';
import { spool, tooLarge } from './spool.ts';

export interface ReaderOptions extends Partial<ReadingLimits> {
  /**
   * Address of a module that exports `openSentenceReader` in place of the deterministic readers: the thread imports it
   * itself, since functions do not cross threads.
   */
  readonly sentenceReaders?: URL | undefined;
}

/**
 * A reader that works in a thread of its own, so that the caller's event loop stays free. The thread starts with the
 * first document, serves all that follow, and keeps no process alive while there is nothing to read.
 */
export const openReader = async (options: ReaderOptions = {}): Promise<Reader> => {
  const {
    bytesMax = READING_LIMITS.bytesMax,
    sceneLengthMax = READING_LIMITS.sceneLengthMax,
    sentenceReaders,
  } = options;
  const thread = new ReaderThread({
    limits: { bytesMax, sceneLengthMax },
    sentenceReaders: sentenceReaders?.href ?? null,
  });
  return {
    read: async (source, readOptions) => {
      throwIfAborted(readOptions.signal);
      const { sent, transfer } = await prepare(source, bytesMax, readOptions.signal);
      return thread.open(sent, transfer, { ...readOptions, markup: markupOf(source, readOptions) });
    },
    close: () => thread.close(),
  };
};

interface Prepared {
  readonly sent: SentSource;
  readonly transfer: readonly Transferable[];
}

const prepare = async (source: DocumentSource, bytesMax: number, signal?: AbortSignal): Promise<Prepared> => {
  if ('path' in source) return { sent: { path: source.path }, transfer: [] };
  if ('text' in source) return prepareText(source.text, bytesMax, signal);
  const handle = await spool(source.stream, bytesMax, signal);
  return { sent: { handle }, transfer: [handle as FileHandle & Transferable] };
};

const prepareText = async (text: string, bytesMax: number, signal?: AbortSignal): Promise<Prepared> => {
  if (text.length > bytesMax) throw tooLarge(bytesMax, `at least ${text.length} bytes`);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (const chunk of encodeUtf8(text)) {
    chunks.push(chunk);
    // Others have their turn: a text of 64 MB takes a fifth of a second in all.
    await setImmediate();
    throwIfAborted(signal);
  }
  return { sent: { chunks }, transfer: chunks.map(({ buffer }) => buffer) };
};
