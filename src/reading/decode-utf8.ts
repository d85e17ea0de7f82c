import { isUtf8 } from 'node:buffer';
import { HypersceneError } from '../errors.ts';

/** Longest UTF-8 sequence in bytes. */
const SEQUENCE_LENGTH_MAX = 4;

/**
 * Strict UTF-8: no replacement characters, no overlong forms, no surrogates; a byte order mark is kept as U+FEFF, so
 * that the text gives the bytes back.
 * @param bytes whole characters only, as {@link characterChunks} cuts them
 * @param offset where the bytes stand in the document, for the error
 * @throws HypersceneError NOT_UTF8
 */
export const decodeUtf8 = (bytes: Buffer, offset: number): string => {
  if (!isUtf8(bytes)) throw notUtf8(bytes, offset);
  return bytes.toString('utf8');
};

const notUtf8 = (bytes: Buffer, offset: number): HypersceneError => {
  const at = firstIllFormed(bytes);
  const hex = (
    bytes
      .subarray(at, at + SEQUENCE_LENGTH_MAX)
      .toString('hex')
      .match(/../gu) ?? []
  )
    .join(' ')
    .toUpperCase();
  const isUtf16 = offset + at === 0 && /^(?:FF FE|FE FF)/u.test(hex);
  return new HypersceneError('NOT_UTF8', 'not UTF-8', {
    at: `byte ${offset + at}`,
    expected: 'UTF-8 (convert another encoding first, with iconv for example)',
    came: isUtf16 ? `the byte order mark of UTF-16, ${hex}` : `bytes ${hex}`,
  });
};

/** What a lead byte announces: the sequence's length and the range of its second byte (Unicode 16, table 3-7). */
interface Sequence {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Null where the byte begins no sequence. */
const sequenceOf = (lead: number): Sequence | null => {
  if (lead <= 0x7f) return { length: 1, from: 0x80, to: 0xbf };
  if (lead >= 0xc2 && lead <= 0xdf) return { length: 2, from: 0x80, to: 0xbf };
  if (lead === 0xe0) return { length: 3, from: 0xa0, to: 0xbf };
  if (lead === 0xed) return { length: 3, from: 0x80, to: 0x9f };
  if (lead >= 0xe1 && lead <= 0xef) return { length: 3, from: 0x80, to: 0xbf };
  if (lead === 0xf0) return { length: 4, from: 0x90, to: 0xbf };
  if (lead >= 0xf1 && lead <= 0xf3) return { length: 4, from: 0x80, to: 0xbf };
  if (lead === 0xf4) return { length: 4, from: 0x80, to: 0x8f };
  return null;
};

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Index of the first byte of the first ill-formed sequence; the length where there is none. */
export const firstIllFormed = (bytes: Uint8Array): number => {
  let at = 0;
  while (at < bytes.length) {
    const sequence = sequenceOf(bytes[at] ?? 0);
    if (sequence === null || at + sequence.length > bytes.length) return at;
    if (sequence.length > 1) {
      const second = bytes[at + 1] ?? 0;
      if (second < sequence.from || second > sequence.to) return at;
      for (let i = 2; i < sequence.length; i++) if (!isContinuation(bytes[at + i] ?? 0)) return at;
    }
    at += sequence.length;
  }
  return at;
};

/** Where the last whole character ends; a tail that no later byte can complete counts as whole, to be refused. */
const lastCharacterEnd = (bytes: Uint8Array): number => {
  for (let back = 1; back < SEQUENCE_LENGTH_MAX && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return (sequenceOf(byte)?.length ?? 1) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/**
 * Of a chunk that is begun. A query is a document of a hundred bytes, of which two are begun: a megabyte for each made the
 * reading thread collect its whole heap, dictionaries and all, for every few queries, 11 ms of each.
 */
const FIRST_BYTES = 4096;

/** With room for one byte more at least, `most` at most. */
const grown = (chunk: Buffer<ArrayBuffer>, filled: number, most: number): Buffer<ArrayBuffer> => {
  if (filled < chunk.length || chunk.length === most) return chunk;
  const larger = Buffer.allocUnsafe(Math.min(4 * chunk.length, most));
  larger.set(chunk);
  return larger;
};

/**
 * Cuts a stream of bytes into chunks of at most `chunkBytesMax`, never within a character. Where the chunks end depends
 * on the bytes alone, not on how they arrived. Ill-formed bytes pass through for {@link decodeUtf8} to refuse.
 * @param chunkBytesMax at least 4
 */
export async function* characterChunks(
  bytes: AsyncIterable<Uint8Array>,
  chunkBytesMax: number,
): AsyncGenerator<Buffer, void, undefined> {
  let chunk = Buffer.allocUnsafe(Math.min(FIRST_BYTES, chunkBytesMax));
  let filled = 0;
  for await (const input of bytes) {
    for (let taken = 0; taken < input.length; ) {
      chunk = grown(chunk, filled, chunkBytesMax);
      const part = input.subarray(taken, taken + chunk.length - filled);
      chunk.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled < chunkBytesMax) continue;
      const end = lastCharacterEnd(chunk);
      const rest = chunk.subarray(end);
      yield chunk.subarray(0, end);
      chunk = Buffer.allocUnsafe(chunkBytesMax);
      chunk.set(rest);
      filled = rest.length;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}
