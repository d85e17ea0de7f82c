import fc from 'fast-check';
import { FairQueue } from '../../src/model/fair-queue.ts';

type Step = { readonly add: string } | 'take';
const steps = fc.array(
  fc.oneof(
    fc.constantFrom('a', 'b', 'c', 'd').map((add): Step => ({ add })),
    fc.constant<Step>('take'),
  ),
  { maxLength: 200 },
);

const run = (all: readonly Step[]): readonly { readonly client: string; readonly n: number }[] => {
  const queue = new FairQueue<{ readonly client: string; readonly n: number }>();
  const taken: { readonly client: string; readonly n: number }[] = [];
  for (const [n, step] of all.entries()) {
    if (step === 'take') {
      const next = queue.peek();
      const item = queue.take();
      expect(item).toBe(next);
      if (item !== undefined) taken.push(item);
    } else queue.add(step.add, { client: step.add, n });
  }
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  expect(queue.length).toBe(0);
  return taken;
};

describe('a fair queue', () => {
  test('gives each thing once, and those of one client in their order', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const taken = run(all);
        expect(taken.map(({ n }) => n).toSorted((x, y) => x - y)).toEqual(
          all.flatMap((step, n) => (step === 'take' ? [] : [n])),
        );
        for (const client of 'abcd') {
          const own = taken.filter((item) => item.client === client).map(({ n }) => n);
          expect(own).toEqual(own.toSorted((x, y) => x - y));
        }
      }),
    );
  });

  test('lets nobody wait for more than one turn of each other client', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (clients) => {
        const queue = new FairQueue<string>();
        for (const client of clients) queue.add(client, client);
        const waiting = new Map<string, number>();
        for (const client of clients) waiting.set(client, (waiting.get(client) ?? 0) + 1);
        let before: string[] = [];
        for (let item = queue.take(); item !== undefined; item = queue.take()) {
          const others = [...waiting].filter(([client, count]) => count > 0 && client !== item).length;
          const since = before.lastIndexOf(item);
          // Since its last turn nobody else had two.
          const between = before.slice(since + 1);
          expect(new Set(between).size).toBe(between.length);
          waiting.set(item, (waiting.get(item) ?? 0) - 1);
          before = [...before, item];
          expect(others).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  test('puts back what was taken before everything else', () => {
    const queue = new FairQueue<string>();
    for (const item of ['a1', 'a2', 'b1']) queue.add(item.slice(0, 1), item);
    const first = queue.take() ?? '';
    expect(first).toBe('a1');
    queue.putBack('a', first);
    expect([queue.length, queue.take(), queue.take(), queue.take()]).toEqual([3, 'a1', 'b1', 'a2']);
  });

  test('forgets what is taken out, and nothing else', () => {
    const queue = new FairQueue<string>();
    for (const item of ['a1', 'b1', 'a2']) queue.add(item.slice(0, 1), item);
    expect([queue.remove('a', 'a1'), queue.remove('a', 'a1'), queue.remove('c', 'c1')]).toEqual([true, false, false]);
    expect([queue.length, queue.takeAll()]).toEqual([2, expect.arrayContaining(['a2', 'b1'])]);
    expect(queue.take()).toBeUndefined();
  });
});
