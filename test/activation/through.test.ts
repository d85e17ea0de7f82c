import { strongestInflow } from '../../src/activation/through.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import type { SceneId } from '../../src/scene/scene.ts';

const id = (name: string): SceneId => name as SceneId;
const coupling = (a: string, b: string, weight: number): Coupling => ({
  a: id(a),
  b: id(b),
  weight,
  because: [{ kind: 'sequence', key: '', weight }],
});
const lit = (scores: Record<string, number>, degrees: Record<string, number>) => ({
  scores: new Map(Object.entries(scores).map(([key, n]) => [id(key), n])),
  degrees: new Map(Object.entries(degrees).map(([key, n]) => [id(key), n])),
});

test('most comes from the neighbour whose score, parted over all its couplings, gives the scene the most', () => {
  const couplings = [coupling('a', 'm', 0.9), coupling('m', 'z', 0.3)];
  // a has more, but parts it over ten times as much.
  const spread = lit({ a: 0.4, z: 0.2 }, { a: 10, z: 0.3 });
  expect(strongestInflow(id('m'), couplings, spread)).toBe(couplings[1]);
});

test('nothing came over couplings to neighbours without score, nor to a scene without couplings', () => {
  expect(strongestInflow(id('m'), [coupling('a', 'm', 0.9)], lit({}, { a: 1 }))).toBeNull();
  expect(strongestInflow(id('m'), [], lit({ m: 1 }, { m: 0 }))).toBeNull();
});

test('of equal ones it is that of the smaller id, in whatever order they come', () => {
  const couplings = [coupling('m', 'z', 0.5), coupling('a', 'm', 0.5)];
  const spread = lit({ a: 0.1, z: 0.1 }, { a: 1, z: 1 });
  for (const order of [couplings, couplings.toReversed()]) expect(strongestInflow(id('m'), order, spread)?.a).toBe('a');
});
