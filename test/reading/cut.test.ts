import fc from 'fast-check';
import { cutNear } from '../../src/reading/cut.ts';

test('a cut comes after the last white space of the second half', () => {
  expect(cutNear('одно два три четыре', 12)).toBe('одно два '.length);
  expect(cutNear('a bcdefghijklmnop', 10)).toBe(10);
});

test('a cut parts neither a surrogate pair nor a letter and its accents, where one fits before the limit', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', 'e\u0301', '👩', '👩‍👩‍👧', '🇷🇺', 'й'), minLength: 80 }),
      fc.integer({ min: 20, max: 60 }),
      (text, limit) => {
        fc.pre(text.length > limit);
        const at = cutNear(text, limit);
        expect(at).toBeGreaterThan(0);
        expect(at).toBeLessThanOrEqual(limit);
        const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
        expect(graphemes.containing(at)?.index).toBe(at);
      },
    ),
  );
});

test('a heap of accents is cut between characters', () => {
  expect(cutNear(`a${'\u0301'.repeat(500)}`, 300)).toBe(300);
  expect(cutNear('👩\u200D'.repeat(500), 301)).toBe(300);
});
