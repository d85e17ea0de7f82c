import fc from 'fast-check';
import { NearestFirst, type Waiting } from '../../src/activation/nearest-first.ts';

const anyWaiting: fc.Arbitrary<Waiting> = fc.record({
  key: fc.constantFrom('а', 'b', 'c', 'd', 'e'),
  length: fc.nat(4),
});

const sorted = (items: readonly Waiting[]): readonly Waiting[] =>
  items.toSorted((x, y) => x.length - y.length || (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));

const filled = (items: readonly Waiting[]): NearestFirst<Waiting> => {
  const heap = new NearestFirst<Waiting>();
  for (const item of items) heap.add(item);
  return heap;
};

test('whatever comes in, the nearest comes out first, and of equally near the lesser key', () => {
  const property = fc.property(fc.array(anyWaiting), fc.array(anyWaiting), (before, after) => {
    const heap = filled(before);
    const half = Math.floor(before.length / 2);
    const taken = sorted(before).slice(0, half);
    for (const item of taken) {
      expect(heap.first).toEqual(item);
      heap.removeFirst();
    }
    for (const item of after) heap.add(item);
    for (const item of sorted([...sorted(before).slice(half), ...after])) {
      expect(heap.first).toEqual(item);
      heap.removeFirst();
    }
    expect(heap.first).toBeUndefined();
    heap.removeFirst();
    expect(heap.first).toBeUndefined();
  });
  fc.assert(property, { numRuns: 300 });
});

test('all can be gone through in order and stay', () => {
  const property = fc.property(fc.array(anyWaiting), (items) => {
    const heap = filled(items);
    expect([...heap.inOrder()]).toEqual(sorted(items));
    expect([...heap.inOrder()]).toEqual(sorted(items));
    expect(heap.first).toEqual(sorted(items)[0]);
  });
  fc.assert(property, { numRuns: 300 });
});
