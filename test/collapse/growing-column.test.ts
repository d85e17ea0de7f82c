import fc from 'fast-check';
import { GrowingColumn } from '../../src/collapse/growing-column.ts';

test('holds what was pushed, in order, however much', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(5000), (first, more) => {
      const column = new GrowingColumn(Int32Array);
      const all = [...first, ...Array.from({ length: more }, (_, i) => i)];
      for (const value of all) column.push(value);
      expect([...column.values()]).toEqual(all);
    }),
    { numRuns: 30 },
  );
});

test('what was taken out does not change with what is pushed later', () => {
  const column = new GrowingColumn(Float64Array);
  column.push(0.5);
  const before = column.values();
  column.push(1.5);
  expect([...before]).toEqual([0.5]);
  expect([...column.values()]).toEqual([0.5, 1.5]);
});
