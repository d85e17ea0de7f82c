import { HypersceneError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { GgufBigType, GgufNumberType } from './gguf-header.ts';
import { GGUF_LIMITS } from './gguf-limits.ts';

/** Holds the longest key or kept string with its length, and is read in one call. */
const WINDOW_BYTES = 2 ** 17;

/**
 * Reads a source forwards through one window. `fill` waits for bytes; what takes them does not wait, since a vocabulary has a
 * million strings and a promise for each would take longer than all else.
 */
export class GgufCursor {
  readonly #source: ByteSource;
  readonly #end: number;
  readonly #window: Buffer;
  /** Of the window's first byte in the source. */
  #base: number;
  /** What is not taken yet: from, to. */
  #from = 0;
  #to = 0;

  /** @param end the header ends before it: anything behind it is refused as too large */
  constructor(source: ByteSource, start: number, end: number) {
    this.#source = source;
    this.#end = end;
    this.#base = start;
    this.#window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, Math.max(source.bytes, 16)));
  }

  /** From the source's start. */
  get offset(): number {
    return this.#base + this.#from;
  }

  /** Bytes that can be taken without waiting. */
  get ready(): number {
    return this.#to - this.#from;
  }

  /**
   * Waits until as many can be taken.
   * @param bytes at most 128 KiB
   * @throws HypersceneError GGUF_TRUNCATED, GGUF_TOO_LARGE
   */
  async fill(bytes: number): Promise<void> {
    if (this.ready >= bytes) return;
    this.check(bytes);
    this.#window.copyWithin(0, this.#from, this.#to);
    this.#base += this.#from;
    this.#to -= this.#from;
    this.#from = 0;
    this.#to += await this.#source.read(this.#window.subarray(this.#to), this.#base + this.#to);
    if (this.ready < bytes) this.#truncated(bytes);
  }

  /** Whether the source has as many, which need not fit the window. @throws HypersceneError GGUF_TRUNCATED, GGUF_TOO_LARGE */
  check(bytes: number): void {
    if (this.offset + bytes > this.#source.bytes) this.#truncated(bytes);
    if (this.offset + bytes > this.#end)
      throw new HypersceneError('GGUF_TOO_LARGE', 'the header of the model is too long', {
        at: this.#source.name,
        expected: `at most ${GGUF_LIMITS.headerBytesMax} bytes`,
        came: `${this.offset + bytes} or more`,
      });
  }

  #truncated(bytes: number): never {
    throw new HypersceneError('GGUF_TRUNCATED', 'the model ends too early', {
      at: this.#source.name,
      expected: `${bytes} bytes at byte ${this.offset}`,
      came: `a file of ${this.#source.bytes}`,
    });
  }

  /** Passes over bytes without reading those that are not here yet. @throws HypersceneError GGUF_TRUNCATED, GGUF_TOO_LARGE */
  skip(bytes: number): void {
    if (bytes <= this.ready) {
      this.#from += bytes;
      return;
    }
    this.check(bytes);
    this.#base = this.offset + bytes;
    this.#from = 0;
    this.#to = 0;
  }

  /** Those that {@link fill} waited for; valid until the next one. */
  take(bytes: number): Buffer {
    const from = this.#from;
    this.#from += bytes;
    return this.#window.subarray(from, this.#from);
  }

  /** The next as text; each byte a character for `latin1`. */
  takeText(bytes: number, encoding: 'utf8' | 'latin1'): string {
    const from = this.#from;
    this.#from += bytes;
    return this.#window.toString(encoding, from, this.#from);
  }

  /** A length or a count. @returns inexact from 2^53 on, which is above every limit */
  takeSize(): number {
    const from = this.#from;
    this.#from += 8;
    return this.#window.readUInt32LE(from) + this.#window.readUInt32LE(from + 4) * 2 ** 32;
  }

  takeBig(type: GgufBigType): bigint {
    const bytes = this.take(8);
    return type === 'u64' ? bytes.readBigUInt64LE() : bytes.readBigInt64LE();
  }

  takeNumber(type: GgufNumberType): number {
    switch (type) {
      case 'u8':
        return this.take(1).readUInt8();
      case 'i8':
        return this.take(1).readInt8();
      case 'u16':
        return this.take(2).readUInt16LE();
      case 'i16':
        return this.take(2).readInt16LE();
      case 'u32':
        return this.take(4).readUInt32LE();
      case 'i32':
        return this.take(4).readInt32LE();
      case 'f32':
        return this.take(4).readFloatLE();
      case 'f64':
        return this.take(8).readDoubleLE();
      default:
        return type satisfies never;
    }
  }
}
