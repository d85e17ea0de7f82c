import { Piscina } from 'piscina';
import type { LongBody, ParsedBody, parseLongBody } from './long-body-worker.ts';

/** Bytes of a piece that is handed to the thread. */
const PIECE_BYTES = 2 ** 20;
const IDLE_MS = 10_000;

/** Bytes that come in chunks of any size, copied into pieces of one, which a thread can be given without copying them again. */
export class Pieces {
  readonly #full: Uint8Array<ArrayBuffer>[] = [];
  #last = new Uint8Array(PIECE_BYTES);
  #used = 0;

  add(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + PIECE_BYTES - this.#used);
      this.#last.set(part, this.#used);
      this.#used += part.length;
      from += part.length;
      if (this.#used < PIECE_BYTES) continue;
      this.#full.push(this.#last);
      this.#last = new Uint8Array(PIECE_BYTES);
      this.#used = 0;
    }
  }

  all(): readonly Uint8Array<ArrayBuffer>[] {
    return [...this.#full, this.#last.subarray(0, this.#used)];
  }
}

/** One thread that parses long bodies, one after the other; it starts when first needed and ends when it is idle. */
export interface LongBodyThread {
  parse(pieces: Pieces, structureMax: number): Promise<ParsedBody>;
  close(): Promise<void>;
}

const NAME: keyof { parseLongBody: typeof parseLongBody } = 'parseLongBody';

/**
 * Decoding and parsing 60 MB of JSON takes 0.2 s, and several seconds where it is nothing but brackets: neither belongs on the event loop.
 * A thread of its own, since those that compute may be at work for minutes.
 */
export const openLongBodyThread = (): LongBodyThread => {
  const file = import.meta.url.endsWith('.ts') ? './long-body-worker.ts' : './long-body-worker.js';
  const pool = new Piscina({
    filename: new URL(file, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  return {
    parse: (collected, structureMax) => {
      const pieces = collected.all();
      const task: LongBody = { pieces, structureMax };
      const transferList = pieces.map(({ buffer }) => buffer);
      return pool.run(task, { name: NAME, transferList }) as Promise<ParsedBody>;
    },
    close: () => pool.close({ force: true }),
  };
};
