import fc from 'fast-check';
import { inflows, strongestInflows } from '../../src/activation/through.ts';
import type { SceneId } from '../../src/scene/scene.ts';

const id = (name: string): SceneId => name as SceneId;
type Couplings = readonly (readonly [string, string, number])[];

/** What a spread knows that has asked for the neighbours of every scene with a score. */
const lit = (scores: Readonly<Record<string, number>>, couplings: Couplings) => {
  const ends = couplings.flatMap(([x, y, weight]) => [
    { from: x, id: id(y), weight },
    { from: y, id: id(x), weight },
  ]);
  const touched = Object.keys(scores).map((from) => ({ from: id(from), own: ends.filter((end) => end.from === from) }));
  return {
    scores: new Map(Object.entries(scores).map(([key, score]) => [id(key), score])),
    degrees: new Map(touched.map(({ from, own }) => [from, own.reduce((sum, { weight }) => sum + weight, 0)])),
    neighbours: new Map(touched.map(({ from, own }) => [from, own])),
  };
};
const inflowsOf = (scenes: readonly string[], scores: Readonly<Record<string, number>>, couplings: Couplings) =>
  Object.fromEntries(strongestInflows(new Set(scenes.map(id)), lit(scores, couplings)));

test('most comes from the neighbour whose score, parted over all its couplings, gives the scene the most', () => {
  // a has more, but parts it over ten times as much.
  const couplings: Couplings = [
    ['a', 'm', 0.9],
    ['m', 'z', 0.3],
    ['a', 'b', 8],
  ];
  expect(inflowsOf(['m', 'b'], { a: 0.4, z: 0.2, m: 0.1 }, couplings)).toEqual({ m: 'z', b: 'a' });
});

test('nothing came over couplings to neighbours without score, nor to a scene without couplings', () => {
  expect(inflowsOf(['m'], { a: 0, m: 0.5 }, [['a', 'm', 0.9]])).toEqual({});
  expect(inflowsOf(['m'], { m: 1 }, [])).toEqual({});
  expect(inflowsOf([], { a: 1 }, [['a', 'm', 0.9]])).toEqual({});
});

test('of equal ones it is that of the smaller id, in whatever order they come', () => {
  const couplings: Couplings = [
    ['m', 'z', 0.5],
    ['a', 'm', 0.5],
  ];
  for (const scores of [
    { a: 0.1, z: 0.1 },
    { z: 0.1, a: 0.1 },
  ])
    expect(inflowsOf(['m'], scores, couplings)).toEqual({ m: 'a' });
});

test('none of a scene’s other neighbours gives it more', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyCouplings = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.double({ min: 0.01, max: 1, noNaN: true })),
    { selector: ([x, y]) => [x, y].sort().join(), maxLength: 12 },
  );
  const anyScores = fc.dictionary(fc.constantFrom(...names), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(anyCouplings, anyScores, (all, scores) => {
      const couplings = all.filter(([x, y]) => x !== y);
      const spread = lit(scores, couplings);
      const inflow = (from: SceneId, to: string): number => {
        const weight = spread.neighbours.get(from)?.find((one) => one.id === to)?.weight ?? 0;
        return weight === 0 ? 0 : ((spread.scores.get(from) ?? 0) / (spread.degrees.get(from) ?? 0)) * weight;
      };
      const found = strongestInflows(new Set(names.map(id)), spread);
      for (const name of names) {
        const most = Math.max(...names.map((from) => inflow(id(from), name)));
        const from = found.get(id(name));
        expect(from === undefined ? 0 : inflow(from, name)).toBe(most);
      }
    }),
  );
});

test('what came to a scene is the sum over its neighbours, each score parted by the weight of its couplings', () => {
  const couplings: Couplings = [
    ['a', 'm', 0.5],
    ['a', 'b', 1.5],
    ['m', 'z', 0.4],
  ];
  const found = inflows(lit({ a: 0.4, z: 0.2 }, couplings));
  expect(found.get(id('m'))).toEqual({ total: expect.closeTo(0.4 / 4 + 0.2), from: 'z' });
  expect(found.get(id('b'))).toEqual({ total: expect.closeTo(0.3), from: 'a' });
  expect([...found.keys()].toSorted()).toEqual(['b', 'm']);
});
