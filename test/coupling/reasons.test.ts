import fc from 'fast-check';
import type { PlacedScene } from '../../src/coupling/placed-scene.ts';
import { coupleScenes } from '../../src/coupling/reasons.ts';
import type { Facet } from '../../src/scene/facet.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import { someScenes } from '../arbitrary/placed-scene.ts';

const facet = (key: string, confidence = 1): Facet => ({ key, start: 0, end: 1, confidence, by: 'word' });
const scene = (id: string, position: number, facets: Partial<PlacedScene> = {}): PlacedScene => ({
  id: id as SceneId,
  document: 'd' as DocumentId,
  position,
  agent: null,
  tension: null,
  context: [],
  atmosphere: null,
  archetype: null,
  ...facets,
});
const anna = { ...facet('Анна'), entity: 'Анна' };
const counts = new Map([
  ['agent:Анна', 800],
  ['context:метель', 3],
  ['context:blizzard', 3],
]);
const frequencies = { scenes: 1000, counts };

test('a shared «Анна» counts less in Anna Karenina than a shared «метель»', () => {
  const byAnna = coupleScenes(scene('a', 0, { agent: anna }), scene('b', 50, { agent: anna }), frequencies);
  const storm = { context: [facet('метель')] };
  const byStorm = coupleScenes(scene('a', 0, storm), scene('b', 50, storm), frequencies);
  expect(byAnna?.because).toEqual([{ kind: 'agent', key: 'Анна', weight: expect.any(Number) }]);
  expect(byStorm?.because).toEqual([{ kind: 'context', key: 'метель', weight: expect.any(Number) }]);
  expect(byStorm?.weight).toBeGreaterThan(5 * (byAnna?.weight ?? 1));
});

test('neighbours couple by sequence, and a rare shared facet outweighs it', () => {
  const next = coupleScenes(scene('a', 4), scene('b', 5), frequencies);
  expect(next?.because.map(({ kind }) => kind)).toEqual(['sequence']);
  const storm = { context: [facet('blizzard')] };
  expect(coupleScenes(scene('a', 4, storm), scene('b', 50, storm), frequencies)?.weight).toBeGreaterThan(
    next?.weight ?? 1,
  );
  expect(coupleScenes(scene('a', 4), scene('b', 6), frequencies)).toBeNull();
});

test('a tension raised couples with the scene that releases it, the nearer the stronger, and only forwards', () => {
  const fear = { tension: facet('fear') };
  const calm = { tension: facet('calm') };
  const near = coupleScenes(scene('a', 0, fear), scene('b', 2, calm), frequencies);
  const far = coupleScenes(scene('a', 0, fear), scene('b', 12, calm), frequencies);
  expect(near?.because).toEqual([{ kind: 'release', key: 'fear>calm', weight: expect.any(Number) }]);
  expect(near?.weight).toBeGreaterThan(far?.weight ?? 1);
  expect(coupleScenes(scene('a', 0, fear), scene('b', 13, calm), frequencies)).toBeNull();
  expect(coupleScenes(scene('a', 0, calm), scene('b', 2, fear), frequencies)).toBeNull();
});

test('scenes of two documents couple by what they share, never by place', () => {
  const x = scene('a', 0, { tension: facet('fear'), archetype: facet('road') });
  const y = { ...scene('b', 1, { tension: facet('calm'), archetype: facet('road') }), document: 'e' as DocumentId };
  expect(coupleScenes(x, y, frequencies)?.because.map(({ kind }) => kind)).toEqual(['archetype']);
});

test('evidence too weak to stand does not couple', () => {
  const weak = { context: [facet('метель', 0.2)] };
  expect(coupleScenes(scene('a', 0, weak), scene('b', 50, weak), frequencies)).toBeNull();
});

test('a coupling is the same from both sides, lies between 0 and 1, and says why', () => {
  fc.assert(
    fc.property(someScenes(12), (scenes) => {
      for (const x of scenes)
        for (const y of scenes) {
          const coupling = coupleScenes(x, y, frequencies);
          expect(coupleScenes(y, x, frequencies)).toEqual(coupling);
          if (coupling === null) continue;
          expect(coupling.a < coupling.b).toBe(true);
          expect(coupling.weight).toBeGreaterThan(0);
          expect(coupling.weight).toBeLessThanOrEqual(1);
          expect(coupling.because.length).toBeGreaterThan(0);
          const heaviest = Math.max(...coupling.because.map(({ weight }) => weight));
          expect(coupling.weight).toBeGreaterThanOrEqual(heaviest);
        }
    }),
  );
});
