import fc from 'fast-check';
import { encodeUtf8 } from '../../src/reading/encode-utf8.ts';

const encoded = (text: string): Buffer => Buffer.concat([...encodeUtf8(text)]);

test('text becomes its UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(encoded(text)).toEqual(Buffer.from(text));
    }),
  );
});

test('no slice parts a surrogate pair', () => {
  const text = `a${'👩'.repeat(300_000)}`;
  expect(encoded(text)).toEqual(Buffer.from(text));
});

test.each([
  ['a', 'b', 1],
  ['я'.repeat(300_000), '', 300_000],
  ['👩', '👩', 2],
])('a lone surrogate is refused with its place', (before, after, at) => {
  for (const half of ['\uD83D', '\uDC69'])
    expect(() => encoded(`${before}${half}-${after}`)).toThrow(
      expect.objectContaining({
        code: 'LONE_SURROGATE',
        details: expect.objectContaining({ at: `UTF-16 unit ${at}` }),
      }),
    );
});
