import fc from 'fast-check';
import { visitCandidates } from '../../src/coupling/candidates.ts';
import { coupleBlock } from '../../src/coupling/couple-block.ts';
import { facetId, type PlacedScene, sharedKeys } from '../../src/coupling/placed-scene.ts';
import { coupleScenes, type Frequencies } from '../../src/coupling/reasons.ts';
import { digestOf } from '../../src/scene/digest.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import { shuffled, someScenes } from '../arbitrary/placed-scene.ts';

const frequenciesOf = (scenes: readonly PlacedScene[]): Frequencies => {
  const counts = new Map<string, number>();
  for (const scene of scenes)
    for (const key of sharedKeys(scene)) counts.set(facetId(key), (counts.get(facetId(key)) ?? 0) + 1);
  return { scenes: scenes.length, counts };
};

const coupled = (scenes: readonly PlacedScene[], couplingsMax = 16) =>
  coupleBlock({ scenes, around: [], existing: [], frequencies: frequenciesOf(scenes), couplingsMax }).put;

test('no scene has more couplings than allowed, and each pair is coupled once', () => {
  fc.assert(
    fc.property(someScenes(60), fc.integer({ min: 1, max: 5 }), (scenes, couplingsMax) => {
      const degree = new Map<string, number>();
      const couplings = coupled(scenes, couplingsMax);
      for (const { a, b } of couplings) for (const id of [a, b]) degree.set(id, (degree.get(id) ?? 0) + 1);
      expect(Math.max(0, ...degree.values())).toBeLessThanOrEqual(couplingsMax);
      expect(new Set(couplings.map(({ a, b }) => a + b)).size).toBe(couplings.length);
    }),
  );
});

test('the order in which scenes are given does not matter', () => {
  fc.assert(
    fc.property(
      someScenes(40).chain((scenes) => fc.tuple(fc.constant(scenes), shuffled(scenes))),
      ([scenes, others]) => expect(coupled(others)).toEqual(coupled(scenes)),
    ),
  );
});

test('coupling what is coupled changes nothing', () => {
  fc.assert(
    fc.property(someScenes(40), fc.integer({ min: 1, max: 6 }), (scenes, couplingsMax) => {
      const frequencies = frequenciesOf(scenes);
      const { put } = coupleBlock({ scenes, around: [], existing: [], frequencies, couplingsMax });
      const again = coupleBlock({ scenes, around: [], existing: put, frequencies, couplingsMax });
      expect(again).toEqual({ put: [], remove: [] });
    }),
  );
});

test('while there is room every pair that has a reason and a rare facet is coupled, with its full weight', () => {
  fc.assert(
    fc.property(someScenes(16), (scenes) => {
      const frequencies = frequenciesOf(scenes);
      const expected = scenes.flatMap((x, i) =>
        scenes.slice(i + 1).flatMap((y) => coupleScenes(x, y, frequencies) ?? []),
      );
      expect(new Set(coupled(scenes).map((coupling) => JSON.stringify(coupling)))).toEqual(
        new Set(expected.map((coupling) => JSON.stringify(coupling))),
      );
    }),
  );
});

test('a later block may take the place of a lighter coupling but never exceeds the limit', () => {
  fc.assert(
    fc.property(someScenes(40), fc.integer({ min: 1, max: 4 }), fc.nat(40), (scenes, couplingsMax, cut) => {
      const frequencies = frequenciesOf(scenes);
      const first = scenes.slice(0, cut);
      const rest = scenes.slice(cut);
      const before = coupleBlock({ scenes: first, around: [], existing: [], frequencies, couplingsMax }).put;
      const change = coupleBlock({ scenes: rest, around: first, existing: before, frequencies, couplingsMax });
      const removed = new Set(change.remove.map(({ a, b }) => a + b));
      const replaced = new Set(change.put.map(({ a, b }) => a + b));
      const after = [...before.filter(({ a, b }) => !removed.has(a + b) && !replaced.has(a + b)), ...change.put];
      const degree = new Map<string, number>();
      for (const { a, b } of after) for (const id of [a, b]) degree.set(id, (degree.get(id) ?? 0) + 1);
      expect(Math.max(0, ...degree.values())).toBeLessThanOrEqual(couplingsMax);
      const lightest = (id: string) =>
        Math.min(...after.filter(({ a, b }) => a === id || b === id).map(({ weight }) => weight));
      for (const { a, b } of change.remove) {
        const gone = before.find((coupling) => coupling.a === a && coupling.b === b);
        expect(gone?.weight).toBeLessThanOrEqual(Math.max(lightest(a), lightest(b)));
      }
    }),
  );
});

test('scenes that become another agent’s are coupled as if they always had been, but for the weight of what they shared before', () => {
  const anyAgents = fc.tuple(fc.constantFrom('Анна', 'he', 'Levin'), fc.constantFrom('Вронский', 'я', 'new'));
  fc.assert(
    fc.property(someScenes(16), anyAgents, (scenes, [from, to]) => {
      const existing = coupled(scenes);
      const now = scenes.map((scene) =>
        scene.agent?.entity === from ? { ...scene, agent: { ...scene.agent, entity: to } } : scene,
      );
      const changed = (scene: PlacedScene): boolean => scene.agent?.entity === to;
      const frequencies = frequenciesOf(now);
      const block = { scenes: now.filter(changed), around: now.filter((scene) => !changed(scene)) };
      const change = coupleBlock({ ...block, existing, frequencies, couplingsMax: 16 });
      const after = new Map(existing.map((coupling) => [coupling.a + coupling.b, coupling]));
      for (const { a, b } of change.remove) after.delete(a + b);
      for (const coupling of change.put) after.set(coupling.a + coupling.b, coupling);
      const names = (couplings: ReturnType<typeof coupled>) =>
        couplings
          .map(({ a, b, because }) => `${a} ${b} ${because.map(({ kind, key }) => `${kind}:${key}`).sort()}`)
          .sort();
      expect(names([...after.values()])).toEqual(names(coupled(now)));
      const before = new Map(existing.map((coupling) => [coupling.a + coupling.b, coupling]));
      for (const [pair, { because }] of after)
        for (const was of before.get(pair)?.because ?? [])
          if (was.kind !== 'release')
            for (const is of because)
              if (is.kind === was.kind && is.key === was.key) expect(is.weight).toBe(was.weight);
    }),
  );
});

test('a sequence that a new scene interrupts is dropped', () => {
  const at = (id: string, position: number): PlacedScene => ({
    id: id as SceneId,
    document: 'd' as DocumentId,
    position,
    agent: null,
    tension: null,
    context: [],
    atmosphere: null,
    archetype: null,
  });
  const before = coupled([at('a', 0), at('b', 1)]);
  expect(before).toHaveLength(1);
  const scenes = [at('a', 0), at('new', 1), at('b', 2)];
  const change = coupleBlock({
    scenes,
    around: [],
    existing: before,
    frequencies: frequenciesOf(scenes),
    couplingsMax: 16,
  });
  expect(change.remove).toEqual([{ a: 'a', b: 'b' }]);
  expect(change.put.map(({ a, b }) => [a, b])).toEqual([
    ['a', 'new'],
    ['b', 'new'],
  ]);
});

test('a hub does not make the pairs to weigh quadratic', () => {
  const hub = (n: number): readonly PlacedScene[] =>
    Array.from({ length: n }, (_, i) => ({
      id: digestOf(String(i)) as string as SceneId,
      document: 'd' as DocumentId,
      position: i,
      agent: { key: 'Анна', entity: 'Анна', start: 0, end: 1, confidence: 1, by: 'grammar' },
      tension: null,
      context: [],
      atmosphere: { key: 'cold', start: 0, end: 1, confidence: 1, by: 'word' },
      archetype: null,
    }));
  const pairs = (n: number): number => {
    const scenes = hub(n);
    let count = 0;
    visitCandidates(scenes, [], frequenciesOf(scenes), () => {
      count += 1;
    });
    return count;
  };
  expect(pairs(4000) / pairs(1000)).toBeLessThan(4.1);
});
