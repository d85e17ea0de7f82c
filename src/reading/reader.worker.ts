import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { HypersceneError, toErrorMessage } from '../errors.ts';
import type { Language } from '../scene/scene.ts';
import { type ByteSource, chunksSource, handleSource, openFile } from './byte-source.ts';
import { throwIfAborted } from './cancelled.ts';
import { type OpenSentenceReader, openReading } from './open-reading.ts';
import type { Reading } from './reader.ts';
import type { FromThread, ReaderThreadData, SentSource, ToThread } from './reading-messages.ts';
import type { SentenceReader } from './sentence-reader.ts';

/*
 * The reading thread. Several readings may be under way at once; each yields to the others, and to messages, after
 * every part it has sent.
 */

const { limits, sentenceReaders } = workerData as ReaderThreadData;

interface ThreadReading {
  readonly id: number;
  readonly abort: AbortController;
  /** What is under way. */
  work: Promise<void>;
  reading: Reading | null;
  isSending: boolean;
  /** Parts that may be sent. */
  wanted: number;
  /** Ends the wait for more to be wanted. */
  wake: () => void;
}

const readings = new Map<number, ThreadReading>();

const send = (message: FromThread): void => parentPort?.postMessage(message);

/** Sentence readers are kept, since a dictionary takes a while to open, and opened only when their language comes. */
const opened = new Map<Language, Promise<SentenceReader>>();

const openSentenceReader: OpenSentenceReader = (lang) => {
  const known = opened.get(lang);
  if (known !== undefined) return known;
  const opening = importSentenceReaders().then((open) => open(lang));
  opened.set(lang, opening);
  opening.catch(() => opened.delete(lang));
  return opening;
};

const importSentenceReaders = async (): Promise<OpenSentenceReader> => {
  if (sentenceReaders === null) return (await import('./open-sentence-reader.ts')).openSentenceReader;
  const module = (await import(sentenceReaders)) as { readonly openSentenceReader: OpenSentenceReader };
  return module.openSentenceReader;
};

const openSent = async (source: SentSource, signal: AbortSignal): Promise<ByteSource> => {
  if ('path' in source) return openFile(source.path, limits.bytesMax, signal);
  return 'handle' in source ? handleSource(source.handle) : chunksSource(source.chunks);
};

const open = async (
  state: ThreadReading,
  { source, document, lang, markup }: ToThread & { readonly type: 'open' },
): Promise<void> => {
  const { id, abort } = state;
  const reading = await openReading(
    await openSent(source, abort.signal),
    {
      document,
      lang,
      markup,
      signal: abort.signal,
      onProgress: (progress) => send({ type: 'progress', id, progress }),
    },
    limits,
    openSentenceReader,
  );
  state.reading = reading;
  const { sha256, bytes, length } = reading;
  send({ type: 'opened', id, survey: { sha256, bytes, length, lang: reading.lang } });
};

const sendParts = async (state: ThreadReading): Promise<void> => {
  const { id, abort } = state;
  if (state.reading === null)
    throw new HypersceneError('INTERNAL', 'parts were asked for before the document was open');
  for await (const part of state.reading.parts()) {
    while (state.wanted === 0 && !abort.signal.aborted) {
      await new Promise<void>((resolve) => {
        state.wake = resolve;
      });
    }
    throwIfAborted(abort.signal);
    state.wanted--;
    send({ type: 'part', id, part });
    await setImmediate();
  }
  send({ type: 'end', id });
};

/** Whatever fails is told to the other side, which then closes the reading. */
const orTell = async (id: number, work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    send({ type: 'failed', id, error: toErrorMessage(error) });
  }
};

const close = async (state: ThreadReading): Promise<void> => {
  readings.delete(state.id);
  state.abort.abort();
  state.wake();
  await state.work;
  await state.reading?.dispose();
};

const begin = (id: number): ThreadReading => {
  const state: ThreadReading = {
    id,
    abort: new AbortController(),
    work: Promise.resolve(),
    reading: null,
    isSending: false,
    wanted: 0,
    wake: () => {},
  };
  readings.set(id, state);
  return state;
};

parentPort?.on('message', (message: ToThread) => {
  const state = message.type === 'open' ? begin(message.id) : readings.get(message.id);
  if (state === undefined) return;
  switch (message.type) {
    case 'open':
      state.work = orTell(state.id, open(state, message));
      break;
    case 'want':
      state.wanted += message.parts;
      state.wake();
      if (!state.isSending) {
        state.isSending = true;
        state.work = orTell(state.id, sendParts(state));
      }
      break;
    case 'close':
      void orTell(state.id, close(state));
      break;
    default:
      message satisfies never;
  }
});
