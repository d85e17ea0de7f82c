import { HypersceneError } from '../errors.ts';
import type { ReadOptions } from './reader.ts';
import type { FromThread } from './reading-messages.ts';

/** What the thread says of one reading, in order, for one listener. */
export class ReadingChannel {
  readonly #onProgress: ReadOptions['onProgress'];
  readonly #arrived: FromThread[] = [];
  #failure: HypersceneError | null = null;
  #wake: () => void = () => {};

  constructor(onProgress: ReadOptions['onProgress']) {
    this.#onProgress = onProgress;
  }

  receive(message: FromThread): void {
    if (message.type === 'progress') {
      this.#tell(message.progress);
      return;
    }
    this.#arrived.push(message);
    this.#wake();
  }

  /** What comes now and later is not given out any more: a document is read as a whole or not at all. */
  fail(failure: HypersceneError): void {
    this.#failure ??= failure;
    this.#wake();
  }

  /** @throws HypersceneError what the channel failed with */
  async next(): Promise<FromThread> {
    while (true) {
      if (this.#failure !== null) throw this.#failure;
      const message = this.#arrived.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Thrown out of a message's handler, a listener's error would end the process. */
  #tell(progress: Parameters<NonNullable<ReadOptions['onProgress']>>[0]): void {
    try {
      this.#onProgress?.(progress);
    } catch (cause) {
      this.fail(new HypersceneError('INTERNAL', 'listening to the progress failed', { came: String(cause), cause }));
    }
  }
}
