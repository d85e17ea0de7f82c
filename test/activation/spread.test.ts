import fc from 'fast-check';
import { type NeighboursOf, type Spread, spread } from '../../src/activation/spread.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { anyStart, asking, degreeOf, exactRank, graphOf, sceneIds } from './coupling-graph.ts';

const anyAlpha = fc.constantFrom(0.1, 0.15, 0.5);
const anyEpsilon = fc.constantFrom(0.1, 0.01, 1e-3, 1e-5);
/** No graph of the tests is wider or larger. */
const UNLIMITED = { touchedMax: 1_000_000, roundsMax: 1_000_000 };

const massOf = ({ scores, residuals }: Spread): number =>
  [...scores.values(), ...residuals.values()].reduce((sum, n) => sum + n, 0);

test('each score is at most ε × degree below the exact one, and never above it', async () => {
  const property = fc.asyncProperty(anyStart, anyAlpha, anyEpsilon, async (start, alpha, epsilon) => {
    const { neighboursOf } = asking(start.graph);
    const { scores } = await spread(start.seeds, neighboursOf, { alpha, epsilon, ...UNLIMITED });
    for (const [id, exact] of exactRank(start, alpha)) {
      const score = scores.get(id) ?? 0;
      expect(score).toBeLessThanOrEqual(exact + 1e-9);
      expect(exact - score).toBeLessThanOrEqual(epsilon * degreeOf(start.graph, id) + 1e-9);
    }
  });
  await fc.assert(property, { numRuns: 300 });
});

test('a least degree that all degrees reach changes no bound; above the least one it widens it as many times', async () => {
  const property = fc.asyncProperty(
    anyStart,
    anyEpsilon,
    fc.constantFrom(0.01, 0.5, 3),
    async (start, epsilon, degreeMin) => {
      const { neighboursOf, asked } = asking(start.graph);
      const { scores } = await spread(start.seeds, neighboursOf, { epsilon, degreeMin, ...UNLIMITED });
      const degrees = [...start.graph.keys()].map((id) => degreeOf(start.graph, id)).filter((degree) => degree > 0);
      const wider = Math.max(1, degreeMin / Math.min(...degrees));
      for (const [id, exact] of exactRank(start, 0.15)) {
        const score = scores.get(id) ?? 0;
        const bound = epsilon * (degreeOf(start.graph, id) === 0 ? degreeMin : degreeOf(start.graph, id) * wider);
        expect(score).toBeLessThanOrEqual(exact + 1e-9);
        expect(exact - score).toBeLessThanOrEqual(bound + 1e-9);
      }
      // Of one mass no more scenes than this can each have enough to be asked for; without it the order, and so the number, may be another.
      for (const round of asked) expect(round.length * epsilon * degreeMin).toBeLessThanOrEqual(1 + 1e-9);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('scores and residuals add up to 1, whatever kept it from going on', async () => {
  const anyLimit = fc.integer({ min: 1, max: 6 });
  const property = fc.asyncProperty(
    anyStart,
    anyEpsilon,
    anyLimit,
    anyLimit,
    async (start, epsilon, touchedMax, roundsMax) => {
      const result = await spread(start.seeds, asking(start.graph).neighboursOf, { epsilon, touchedMax, roundsMax });
      expect(massOf(result)).toBeCloseTo(1, 9);
      expect(result.residual).toBeCloseTo(
        [...result.residuals.values()].reduce((sum, n) => sum + n, 0),
        12,
      );
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('the degrees of what is pushed add up to 1 ÷ (α ε) at most', async () => {
  const property = fc.asyncProperty(anyStart, anyAlpha, anyEpsilon, async (start, alpha, epsilon) => {
    const { work } = await spread(start.seeds, asking(start.graph).neighboursOf, { alpha, epsilon, ...UNLIMITED });
    expect(work).toBeLessThanOrEqual(1 / (alpha * epsilon) + 1e-9);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('what lies apart changes nothing and is never asked for', async () => {
  const property = fc.asyncProperty(anyStart, anyStart, anyEpsilon, async ({ graph, seeds }, apart, epsilon) => {
    const far = new Map(
      [...apart.graph].map(([id, neighbours]) => [
        `far-${id}` as SceneId,
        neighbours.map((neighbour) => ({ ...neighbour, id: `far-${neighbour.id}` as SceneId })),
      ]),
    );
    const alone = await spread(seeds, asking(graph).neighboursOf, { epsilon });
    const { neighboursOf, asked } = asking(new Map([...far, ...graph]));
    expect(await spread(seeds, neighboursOf, { epsilon })).toEqual(alone);
    expect(asked.flat().filter((id) => id.startsWith('far-'))).toEqual([]);
  });
  await fc.assert(property);
});

test('neither the order of the seeds nor that of the neighbours changes a digit', async () => {
  const property = fc.asyncProperty(
    anyStart,
    anyEpsilon,
    fc.infiniteStream(fc.nat()),
    async (start, epsilon, order) => {
      const shuffled = <T>(items: readonly T[]): readonly T[] =>
        items
          .map((item) => ({ item, at: order.next().value as number }))
          .sort((x, y) => x.at - y.at)
          .map(({ item }) => item);
      const result = await spread(start.seeds, asking(start.graph).neighboursOf, { epsilon });
      const graph = new Map([...start.graph].map(([id, neighbours]) => [id, shuffled(neighbours)]));
      const again = await spread(new Map(shuffled([...start.seeds])), asking(graph).neighboursOf, { epsilon });
      // Entries, so that their order counts too.
      expect([...again.scores]).toEqual([...result.scores]);
      expect(new Map([...again.residuals].sort())).toEqual(new Map([...result.residuals].sort()));
      expect(again.rounds).toBe(result.rounds);
    },
  );
  await fc.assert(property);
});

test('no more scenes are asked for than may be, each once, and it says when that bit', async () => {
  const property = fc.asyncProperty(anyStart, fc.integer({ min: 1, max: 14 }), async ({ graph, seeds }, touchedMax) => {
    const epsilon = 1e-5;
    const { neighboursOf, asked } = asking(graph);
    const limited = await spread(seeds, neighboursOf, { epsilon, touchedMax, roundsMax: 100 });
    const ids = asked.flat();
    expect(ids.length).toBeLessThanOrEqual(touchedMax);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(limited.degrees.keys())).toEqual(new Set(ids));
    const free = await spread(seeds, asking(graph).neighboursOf, { epsilon, ...UNLIMITED });
    expect(limited.truncated).toBe(free.degrees.size > touchedMax ? 'touched' : null);
    if (limited.truncated === null) expect(limited).toEqual(free);
  });
  await fc.assert(property);
});

test('a round reaches one coupling further, and the store is asked once a round', async () => {
  const ids = sceneIds(9);
  const chain = graphOf(
    ids,
    ids.slice(1).map((_, i) => [i, i + 1, 0.5]),
  );
  const { neighboursOf, asked } = asking(chain);
  const seeds = new Map([[ids[0] as SceneId, 1]]);
  const { rounds, truncated } = await spread(seeds, neighboursOf, { epsilon: 1e-6, roundsMax: 4 });
  expect([rounds, truncated]).toEqual([4, 'rounds']);
  expect(asked).toEqual(ids.slice(0, 4).map((id) => [id]));
});

test('a scene is not asked for whose residual the coupling alone that it is known by is too heavy for', async () => {
  const ids = sceneIds(101);
  const star = (weight: number) =>
    graphOf(
      ids,
      ids.slice(1).map((_, i) => [0, i + 1, weight]),
    );
  const askedOf = async (weight: number): Promise<number> => {
    const { neighboursOf, asked } = asking(star(weight));
    await spread(new Map([[ids[0] as SceneId, 1]]), neighboursOf, { epsilon: 0.01 });
    return asked.flat().length;
  };
  // Each of the hundred gets 0.0085: 0.01 × 0.9 is more, 0.01 × 0.8 less.
  expect(await askedOf(0.9)).toBe(1);
  expect(await askedOf(0.8)).toBe(101);
});

test('what it touches does not grow with the graph: a line without end', async () => {
  const line: NeighboursOf = async (ids) =>
    ids.map((id) => [-1, 1].map((step) => ({ id: String(Number(id) + step) as SceneId, weight: 0.5 })));
  const { degrees, truncated } = await spread(new Map([['0' as SceneId, 1]]), line, { epsilon: 1e-3 });
  expect(truncated).toBeNull();
  expect(degrees.size).toBeGreaterThan(5);
  expect(degrees.size).toBeLessThan(30);
});

test('a heavier coupling carries more, and a scene without couplings keeps all', async () => {
  const [seed, near, far, alone] = sceneIds(4) as [SceneId, SceneId, SceneId, SceneId];
  const graph = graphOf(
    [seed, near, far, alone],
    [
      [0, 1, 0.9],
      [0, 2, 0.1],
    ],
  );
  const { scores } = await spread(new Map([[seed, 1]]), asking(graph).neighboursOf);
  expect(scores.get(near)).toBeGreaterThan((scores.get(far) ?? 0) * 8);
  expect([...scores.keys()]).toEqual([seed, near, far]);
  const single = await spread(new Map([[alone, 7]]), asking(graph).neighboursOf);
  expect([[...single.scores], single.residual]).toEqual([[[alone, 1]], 0]);
});

const one = new Map([['a' as SceneId, 1]]);

test.each([
  ['no seed', new Map(), {}],
  ['a seed without a share', new Map([['a' as SceneId, 0]]), {}],
  ['a share without end', new Map([['a' as SceneId, Infinity]]), {}],
  ['α of 0', one, { alpha: 0 }],
  ['α of 1', one, { alpha: 1 }],
  ['ε of 0', one, { epsilon: 0 }],
  ['ε that is none', one, { epsilon: Number.NaN }],
  ['a least degree below 0', one, { degreeMin: -1 }],
  ['no scene to touch', one, { touchedMax: 0 }],
  ['a half round', one, { roundsMax: 1.5 }],
])('%s is refused', async (_, seeds, options) => {
  const { neighboursOf, asked } = asking(new Map());
  await expect(spread(seeds, neighboursOf, options)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  expect(asked).toEqual([]);
});
