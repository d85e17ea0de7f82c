import fc from 'fast-check';
import type { SceneId } from '../../src/scene/scene.ts';
import { SceneOrder } from '../../src/store/scene-order.ts';

const ids = fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 2 }), fc.constantFrom('a', 'b', '0f', 'f0')), {
  maxLength: 30,
});

it('keeps the first of equal ids, each at its place', () =>
  fc.assert(
    fc.asyncProperty(ids, async (texts) => {
      const order = await SceneOrder.of(texts as string[] as SceneId[]);
      const expected = [...new Set(texts)];
      expect([...order]).toEqual(expected);
      expect(order.size).toBe(expected.length);
      for (const [place, id] of expected.entries()) {
        expect(order.at(place)).toBe(id);
        expect(order.placeOf(id as SceneId)).toBe(place);
        expect(order.add(id as SceneId)).toBe(false);
      }
      expect(order.at(-1)).toBeUndefined();
      expect(order.has('not there' as SceneId)).toBe(false);
    }),
  ));
