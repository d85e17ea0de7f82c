import fc from 'fast-check';
import { rarity } from '../../src/scene/rarity.ts';

test('rarity falls from 1 to 0 as what it is of spreads', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6), fc.nat(1e6), (scenes, x, y) => {
      const [fewer, more] = [Math.min(x, y), Math.max(x, y)];
      expect(rarity(fewer, scenes)).toBeGreaterThanOrEqual(rarity(more, scenes));
      expect(rarity(more, scenes)).toBeGreaterThanOrEqual(0);
      expect(rarity(fewer, scenes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('what stands once is 1, what stands everywhere is 0, the square root of all is a half', () => {
  expect([rarity(1, 100), rarity(100, 100), rarity(10, 100)]).toEqual([1, 0, 0.5]);
});
