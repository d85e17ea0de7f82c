import fc from 'fast-check';
import type { PlacedScore } from '../../src/activation/pool.ts';
import { COUPLED_SHARE, rankScores } from '../../src/activation/rank.ts';
import type { Inflow } from '../../src/activation/through.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';

const id = (n: number): SceneId => `scene ${n}` as SceneId;
const scene = (position: number, score: number, document = 'one'): PlacedScore => ({
  id: id(position),
  document: document as DocumentId,
  position,
  score,
});
const flow = (...totals: readonly (readonly [number, number])[]): ReadonlyMap<SceneId, Inflow> =>
  new Map(totals.map(([n, total]) => [id(n), { total, from: id(0) }]));

test('two scenes that answer as much: the one to which others lead comes first, and gets a share of a full answer', () => {
  const scores = rankScores([scene(0, 0.5), scene(10, 0.5), scene(20, 0)], flow([10, 0.02], [20, 0.01]));
  expect(scores.get(id(0))).toBeCloseTo(0.5);
  expect(scores.get(id(10))).toBeCloseTo(0.5 + COUPLED_SHARE);
  expect(scores.get(id(20))).toBeCloseTo(COUPLED_SHARE / 2);
});

test('what stands beside a scene that answers rises, and no score is above 1', () => {
  const scores = rankScores([scene(0, 1), scene(1, 1), scene(9, 1)], flow());
  expect(scores.get(id(0))).toBeCloseTo(1);
  expect(scores.get(id(1))).toBeCloseTo(1);
  expect(scores.get(id(9))).toBeCloseTo(1 / 1.5);
});

test('scores are 0 to 1, and to answer more never makes one less against another', () => {
  const scenes = fc.uniqueArray(
    fc.record({ position: fc.nat(40), score: fc.double({ min: 0, max: 1, noNaN: true }) }),
    { selector: ({ position }) => position, minLength: 2, maxLength: 12 },
  );
  fc.assert(
    fc.property(scenes, fc.double({ min: 0, max: 1, noNaN: true }), (given, more) => {
      // Documents of their own: nothing is pooled among them.
      const placed = given.map(({ position, score }) => scene(position, score, String(position)));
      const inflow = flow(...given.map(({ position }, i) => [position, i / 100] as const));
      const before = rankScores(placed, inflow);
      for (const score of before.values()) expect(score >= 0 && score <= 1).toBe(true);
      const [first, ...rest] = placed as [PlacedScore, ...PlacedScore[]];
      const after = rankScores([{ ...first, score: Math.max(first.score, more) }, ...rest], inflow);
      const ahead = (scores: ReadonlyMap<SceneId, number>, other: PlacedScore): number =>
        Math.sign((scores.get(first.id) ?? 0) - (scores.get(other.id) ?? 0));
      for (const other of rest) expect(ahead(after, other)).toBeGreaterThanOrEqual(ahead(before, other));
    }),
  );
});
