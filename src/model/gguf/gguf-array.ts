import { checkCancelled, HypersceneError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { GgufCursor } from './gguf-cursor.ts';
import { ARRAY_HEAD_BYTES, type GgufArray, VALUE_BYTES } from './gguf-header.ts';
import { GGUF_LIMITS } from './gguf-limits.ts';

/** Elements of a page. */
const PAGE = 4096;

/** Bytes of strings of a page, about. */
const PAGE_BYTES = 2 ** 20;

export interface PagesOptions {
  /** `latin1` takes each byte as a character: tokens need not be UTF-8, and two that are not may look the same. */
  readonly encoding?: 'utf8' | 'latin1';
  readonly signal?: AbortSignal | undefined;
}

/**
 * The strings of an array in order, up to 4,096 at once.
 * @throws HypersceneError GGUF_TOO_LARGE where one is longer than 64 KiB, GGUF_TRUNCATED, UNREADABLE_FILE, CANCELLED
 */
export async function* pagesOfStrings(
  source: ByteSource,
  array: GgufArray,
  { encoding = 'utf8', signal }: PagesOptions = {},
): AsyncGenerator<readonly string[]> {
  if (array.of !== 'string') throw notOf('strings', array);
  const cursor = cursorOf(source, array);
  for (let left = array.count; left > 0; ) {
    checkCancelled({ signal });
    const page: string[] = [];
    for (let bytes = 0; left > 0 && page.length < PAGE && bytes < PAGE_BYTES; left--) {
      const length = await lengthOf(cursor);
      if (cursor.ready < length) await cursor.fill(length);
      page.push(cursor.takeText(length, encoding));
      bytes += length;
    }
    yield page;
  }
}

const lengthOf = async (cursor: GgufCursor): Promise<number> => {
  if (cursor.ready < 8) await cursor.fill(8);
  const length = cursor.takeSize();
  if (length <= GGUF_LIMITS.keptStringBytesMax) return length;
  throw new HypersceneError('GGUF_TOO_LARGE', 'a string of an array is too long', {
    at: `byte ${cursor.offset - 8}`,
    expected: `at most ${GGUF_LIMITS.keptStringBytesMax} bytes`,
    came: `${length}`,
  });
};

/**
 * The numbers of an array in order, up to 4,096 at once; those of 64 bits as bigint, truth values as 0 and 1.
 * @throws HypersceneError GGUF_TRUNCATED, UNREADABLE_FILE, CANCELLED
 */
export async function* pagesOfNumbers(
  source: ByteSource,
  array: GgufArray,
  signal?: AbortSignal,
): AsyncGenerator<readonly (number | bigint)[]> {
  const { of } = array;
  if (of === 'string' || of === 'array') throw notOf('numbers', array);
  const cursor = cursorOf(source, array);
  for (let left = array.count; left > 0; ) {
    checkCancelled({ signal });
    const count = Math.min(left, PAGE);
    await cursor.fill(count * VALUE_BYTES[of]);
    yield Array.from({ length: count }, () => {
      if (of === 'u64' || of === 'i64') return cursor.takeBig(of);
      return cursor.takeNumber(of === 'bool' ? 'u8' : of);
    });
    left -= count;
  }
}

const cursorOf = (source: ByteSource, { offset, bytes }: GgufArray): GgufCursor =>
  new GgufCursor(source, offset + ARRAY_HEAD_BYTES, offset + bytes);

const notOf = (expected: string, { of }: GgufArray): HypersceneError =>
  new HypersceneError('BAD_ARGUMENT', 'an array of something else', { expected, came: of });
