import fc from 'fast-check';
import { COUPLED_SHARE, rankScores } from '../../src/activation/rank.ts';
import type { Inflow } from '../../src/activation/through.ts';
import type { SceneId } from '../../src/scene/scene.ts';

const id = (n: number): SceneId => `scene ${n}` as SceneId;
const own = (...scores: readonly number[]): ReadonlyMap<SceneId, number> =>
  new Map(scores.map((score, n) => [id(n), score]));
const flow = (...totals: readonly number[]): ReadonlyMap<SceneId, Inflow> =>
  new Map(totals.flatMap((total, n) => (total > 0 ? [[id(n), { total, from: id(0) }] as const] : [])));

test('of two scenes that answer as much the one to which others lead comes first, by a share of a full answer', () => {
  const scores = rankScores(own(0.5, 0.5, 0), flow(0, 0.02, 0.01));
  expect(scores.get(id(0))).toBeCloseTo(0.5 / (1 + COUPLED_SHARE));
  expect(scores.get(id(1))).toBeCloseTo((0.5 + COUPLED_SHARE) / (1 + COUPLED_SHARE));
  expect(scores.get(id(2))).toBeCloseTo(COUPLED_SHARE / 2 / (1 + COUPLED_SHARE));
});

test('where nothing came over couplings scenes stand as they answer', () => {
  const scores = [...rankScores(own(0.25, 1, 0.5), flow()).values()];
  expect(scores.map((score) => score * (1 + COUPLED_SHARE))).toEqual([0.25, 1, 0.5].map((n) => expect.closeTo(n)));
});

test('scores are 0 to 1, and to answer more never sets one back against another', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const scenes = fc.array(fc.tuple(share, share), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(scenes, share, (given, more) => {
      const inflow = flow(...given.map(([, total]) => total));
      const relevance = given.map(([score]) => score);
      const before = rankScores(own(...relevance), inflow);
      for (const score of before.values()) expect(score >= 0 && score <= 1).toBe(true);
      const after = rankScores(own(Math.max(relevance[0] ?? 0, more), ...relevance.slice(1)), inflow);
      const ahead = (scores: ReadonlyMap<SceneId, number>, other: number): number =>
        Math.sign((scores.get(id(0)) ?? 0) - (scores.get(id(other)) ?? 0));
      for (const other of relevance.keys()) expect(ahead(after, other)).toBeGreaterThanOrEqual(ahead(before, other));
    }),
  );
});
