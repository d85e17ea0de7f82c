import { HypersceneError } from '../errors.ts';

/** Bytes of UTF-8 in a stored chunk at most. */
export const CHUNK_BYTES_MAX = 2 ** 20;

/** Code units that surely fit a chunk: none takes more than three bytes. */
const SAFE_UNITS = Math.floor(CHUNK_BYTES_MAX / 3);

const endsInHighSurrogate = (text: string): boolean => {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
};

/**
 * Turns text that arrives in pieces of any length into chunks of at most 1 MiB of UTF-8, none of which parts a
 * surrogate pair, whatever the pieces did. The text of all chunks joined is the text of all pieces joined.
 */
export class TextChunks {
  #rest = '';
  #length = 0;

  /** UTF-16 code units so far. */
  get length(): number {
    return this.#length;
  }

  /** The chunks that are full. @throws HypersceneError LONE_SURROGATE */
  add(text: string): readonly string[] {
    this.#length += text.length;
    this.#rest += text;
    const full: string[] = [];
    let from = 0;
    while (this.#rest.length - from > SAFE_UNITS) {
      const piece = this.#rest.slice(from, from + SAFE_UNITS);
      const cut = endsInHighSurrogate(piece) ? piece.slice(0, -1) : piece;
      full.push(this.#checked(cut, from));
      from += cut.length;
    }
    this.#rest = this.#rest.slice(from);
    return full;
  }

  /** What is left. @throws HypersceneError LONE_SURROGATE */
  finish(): readonly string[] {
    const rest = this.#rest;
    if (rest === '') return [];
    const last = this.#checked(rest, 0);
    this.#rest = '';
    return [last];
  }

  #checked(chunk: string, from: number): string {
    if (chunk.isWellFormed()) return chunk;
    const offset = this.#length - this.#rest.length + from;
    throw new HypersceneError('LONE_SURROGATE', 'the text holds half a surrogate pair', {
      at: `UTF-16 offset ${offset} or behind`,
    });
  }
}
