import fc from 'fast-check';
import { termsOf } from '../../src/store/search-terms.ts';
import { termSpans } from '../../src/store/term-spans.ts';
import { ENGLISH, RUSSIAN, UNICODE } from '../conformance/prose.ts';

/** What folding joins, parts, drops or makes longer. */
const PARTS = ['king', 'дверь', 'S', "'s", '’s', '½', '3', 'ﬁ', 'и', '\u0306', '\u0301', '\u00ad', '\ufeff', '\u200d'];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...RUSSIAN, ...ENGLISH, ...UNICODE),
  fc.array(fc.constantFrom(...PARTS, ' ', '-', "'", '\n', '№', '①', 'İ', 'ΟΔΟΣ')).map((parts) => parts.join('')),
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);

const wordsOf = (text: string): readonly string[] => termSpans(text).map(({ start, end }) => text.slice(start, end));

test('words stand where they are written, whatever folding makes of them', () => {
  expect(wordsOf('Он стоял у двери — не решаясь войти.')).toEqual([
    'Он',
    'стоял',
    'у',
    'двери',
    'не',
    'решаясь',
    'войти',
  ]);
  expect(wordsOf("The King's door, well-known")).toEqual(['The', "King's", 'door', 'well', 'known']);
  expect(wordsOf('за\u0301мок и cham\u00adber')).toEqual(['за\u0301мок', 'и', 'cham\u00adber']);
  expect(termSpans('a 3½ ﬁre')).toEqual([
    { start: 0, end: 1, terms: ['a'] },
    { start: 2, end: 4, terms: ['31', '2'] },
    { start: 5, end: 8, terms: ['fire'] },
  ]);
  expect(termSpans(' … —')).toEqual([]);
});

test('of any text the terms of its words are exactly its terms, and its words stand apart in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const spans = termSpans(text);
      expect(new Set(spans.flatMap(({ terms }) => terms))).toEqual(new Set(termsOf(text)));
      let last = 0;
      for (const { start, end, terms } of spans) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(terms.length).toBeGreaterThan(0);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1000 },
  );
});
