import fc from 'fast-check';
import { quotedStretches } from '../../src/reading/quotes.ts';

const quoted = (text: string, lengthMax = 50): readonly string[] =>
  quotedStretches(text, lengthMax).map(({ start, end }) => text.slice(start, end));

test.each([
  ['Он сказал: «Иди».', ['«Иди»']],
  ['«Один «внутри» другого» и «третий»', ['«Один «внутри» другого»', '«третий»']],
  ['„Немецкие“ и “English” и "straight"', ['„Немецкие“', '“English”', '"straight"']],
  ['said "one", "two" and 6" long', ['"one"', '"two"']],
  ['"never closed. "Closed." he said', ['"Closed."']],
  ['stray « and "a" there', ['"a"']],
  ['» “ ” «', ['“ ”']],
])('%s', (text, expected) => {
  expect(quoted(text, 40)).toEqual(expected);
});

test('marks too far apart quote nothing', () => {
  expect(quoted(`«${'а'.repeat(60)}» «б»`)).toEqual(['«б»']);
});

test('stretches are in order, apart from each other, and no longer than allowed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'«»“”„"ab —(') }),
      fc.integer({ min: 2, max: 20 }),
      (text, lengthMax) => {
        let last = 0;
        for (const { start, end } of quotedStretches(text, lengthMax)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end - start).toBeGreaterThanOrEqual(2);
          expect(end - start).toBeLessThanOrEqual(lengthMax);
          last = end;
        }
      },
    ),
  );
});
