import fc from 'fast-check';
import { keptUntilWritten } from '../../src/store/kept-until-written.ts';

test('what was found is not looked up again until something is written', async () => {
  let generation = 1;
  const asked: (readonly number[])[] = [];
  const square = keptUntilWritten<number, number>(
    async (keys) => {
      asked.push(keys);
      return keys.map((key) => key * key * generation);
    },
    () => generation,
  );
  expect(await square([3, 2, 3])).toEqual([9, 4, 9]);
  expect(await square([2, 5])).toEqual([4, 25]);
  expect(await square([5, 3])).toEqual([25, 9]);
  expect(await square([])).toEqual([]);
  generation = 2;
  expect(await square([3])).toEqual([18]);
  expect(asked).toEqual([[3, 2], [5], [3]]);
});

test('what is not there is kept as well, a failure never is', async () => {
  let asked = 0;
  let fails = true;
  const find = keptUntilWritten<string, null>(
    async (keys) => {
      asked += 1;
      if (fails) throw new Error('broken');
      return keys.map(() => null);
    },
    () => 1,
  );
  await expect(find(['x'])).rejects.toThrow('broken');
  fails = false;
  expect([await find(['x']), await find(['x'])]).toEqual([[null], [null]]);
  expect(asked).toBe(2);
});

test('nothing is kept where others write, and not more than may be', async () => {
  let asked = 0;
  const lookUp = async (keys: readonly number[]) => {
    asked += keys.length;
    return keys;
  };
  const shared = keptUntilWritten(lookUp, () => null);
  await shared([1]);
  await shared([1]);
  expect(asked).toBe(2);
  const small = keptUntilWritten(lookUp, () => 1, 3);
  await small([1, 2, 3, 4]);
  await small([1]);
  expect(asked).toBe(7);
});

/** A store whose values change by writes, each of which is acknowledged a while after it is made. */
test('whoever asks after a write was acknowledged sees it, whatever was under way', async () => {
  type Step =
    | { readonly type: 'read'; readonly keys: readonly number[] }
    | { readonly type: 'write'; readonly key: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ type: fc.constant('read' as const), keys: fc.array(fc.nat(5), { maxLength: 4 }) }),
    fc.record({ type: fc.constant('write' as const), key: fc.nat(5) }),
  );
  const property = fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 40 }), async (scheduler, steps) => {
    const stored = new Map<number, number>();
    const acknowledged = new Map<number, number>();
    let generation = 0;
    const lookUp = scheduler.scheduleFunction(async (keys: readonly number[]) =>
      keys.map((key) => stored.get(key) ?? 0),
    );
    const read = keptUntilWritten<number, number>(lookUp, () => generation, 4);
    const commit = scheduler.scheduleFunction(async (key: number) => {
      stored.set(key, (stored.get(key) ?? 0) + 1);
      return stored.get(key) ?? 0;
    });
    const acknowledge = scheduler.scheduleFunction(async () => {});
    const write = async (key: number): Promise<void> => {
      const value = await commit(key);
      await acknowledge();
      generation += 1;
      acknowledged.set(key, Math.max(acknowledged.get(key) ?? 0, value));
    };
    const check = async (keys: readonly number[]): Promise<void> => {
      const least = keys.map((key) => acknowledged.get(key) ?? 0);
      const seen = await read(keys);
      for (const [i, value] of seen.entries()) expect(value).toBeGreaterThanOrEqual(least[i] ?? 0);
    };
    const all = scheduler.scheduleSequence(
      steps.map((one) => ({
        label: one.type,
        builder: async () => void (one.type === 'read' ? check(one.keys) : write(one.key)).then(undefined, fail),
      })),
    );
    const failures: unknown[] = [];
    function fail(error: unknown): void {
      failures.push(error);
    }
    await scheduler.waitFor(all.task);
    await scheduler.waitIdle();
    expect(failures).toEqual([]);
  });
  await fc.assert(property, { numRuns: 300 });
});
