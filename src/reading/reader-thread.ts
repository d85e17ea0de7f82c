import { once } from 'node:events';
import { type Transferable, Worker } from 'node:worker_threads';
import { fromErrorMessage, HypersceneError } from '../errors.ts';
import { cancelled } from './cancelled.ts';
import type { Markup, Reading, ReadOptions } from './reader.ts';
import type { FromThread, ReaderThreadData, SentSource, ToThread } from './reading-messages.ts';
import { ThreadedReading } from './threaded-reading.ts';

/** The reading thread as its owner sees it. */
export class ReaderThread {
  readonly #data: ReaderThreadData;
  readonly #readings = new Map<number, ThreadedReading>();
  #worker: Worker | null = null;
  #isClosed = false;
  #ids = 0;
  /** Calls that wait for the thread; while there are any, it keeps the process alive. */
  #waiting = 0;

  constructor(data: ReaderThreadData) {
    this.#data = data;
  }
}
