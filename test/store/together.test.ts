import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { together } from '../../src/store/together.ts';

/** Answers when told to, each look-up by itself, with the square of each key. */
const openLookUp = () => {
  const asked: (readonly number[])[] = [];
  const open: (() => void)[] = [];
  const lookUp = async (keys: readonly number[]): Promise<readonly number[]> => {
    asked.push(keys);
    await new Promise<void>((resolve) => open.push(resolve));
    return keys.map((key) => key * key);
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { asked, lookUp, turn, answer: () => open.shift()?.() };
};

test('a look-up alone asks for its own keys, and nothing waits behind it', async () => {
  const { asked, lookUp, turn, answer } = openLookUp();
  const square = together(lookUp);
  const values = square([3, 2]);
  await turn();
  expect(asked).toEqual([[3, 2]]);
  answer();
  expect(await values).toEqual([9, 4]);
});

test('what is asked while one is under way goes together in the next, each key once, never in the one that runs', async () => {
  const { asked, lookUp, turn, answer } = openLookUp();
  const square = together(lookUp);
  const first = square([1]);
  await turn();
  const later = [square([1, 2]), square([]), square([2, 3, 2])];
  await turn();
  expect(asked).toEqual([[1]]);
  answer();
  expect(await first).toEqual([1]);
  await turn();
  expect(asked).toEqual([[1], [1, 2, 3]]);
  answer();
  expect(await Promise.all(later)).toEqual([[1, 4], [], [4, 9, 4]]);
});

test('many keys go by themselves and keep no small look-up waiting', async () => {
  const { asked, lookUp, turn, answer } = openLookUp();
  const square = together(lookUp);
  const many = square(Array.from({ length: 65 }, (_, i) => i));
  const few = square([7]);
  await turn();
  expect(asked.map((keys) => keys.length)).toEqual([65, 1]);
  answer();
  answer();
  expect(await many).toHaveLength(65);
  expect(await few).toEqual([49]);
});

test('a failure reaches all who asked in that one, and those after it are answered', async () => {
  let fails = true;
  const square = together<number, number>(async (keys) => {
    if (fails) throw new HypersceneError('STORE_FAILED', 'broken');
    return keys.map((key) => key * key);
  });
  const asked = await Promise.allSettled([square([1]), square([2])]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await square([5])).toEqual([25]);
});

test('whoever asks for whatever, whenever, is answered as by the look-up itself', async () => {
  const asks = fc.array(fc.record({ keys: fc.array(fc.nat(40), { maxLength: 80 }), turns: fc.nat(3) }), {
    maxLength: 30,
  });
  const property = fc.asyncProperty(fc.scheduler(), asks, async (scheduler, all) => {
    const lookUp = scheduler.scheduleFunction(async (keys: readonly number[]) => keys.map((key) => `value of ${key}`));
    const shared = together<number, string>(lookUp);
    const answers = all.map(async ({ keys, turns }) => {
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
      return shared(keys);
    });
    const done = Promise.all(answers);
    expect(await scheduler.waitFor(done)).toEqual(all.map(({ keys }) => keys.map((key) => `value of ${key}`)));
  });
  await fc.assert(property, { numRuns: 100 });
});
