import fc from 'fast-check';
import type { SceneId } from '../../src/scene/scene.ts';
import { compareOrder } from '../../src/store/neighbours.ts';

const order = fc
  .uniqueArray(fc.constantFrom(...'абвгдежз'), { maxLength: 8 })
  .map((ids) => ids as string[] as SceneId[]);

const pairs = (ids: readonly SceneId[]): ReadonlySet<string> => new Set(ids.slice(1).map((id, i) => `${ids[i]} ${id}`));
const around = (ids: readonly SceneId[], id: SceneId): string =>
  `${ids[ids.indexOf(id) - 1]} ${ids[ids.indexOf(id) + 1]}`;

it('turns one order into the other', () => {
  fc.assert(
    fc.property(order, order, (before, after) => {
      const { deleted, unlinked, linked } = compareOrder(before, after);
      const left = [...pairs(before)].filter((pair) => {
        const [from, to] = pair.split(' ') as [SceneId, SceneId];
        return !unlinked.includes(from) && !deleted.includes(from) && !deleted.includes(to);
      });
      const added = linked.map(({ from, to }) => `${from} ${to}`);
      expect(left.concat(added).toSorted()).toEqual([...pairs(after)].toSorted());
      expect(deleted.toSorted()).toEqual(before.filter((id) => !after.includes(id)).toSorted());
    }),
    { numRuns: 500 },
  );
});

it('names the scenes that were there and have another neighbour', () => {
  fc.assert(
    fc.property(order, order, (before, after) => {
      const expected = after.filter((id) => before.includes(id) && around(before, id) !== around(after, id));
      expect(compareOrder(before, after).displaced).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
