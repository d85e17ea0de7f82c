import { type Transferable, Worker } from 'node:worker_threads';
import { fromErrorMessage, HypersceneError } from '../errors.ts';
import { cancelled } from './cancelled.ts';
import type { Markup, Reading, ReadingPart, ReadOptions, Survey } from './reader.ts';
import { ReadingChannel } from './reading-channel.ts';
import type { FromThread, ReaderThreadData, SentSource, ToThread } from './reading-messages.ts';

/** Parts that the thread may be ahead of the consumer: enough to keep both busy, little enough to hold. */
const PARTS_AHEAD = 4;

/** The reading thread as its owner sees it. */
export class ReaderThread {
  readonly #data: ReaderThreadData;
  readonly #channels = new Map<number, ReadingChannel>();
  #worker: Worker | null = null;
  #isClosed = false;
  #lastId = 0;
  /** Calls that wait for the thread: only they keep the process alive. */
  #waiting = 0;

  constructor(data: ReaderThreadData) {
    this.#data = data;
  }

  /** @throws HypersceneError as {@link Reader.read} */
  async open(
    source: SentSource,
    transfer: readonly Transferable[],
    { document, lang, markup, signal, onProgress }: ReadOptions & { readonly markup: Markup },
  ): Promise<Reading> {
    const id = ++this.#lastId;
    const channel = new ReadingChannel(onProgress);
    const onAbort = (): void => channel.fail(cancelled(signal?.reason));
    const dispose = async (): Promise<void> => {
      signal?.removeEventListener('abort', onAbort);
      channel.fail(cancelled());
      if (this.#channels.delete(id)) this.#post({ type: 'close', id });
    };
    try {
      const worker = this.#start();
      this.#channels.set(id, channel);
      signal?.addEventListener('abort', onAbort);
      worker.postMessage({ type: 'open', id, source, document, lang, markup } satisfies ToThread, transfer);
      const opened = await this.#wait(channel);
      if (opened.type !== 'opened') throw outOfStep(opened);
      return this.#reading(opened.survey, id, channel, dispose);
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#failAll(cancelled('the reader was closed'));
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #reading(survey: Survey, id: number, channel: ReadingChannel, dispose: () => Promise<void>): Reading {
    let isTaken = false;
    const parts = (): AsyncIterable<ReadingPart> => {
      if (isTaken) throw new HypersceneError('INTERNAL', "a reading's parts can be taken once only");
      isTaken = true;
      return this.#parts(id, channel);
    };
    return { ...survey, parts, dispose, [Symbol.asyncDispose]: dispose };
  }

  async *#parts(id: number, channel: ReadingChannel): AsyncGenerator<ReadingPart, void, undefined> {
    this.#post({ type: 'want', id, parts: PARTS_AHEAD });
    while (true) {
      const message = await this.#wait(channel);
      if (message.type === 'end') return;
      if (message.type !== 'part') throw outOfStep(message);
      yield message.part;
      this.#post({ type: 'want', id, parts: 1 });
    }
  }

  async #wait(channel: ReadingChannel): Promise<FromThread> {
    if (this.#waiting++ === 0) this.#worker?.ref();
    try {
      return await channel.next();
    } finally {
      if (--this.#waiting === 0) this.#worker?.unref();
    }
  }

  #post(message: ToThread): void {
    this.#worker?.postMessage(message);
  }

  #start(): Worker {
    if (this.#isClosed) throw cancelled('the reader was closed');
    if (this.#worker !== null) return this.#worker;
    const file = import.meta.url.endsWith('.ts') ? './reader.worker.ts' : './reader.worker.js';
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: this.#data,
      name: 'reader',
      // As for the store's. Reading takes some per cent longer, less than between two runs.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
      // A thread takes over its process's options, but refuses this one, which `node --eval` is given.
      execArgv: process.execArgv.filter((option) => !option.startsWith('--input-type')),
    });
    const stopped = (came: string, cause?: unknown): void => {
      if (this.#worker !== worker) return;
      // The next document starts another thread.
      this.#worker = null;
      this.#failAll(new HypersceneError('INTERNAL', 'the reading thread stopped', { came, cause }));
    };
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('messageerror', (error) => stopped('a message that cannot be read', error));
    worker.on('error', (error) => stopped(error instanceof Error ? error.message : String(error), error));
    worker.on('exit', (status) => stopped(`exit status ${status}`));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromThread): void {
    const channel = this.#channels.get(message.id);
    if (message.type === 'failed') channel?.fail(fromErrorMessage(message.error));
    else channel?.receive(message);
  }

  #failAll(error: HypersceneError): void {
    for (const channel of this.#channels.values()) channel.fail(error);
    this.#channels.clear();
  }
}

const outOfStep = ({ type }: FromThread): HypersceneError =>
  new HypersceneError('INTERNAL', 'the reading thread is out of step', { came: `message ${type}` });
