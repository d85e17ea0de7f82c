import fc from 'fast-check';
import { CHUNK_BYTES_MAX, TextChunks } from '../../src/store/text-chunks.ts';

const chunksOf = (pieces: readonly string[]): { readonly chunks: readonly string[]; readonly length: number } => {
  const text = new TextChunks();
  const chunks = pieces.flatMap((piece) => text.add(piece));
  chunks.push(...text.finish());
  return { chunks, length: text.length };
};

/** Pieces of a text cut anywhere, between the halves of a surrogate pair too. */
const cut = (text: string, cuts: readonly number[]): readonly string[] => {
  const places = [0, ...cuts.map((n) => n % (text.length + 1)).sort((x, y) => x - y), text.length];
  return places.slice(1).map((place, i) => text.slice(places[i], place));
};

it('gives the text back, however it came, in chunks that fit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(400_000), fc.array(fc.nat()), (unit, times, cuts) => {
      const text = unit.repeat(Math.floor(times / Math.max(1, unit.length)));
      const { chunks, length } = chunksOf(cut(text, cuts));
      expect(chunks.join('') === text).toBe(true);
      expect(length).toBe(text.length);
      for (const chunk of chunks) {
        expect(chunk.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(chunk)).toBeLessThanOrEqual(CHUNK_BYTES_MAX);
      }
    }),
    { numRuns: 60 },
  );
});

it('refuses half a surrogate pair and says where', () => {
  expect(() => chunksOf(['дом', '\ud83d', 'a'])).toThrow('offset 0');
  expect(() => chunksOf(['x'.repeat(2_000_000), '\udc00'])).toThrow(/offset 1747/u);
});
