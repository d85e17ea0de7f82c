import fc from 'fast-check';
import type { SceneId } from '../../src/scene/scene.ts';
import { compareOrder, type OrderChange } from '../../src/store/neighbours.ts';
import { SceneOrder } from '../../src/store/scene-order.ts';

const order = fc
  .uniqueArray(fc.constantFrom(...'абвгдежз'), { maxLength: 8 })
  .map((ids) => ids as string[] as SceneId[]);

const pairs = (ids: readonly SceneId[]): ReadonlySet<string> => new Set(ids.slice(1).map((id, i) => `${ids[i]} ${id}`));
const around = (ids: readonly SceneId[], id: SceneId): string =>
  `${ids[ids.indexOf(id) - 1]} ${ids[ids.indexOf(id) + 1]}`;

const changes = async (before: readonly SceneId[], after: readonly SceneId[]): Promise<OrderChange> =>
  compareOrder(await SceneOrder.of(before), await SceneOrder.of(after));

it('turns one order into the other', () =>
  fc.assert(
    fc.asyncProperty(order, order, async (before, after) => {
      const { deleted, unlinked, linked } = await changes(before, after);
      const left = [...pairs(before)].filter((pair) => {
        const [from, to] = pair.split(' ') as [SceneId, SceneId];
        return !unlinked.includes(from) && !deleted.includes(from) && !deleted.includes(to);
      });
      const added = linked.map(({ from, to }) => `${from} ${to}`);
      expect(left.concat(added).toSorted()).toEqual([...pairs(after)].toSorted());
      expect(deleted.toSorted()).toEqual(before.filter((id) => !after.includes(id)).toSorted());
    }),
    { numRuns: 500 },
  ));

it('names the scenes that were there and have another neighbour', () =>
  fc.assert(
    fc.asyncProperty(order, order, async (before, after) => {
      const expected = after.filter((id) => before.includes(id) && around(before, id) !== around(after, id));
      expect((await changes(before, after)).displaced).toEqual(expected);
    }),
    { numRuns: 500 },
  ));

it('lets other work between the scenes of a long document', async () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `${i}` as SceneId);
  let turns = 0;
  let counting = setImmediate(function count() {
    turns += 1;
    counting = setImmediate(count);
  });
  const order = await SceneOrder.of(ids);
  const built = turns;
  await compareOrder(order, order);
  clearImmediate(counting);
  expect(built).toBeGreaterThan(2);
  expect(turns - built).toBeGreaterThan(2);
});
