import fc from 'fast-check';
import { mergeRanges } from '../../src/api/merge-ranges.ts';
import type { DocumentId } from '../../src/scene/scene.ts';
import type { SceneRange } from '../../src/store/graph-store.ts';

const range: fc.Arbitrary<SceneRange> = fc.record({
  document: fc.constantFrom('a', 'b', 'c').map((id) => id as DocumentId),
  from: fc.nat(30),
  to: fc.nat(30),
});

const positions = (ranges: readonly SceneRange[]): readonly string[] =>
  ranges.flatMap(({ document, from, to }) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => `${document} ${from + i}`),
  );

test('merging keeps every position, and gives each once', () => {
  fc.assert(
    fc.property(fc.array(range), (ranges) => {
      const merged = positions(mergeRanges(ranges));
      expect(new Set(merged).size).toBe(merged.length);
      expect(new Set(merged)).toEqual(new Set(positions(ranges)));
    }),
  );
});

test('ranges that touch become one, and no range is empty', () => {
  const document = 'a' as DocumentId;
  const ranges = [3, 1, 2, 7].map((from) => ({ document, from, to: from + 1 }));
  expect(mergeRanges([...ranges, { document, from: 9, to: 9 }])).toEqual([
    { document, from: 1, to: 4 },
    { document, from: 7, to: 8 },
  ]);
});
