import fc from 'fast-check';
import { CLUE_KINDS, type Clue, clueWeight } from '../../src/activation/clue.ts';
import { gatherSeeds, sharesOf } from '../../src/activation/seeds.ts';
import type { SceneId } from '../../src/scene/scene.ts';

const id = (name: string): SceneId => name as SceneId;
const clue = (key: string, weight: number, scenes: readonly string[], part = key): Clue => ({
  kind: 'word',
  key,
  part,
  weight,
  count: scenes.length,
  scenes: scenes.map(id),
});

test('a scene that answers to two parts of the source comes before one that answers to one', () => {
  const { seeds, left } = gatherSeeds([clue('тоска', 0.6, ['a', 'c']), clue('дождь', 0.7, ['b', 'c'])], 10);
  expect(seeds.map(({ scene }) => scene)).toEqual(['c', 'b', 'a']);
  expect(seeds[0]?.weight).toBeCloseTo(1.3);
  expect(seeds[0]?.because.map(({ key }) => key)).toEqual(['дождь', 'тоска']);
  expect(left).toBe(0);
});

test('one word is one part: as agent, context and word it counts once, by the heaviest, and all are told', () => {
  const king = [clue('царь', 0.4, ['a'], 'king'), clue('царь!', 0.5, ['a'], 'king'), clue('царю', 0.3, ['a'], 'king')];
  const door = clue('дверь', 0.6, ['b']);
  const { seeds } = gatherSeeds([...king, door], 10);
  expect(seeds).toEqual([
    { scene: 'b', weight: 0.6, because: [door] },
    { scene: 'a', weight: 0.5, because: [king[1], king[0], king[2]] },
  ]);
});

test('shares are squares: fifteen scenes of a common clue start with less than one of a rare one', () => {
  const fifteen = Array.from({ length: 15 }, (_, i) => `water${String(i)}`);
  const { seeds } = gatherSeeds([clue('longing', 1, ['longing']), clue('water', 0.2, fifteen)], 64);
  const shares = sharesOf(seeds);
  const common = fifteen.reduce((sum, name) => sum + (shares.get(id(name)) ?? 0), 0);
  expect(common).toBeLessThan(shares.get(id('longing')) ?? 0);
});

test('a facet or word weighs as much as it is rare, and as it is sure', () => {
  expect(clueWeight(1, 1, 1000)).toBe(1);
  expect(clueWeight(1, 1000, 1000)).toBe(0.01);
  expect(clueWeight(0.5, 1, 1000)).toBe(0.5);
  expect(clueWeight(1, 10, 1000)).toBeGreaterThan(clueWeight(1, 11, 1000));
});

const anyClue: fc.Arbitrary<Clue> = fc.record({
  kind: fc.constantFrom(...CLUE_KINDS),
  key: fc.constantFrom('x', 'y', 'z'),
  part: fc.constantFrom('p', 'q'),
  weight: fc.constantFrom(0, 0.25, 0.5, 1),
  count: fc.nat(9),
  scenes: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e').map(id)),
});

test('the order of the clues changes nothing; each seed says why; those that are left answer to no more than the taken', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyClue, { selector: ({ kind, key }) => kind + key, maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      (clues, max) => {
        const { seeds, left } = gatherSeeds(clues, max);
        expect(gatherSeeds(clues.toReversed(), max)).toEqual({ seeds, left });
        const answering = new Set(clues.filter(({ weight }) => weight > 0).flatMap(({ scenes }) => scenes));
        expect(seeds.length + left).toBe(answering.size);
        for (const { because, weight } of seeds) {
          expect(because.length).toBeGreaterThan(0);
          expect(weight).toBeGreaterThan(0);
        }
        const all = gatherSeeds(clues, 99).seeds;
        expect(all.slice(0, max)).toEqual(seeds);
        expect(all.map(({ weight }) => weight)).toEqual(all.map(({ weight }) => weight).toSorted((x, y) => y - x));
      },
    ),
  );
});
