import fc from 'fast-check';
import { EndedNumbers } from '../../../src/store/embedded/ended-numbers.ts';

it('knows what has ended, in whatever order and however often', () => {
  const number = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(fc.array(number), (ends) => {
      const ended = new EndedNumbers();
      for (const n of ends) ended.end(n);
      for (let n = 1; n <= 31; n++) expect(ended.has(n)).toBe(ends.includes(n));
    }),
  );
});
