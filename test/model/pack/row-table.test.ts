import fc from 'fast-check';
import { RowTable } from '../../../src/model/pack/row-table.ts';
import { facetRow, NONE_ROW, type RowKey } from '../../../src/model/row-key.ts';

/** Few digits, so that keys come again and differ in little. */
const anyKey: fc.Arbitrary<RowKey> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('code', 'scene'),
      fc.array(fc.constantFrom('00000000', '80000000', 'ffffffff', '00000001', '00010000'), {
        minLength: 4,
        maxLength: 4,
      }),
    )
    .map(([kind, words]) => `${kind}:${words.join('')}` as RowKey),
  fc.constantFrom(NONE_ROW, facetRow('archetype', 'threshold'), facetRow('tension', 'restraint')),
);

test('it finds what a Map finds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyKey, fc.boolean())), fc.array(anyKey), (added, asked) => {
      const table = new RowTable(added.length);
      const map = new Map<RowKey, { readonly index: number; readonly predicted: boolean }>();
      for (const [key, predicted] of added) {
        expect(table.add(key, predicted)).toBe(!map.has(key));
        if (!map.has(key)) map.set(key, { index: map.size, predicted });
      }
      for (const key of [...asked, ...map.keys()]) expect(table.indexOf(key)).toBe(map.get(key)?.index ?? -1);
      for (const [key, { index, predicted }] of map) {
        expect(table.keyAt(index)).toBe(key);
        expect(table.isPredicted(index)).toBe(predicted);
      }
      expect(table.length).toBe(map.size);
      expect(table.predicted).toBe([...map.values()].filter(({ predicted }) => predicted).length);
      for (const kind of ['code', 'scene', 'facet'] as const)
        expect(table.count(kind)).toBe([...map.keys()].filter((key) => key.startsWith(kind)).length);
      expect(table.keyAt(map.size)).toBeUndefined();
    }),
  );
});

test('keys that were chosen to fall together do not', () => {
  // Alike but for the highest bits of each word, which a product by an odd number hardly moves.
  const rows = 2 ** 16;
  const keys = Array.from(
    { length: rows },
    (_, i) => `code:${[12, 8, 4, 0].map((shift) => `${((i >> shift) & 15).toString(16)}0000000`).join('')}` as RowKey,
  );
  const table = new RowTable(rows);
  const begun = performance.now();
  for (const key of keys) table.add(key, false);
  expect(keys.every((key, i) => table.indexOf(key) === i)).toBe(true);
  // Some 100 ms; a list of all of them would take a minute.
  expect(performance.now() - begun).toBeLessThan(20_000);
});
