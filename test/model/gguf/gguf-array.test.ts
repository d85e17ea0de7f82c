import fc from 'fast-check';
import { pagesOfNumbers, pagesOfStrings } from '../../../src/model/gguf/gguf-array.ts';
import type { GgufArray, GgufValueType } from '../../../src/model/gguf/gguf-header.ts';
import { readGguf } from '../../../src/model/gguf/read-gguf.ts';
import { memorySource } from './memory-source.ts';
import { encodeRaw, type RawItem } from './tiny-gguf.ts';

const arrayIn = async (of: GgufValueType, items: readonly RawItem[]) => {
  const source = memorySource(
    encodeRaw({ metadata: [{ key: 'a', type: 'array', value: { of, items } }], tensors: [] }),
  );
  const { metadata } = await readGguf(source);
  return { source, array: metadata.get('a') as GgufArray };
};

test('strings come in order, in pages', async () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(texts, fc.constantFrom(1, 60), async (some, times) => {
      const items = Array.from({ length: times }, () => some).flat();
      const { source, array } = await arrayIn('string', items);
      const pages = await Array.fromAsync(pagesOfStrings(source, array));
      expect(pages.flat()).toEqual(items);
      expect(pages.every(({ length }) => length <= 4096)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('as bytes, two tokens that are no text differ', async () => {
  const { source, array } = await arrayIn('string', ['é', 'ab']);
  expect(await Array.fromAsync(pagesOfStrings(source, array, { encoding: 'latin1' }))).toEqual([
    ['\u00C3\u00A9', 'ab'],
  ]);
});

test('numbers come in order, in pages', async () => {
  const numbers = Array.from({ length: 10_000 }, (_, i) => i - 5000);
  const { source, array } = await arrayIn('i32', numbers);
  expect(array.values).toBeNull();
  const pages = await Array.fromAsync(pagesOfNumbers(source, array));
  expect(pages.map(({ length }) => length)).toEqual([4096, 4096, 1808]);
  expect(pages.flat()).toEqual(numbers);
  const big = await arrayIn('u64', [2n ** 64n - 1n]);
  expect(await Array.fromAsync(pagesOfNumbers(big.source, big.array))).toEqual([[2n ** 64n - 1n]]);
  const truths = await arrayIn('bool', [true, false]);
  expect(await Array.fromAsync(pagesOfNumbers(truths.source, truths.array))).toEqual([[1, 0]]);
});

test('a string of an array may be 64 KiB long', async () => {
  const fits = await arrayIn('string', ['x'.repeat(65_536), 'y']);
  expect((await Array.fromAsync(pagesOfStrings(fits.source, fits.array))).flat().at(-1)).toBe('y');
  const long = await arrayIn('string', ['x'.repeat(65_537)]);
  await expect(Array.fromAsync(pagesOfStrings(long.source, long.array))).rejects.toMatchObject({
    code: 'GGUF_TOO_LARGE',
  });
});

test('pages are of what the array holds, and end when cancelled', async () => {
  const { source, array } = await arrayIn('u8', [1]);
  await expect(Array.fromAsync(pagesOfStrings(source, array))).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  await expect(Array.fromAsync(pagesOfNumbers(source, array, AbortSignal.abort()))).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
