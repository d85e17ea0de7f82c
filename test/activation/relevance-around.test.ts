import fc from 'fast-check';
import type { Clue } from '../../src/activation/clue.ts';
import { relevance } from '../../src/activation/relevance.ts';
import {
  AROUND_DECAY,
  AROUND_REACH,
  type PlacedAnswer,
  relevanceAround,
} from '../../src/activation/relevance-around.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';

const clue = (key: string, weight: number): Clue => ({ kind: 'word', key, part: key, weight, count: 1, scenes: [] });
const [TSAR, DRUM] = [clue('царь', 0.25), clue('барабан', 0.75)];
const QUERY = [TSAR, DRUM];
const at = (position: number, because: readonly Clue[], document = 'one'): PlacedAnswer => ({
  id: `${document} ${position}` as SceneId,
  document: document as DocumentId,
  position,
  because,
});
const relevances = (scenes: readonly PlacedAnswer[]) =>
  Object.fromEntries([...relevanceAround(scenes, QUERY)].map(([id, { relevance: found }]) => [id, found]));

test('a word of a scene beside counts in part, the less the further away, and none of another document', () => {
  const scenes = [at(0, [TSAR]), at(1, [DRUM]), at(2, []), at(4, []), at(1, [], 'two')];
  expect(relevances(scenes)).toEqual({
    'one 0': expect.closeTo(0.25 + 0.75 * AROUND_DECAY),
    'one 1': expect.closeTo(0.75 + 0.25 * AROUND_DECAY),
    'one 2': expect.closeTo(0.75 * AROUND_DECAY + 0.25 * AROUND_DECAY ** 2),
    'one 4': 0,
    'two 1': 0,
  });
});

test('the same word again adds nothing: five sentences of the one do not come before one of both', () => {
  const found = relevances([0, 1, 2, 3, 4].map((position) => at(position, [DRUM])).concat(at(0, QUERY, 'two')));
  expect(found['one 2']).toBeCloseTo(0.75);
  expect(found['two 0']).toBeCloseTo(1);
});

test('it says which scene beside it adds most', () => {
  const found = relevanceAround([at(0, [TSAR]), at(1, []), at(2, [DRUM]), at(9, QUERY), at(10, [TSAR])], QUERY);
  const besideOf = (position: number) => found.get(`one ${position}` as SceneId)?.beside ?? null;
  expect([0, 1, 2, 9, 10].map(besideOf)).toEqual(['one 2', 'one 2', 'one 0', null, 'one 9']);
});

test('never less than what a scene answers itself, never more than all, in whatever order the scenes come', () => {
  const clues = ['a', 'b', 'c', 'd'].map((key, i) => clue(key, (i + 1) / 5));
  const anyScenes = fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(12), fc.subarray(clues)), {
      selector: ([document, position]) => `${document}${position}`,
    })
    .map((rows) => rows.map(([document, position, because]) => at(position, because, document)));
  fc.assert(
    fc.property(anyScenes, (scenes) => {
      const found = relevanceAround(scenes, clues);
      for (const { id, document, position, because } of scenes) {
        const own = relevance(because, clues);
        const { relevance: all = Number.NaN, beside = null } = found.get(id) ?? {};
        expect(all >= own - 1e-12 && all <= 1).toBe(true);
        expect(beside === null).toBe(all <= own + 1e-12);
        if (beside === null) continue;
        const near = scenes.find((each) => each.id === beside);
        expect([near?.document, Math.abs((near?.position ?? 99) - position) <= AROUND_REACH]).toEqual([document, true]);
      }
      expect(Object.fromEntries(relevanceAround(scenes.toReversed(), clues))).toEqual(Object.fromEntries(found));
    }),
  );
});
