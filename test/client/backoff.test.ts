import fc from 'fast-check';
import { BACKOFF_DEFAULT, wait, waitBefore } from '../../src/client/backoff.ts';

test('the bound doubles up to the greatest wait, and no wait is above it', () => {
  const backoff = fc.record({
    retries: fc.nat(20),
    baseMs: fc.integer({ min: 1, max: 5000 }),
    maxMs: fc.integer({ min: 1, max: 60_000 }),
  });
  const below = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(backoff, fc.integer({ min: 1, max: 40 }), below, (options, attempt, random) => {
      const ms = waitBefore(attempt, options, random);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(options.maxMs, options.baseMs * 2 ** (attempt - 1)));
      expect(waitBefore(attempt + 1, options, random)).toBeGreaterThanOrEqual(ms);
    }),
  );
});

test('by default the whole of it waits less than two seconds', () => {
  const waits = [1, 2, 3].map((attempt) => waitBefore(attempt, BACKOFF_DEFAULT, 1));
  expect(waits).toEqual([200, 400, 800]);
});

test('a wait ends as soon as it is aborted, and does not begin when it was', async () => {
  const stop = new AbortController();
  const waiting = wait(60_000, stop.signal);
  stop.abort('genug');
  await expect(waiting).rejects.toBe('genug');
  await expect(wait(60_000, stop.signal)).rejects.toBe('genug');
  await expect(wait(1, undefined)).resolves.toBeUndefined();
});
