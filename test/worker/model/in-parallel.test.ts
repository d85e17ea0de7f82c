import fc from 'fast-check';
import { inParallel } from '../../../src/worker/model/in-parallel.ts';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('results stand in the order of the items, and never more run at a time than may', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.nat(3), { maxLength: 12 }),
    fc.integer({ min: 1, max: 5 }),
    async (items, max) => {
      let [running, most] = [0, 0];
      const results = await inParallel(items, { max, signal: undefined }, async (ms) => {
        most = Math.max(most, ++running);
        await later(ms);
        running -= 1;
        return ms * 2;
      });
      expect(results).toEqual(items.map((ms) => ms * 2));
      expect(most).toBeLessThanOrEqual(max);
    },
  );
  await fc.assert(property, { numRuns: 30 });
});

test('when one fails the others are told, and nothing runs any more when it throws', async () => {
  let running = 0;
  const begun: number[] = [];
  const working = inParallel([5, 1, 5, 5, 5], { max: 3, signal: undefined }, async (ms, signal) => {
    running += 1;
    begun.push(ms);
    await later(ms);
    running -= 1;
    if (ms === 1) throw new Error('first');
    if (signal.aborted) throw new Error('told');
  });
  await expect(working).rejects.toThrow('first');
  expect(running).toBe(0);
  expect(begun).toEqual([5, 1, 5]);
});

test('who is asked hears of the caller’s signal', async () => {
  const stop = new AbortController();
  stop.abort();
  const heard = await inParallel([1], { max: 1, signal: stop.signal }, async (_, signal) => signal.aborted);
  expect(heard).toEqual([true]);
});
