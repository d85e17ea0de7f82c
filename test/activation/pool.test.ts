import fc from 'fast-check';
import { type PlacedScore, POOL_REACH, poolAlongText } from '../../src/activation/pool.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';

const at = (document: string, position: number, score: number): PlacedScore => ({
  id: `${document}${position}` as SceneId,
  document: document as DocumentId,
  position,
  score,
});

test('a scene gets a half of what stands next to it, a quarter of what stands after that, and nothing of other documents', () => {
  const scenes = [at('a', 0, 0.8), at('a', 1, 0), at('a', 2, 0.4), at('a', 3, 0), at('a', 5, 0), at('b', 1, 0.3)];
  const pooled = poolAlongText(scenes);
  expect([...pooled.keys()]).toEqual(['a0', 'a1', 'a2', 'a3', 'a5', 'b1']);
  const expected = [0.9, 0.6, 0.6, 0.2, 0, 0.3];
  for (const [i, score] of [...pooled.values()].entries()) expect(score).toBeCloseTo(expected[i] ?? Number.NaN, 12);
});

const anyScenes = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(12), fc.integer({ min: 0, max: 100 })), {
    selector: ([document, position]) => `${document}${position}`,
  })
  .map((rows) => rows.map(([document, position, score]) => at(document, position, score / 100)));

test('no scene gets less than its own, none more than two and a half times the greatest, and order changes nothing', () => {
  fc.assert(
    fc.property(anyScenes, (scenes) => {
      const pooled = poolAlongText(scenes);
      const most = Math.max(0, ...scenes.map(({ score }) => score));
      for (const { id, score } of scenes) {
        expect(pooled.get(id)).toBeGreaterThanOrEqual(score);
        expect(pooled.get(id)).toBeLessThanOrEqual(2.5 * most + 1e-12);
      }
      expect(Object.fromEntries(poolAlongText(scenes.toReversed()))).toEqual(Object.fromEntries(pooled));
    }),
  );
});

test('a scene out of reach of all activated ones gets nothing', () => {
  fc.assert(
    fc.property(anyScenes, (scenes) => {
      const pooled = poolAlongText(scenes);
      for (const { id, document, position } of scenes) {
        const near = scenes.filter(
          (each) => each.document === document && Math.abs(each.position - position) <= POOL_REACH && each.score > 0,
        );
        expect((pooled.get(id) ?? 0) > 0).toBe(near.length > 0);
      }
    }),
  );
});
