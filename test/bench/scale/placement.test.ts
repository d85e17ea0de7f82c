import fc from 'fast-check';
import { drawCorpora, drawDocuments } from '../../../bench/scale/corpora.ts';
import { jumpHash, type PlacementOptions, place } from '../../../bench/scale/placement.ts';

const options = (changes: Partial<PlacementOptions>): PlacementOptions => ({
  ...{ seed: 1, rule: 'hash', capacity: Number.POSITIVE_INFINITY, fill: 0.8, shards: 100, steps: 1 },
  ...changes,
});

it('throws corpora like balls into bins: the loads of equal ones are spread as Poisson says', () => {
  const [balls, bins] = [20_000, 100];
  const { loads, fullest } = place(new Float64Array(balls).fill(1), options({ shards: bins }));
  const mean = balls / bins;
  const variance = loads.reduce((sum, load) => sum + (load - mean) ** 2, 0) / (bins - 1);
  // 99.9 % of χ² with 99 degrees of freedom lie within 58 to 149.
  expect((variance / mean) * (bins - 1)).toBeGreaterThan(58);
  expect((variance / mean) * (bins - 1)).toBeLessThan(149);
  // m ⁄ n + √(2 m ln n ⁄ n) in the heavily loaded case (Raab & Steger 1998).
  const expected = mean + Math.sqrt(2 * mean * Math.log(bins));
  expect(fullest / expected).toBeGreaterThan(0.93);
  expect(fullest / expected).toBeLessThan(1.07);
});

it('fills shards evenly where each new corpus goes to the emptiest', () => {
  const { fullest, mean } = place(new Float64Array(20_000).fill(1), options({ rule: 'emptiest' }));
  expect(fullest).toBe(mean);
});

it('moves only what goes to the new bucket, and so many as that has', () => {
  const keys = Array.from({ length: 20_000 }, (_, key) => key);
  const moved = keys.filter((key) => jumpHash(key, 10) !== jumpHash(key, 11));
  expect(moved.every((key) => jumpHash(key, 11) === 10)).toBe(true);
  expect(moved.length / (keys.length / 11)).toBeCloseTo(1, 1);
});

it('keeps all scenes, each corpus on one shard, and no shard above its limit but those with one corpus', () => {
  const anySizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(anySizes, fc.constantFrom('hash' as const, 'emptiest' as const), fc.nat(), (list, rule, seed) => {
      const sizes = Float64Array.from(list);
      const capacity = 600;
      const placed = place(sizes, options({ seed, rule, shards: 3, capacity, steps: 4 }));
      const counted = new Float64Array(placed.shards);
      const corpora = new Int32Array(placed.shards);
      for (const [corpus, shard] of placed.shardOf.entries()) {
        counted[shard] = (counted[shard] as number) + (sizes[corpus] as number);
        corpora[shard] = (corpora[shard] as number) + 1;
      }
      for (const [shard, load] of placed.loads.entries()) {
        expect(load).toBeCloseTo(counted[shard] as number, 6);
        if ((corpora[shard] as number) > 1) expect(load).toBeLessThanOrEqual(capacity * 0.8 + 1e-6);
      }
      expect(placed.tooLarge).toBe(0);
    }),
  );
});

it('tells the corpora that no shard holds', () => {
  const placed = place(Float64Array.of(50, 900, 2000), options({ capacity: 800, shards: 2 }));
  expect(placed).toMatchObject({ tooLarge: 2, tooLargeScenes: 2900, fullest: 2000 });
});

it('draws as many scenes as asked for, in corpora with a heavy tail and documents of the law', () => {
  const sizes = drawCorpora({ seed: 3, scenes: 1e8, least: 1000, alpha: 1.5 });
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1e8);
  const above = (x: number): number => sizes.filter((size) => size > x).length / sizes.length;
  expect(above(4000)).toBeCloseTo(4 ** -1.5, 2);
  expect(above(16_000)).toBeCloseTo(16 ** -1.5, 2);
  const documents = drawDocuments(3, 1e7, { mu: 6, sigma: 1 });
  expect(documents.reduce((sum, size) => sum + size, 0)).toBe(1e7);
  const logs = documents.slice(0, -1).map((size) => Math.log(size));
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  expect(mean).toBeCloseTo(6, 1);
  expect(Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length)).toBeCloseTo(1, 1);
  expect(drawDocuments(3, 1e7, { mu: 6, sigma: 1 })).toEqual(documents);
});
