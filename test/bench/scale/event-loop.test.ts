import fc from 'fast-check';
import { EventLoop } from '../../../bench/scale/event-loop.ts';

it('lets events happen in the order of time, and those of one moment in the order in which they were put', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), (delays) => {
      const loop = new EventLoop();
      const seen: { readonly at: number; readonly i: number }[] = [];
      for (const [i, delay] of delays.entries()) loop.after(delay, () => seen.push({ at: loop.now, i }));
      loop.run();
      const expected = delays.map((at, i) => ({ at, i })).toSorted((x, y) => x.at - y.at || x.i - y.i);
      expect(seen).toEqual(expected);
    }),
  );
});

it('goes on from the moment of an event, and never back', () => {
  const loop = new EventLoop();
  const moments: number[] = [];
  const again = (): void => {
    moments.push(loop.now);
    if (moments.length < 3) loop.after(2, again);
  };
  loop.after(1, again);
  loop.run();
  expect(moments).toEqual([1, 3, 5]);
  expect(() => loop.after(-1, again)).toThrow('0 or more');
  expect(() => loop.after(Number.NaN, again)).toThrow('0 or more');
});
