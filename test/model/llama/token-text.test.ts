import fc from 'fast-check';
import { heldBack } from '../../../src/model/llama/token-text.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'я'), maxLength: 6 });

test('what is held back of a text is the longest end of it that begins a stop text, and no whole one', () => {
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (text, stop) => {
      const held = heldBack(text, stop);
      const ends = Array.from({ length: text.length + 1 }, (_, length) => text.slice(text.length - length));
      const longest = ends.filter((end) => stop.some((each) => end.length < each.length && each.startsWith(end)));
      expect(held).toBe(Math.max(0, ...longest.map(({ length }) => length)));
    }),
  );
});
