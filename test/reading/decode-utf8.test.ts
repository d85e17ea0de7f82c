import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { characterChunks, decodeUtf8, firstIllFormed } from '../../src/reading/decode-utf8.ts';
import { cutAt, STORIES, streamOf } from './stories.ts';

const ill = (...bytes: number[]): Buffer => Buffer.from([0x61, ...bytes]);

describe('decoding', () => {
  test('keeps a byte order mark, so that the text gives the bytes back', () => {
    const bytes = Buffer.from('\uFEFFМама\r\n');
    expect(Buffer.from(decodeUtf8(bytes, 0))).toEqual(bytes);
  });

  test.each([
    ['a lone continuation byte', ill(0x80)],
    ['an overlong slash', ill(0xc0, 0xaf)],
    ['an overlong three-byte form', ill(0xe0, 0x80, 0xaf)],
    ['a surrogate', ill(0xed, 0xa0, 0x80)],
    ['a code point above U+10FFFF', ill(0xf4, 0x90, 0x80, 0x80)],
    ['a letter in Windows-1251', ill(0xcf, 0xf0, 0xe8)],
    ['a character that breaks off', ill(0xe2, 0x82)],
    ['a character that breaks off before a letter', ill(0xe2, 0x82, 0x61)],
  ])('refuses %s and says where', (_, bytes) => {
    expect(() => decodeUtf8(bytes, 1000)).toThrow(/at byte 1001; expected UTF-8/u);
    expect(() => decodeUtf8(bytes, 1000)).toThrow(expect.objectContaining({ code: 'NOT_UTF8' }));
  });

  test('names UTF-16 by its byte order mark', () => {
    expect(() => decodeUtf8(Buffer.from('\uFEFFпривет', 'utf16le'), 0)).toThrow(/UTF-16/u);
  });

  test('finds ill-formed bytes exactly where Node does not let the bytes pass', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const at = firstIllFormed(bytes);
        expect(at === bytes.length).toBe(isUtf8(bytes));
        expect(isUtf8(bytes.subarray(0, at))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('chunks of whole characters', () => {
  const chunked = async (pieces: Iterable<Uint8Array>, size: number): Promise<readonly string[]> => {
    const chunks: string[] = [];
    for await (const chunk of characterChunks(streamOf(pieces), size)) chunks.push(decodeUtf8(chunk, 0));
    return chunks;
  };

  test.each(STORIES)('do not depend on how the bytes arrive ($lang)', async ({ text }) => {
    const bytes = Buffer.from(`${text}👨‍👩‍👧 ок`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
        fc.oneof(fc.integer({ min: 4, max: 999 }), fc.integer({ min: 4000, max: 60_000 })),
        async (shares, size) => {
          const chunks = await chunked(cutAt(bytes, shares), size);
          expect(chunks).toEqual(await chunked([bytes], size));
          expect(chunks.join('')).toBe(bytes.toString());
          expect(Math.max(...chunks.map((chunk) => Buffer.byteLength(chunk)))).toBeLessThanOrEqual(size);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('hand every byte on, ill-formed ones too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 20 })),
        fc.integer({ min: 4, max: 16 }),
        async (pieces, size) => {
          const chunks: Uint8Array[] = [];
          for await (const chunk of characterChunks(streamOf(pieces), size)) chunks.push(chunk);
          expect(Buffer.concat(chunks)).toEqual(Buffer.concat(pieces));
          expect(chunks.every((chunk) => chunk.length > 0)).toBe(true);
        },
      ),
    );
  });
});
