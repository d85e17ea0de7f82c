import fc from 'fast-check';
import { CLUE_KINDS, type Clue } from '../../src/activation/clue.ts';
import { namedRelevance, relevance } from '../../src/activation/relevance.ts';

const clue = (key: string, weight: number, part = key, kind: Clue['kind'] = 'word'): Clue => ({
  kind,
  key,
  part,
  weight,
  count: 1,
  scenes: [],
});

const anyClues: fc.Arbitrary<readonly Clue[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...CLUE_KINDS),
    key: fc.string(),
    part: fc.constantFrom('царь', 'дверь', 'silence', 'Δ14'),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.nat(),
    scenes: fc.constant([]),
  }),
  { minLength: 1, maxLength: 12 },
);

test('a rare word answers more of a query than a common one, both all of it', () => {
  const [rare, common] = [clue('барабан', 0.7), clue('царь', 0.3)];
  const query = [rare, common];
  expect(relevance(query, query)).toBeCloseTo(1);
  expect(relevance([rare], query)).toBeCloseTo(0.7);
  expect(relevance([common], query)).toBeCloseTo(0.3);
  expect(relevance([], query)).toBe(0);
});

test('what is a clue of one part counts once, by the heaviest', () => {
  const [word, agent, other] = [clue('царь', 0.5), clue('царь', 0.25, 'царь', 'agent'), clue('лес', 0.5)];
  const query = [word, agent, other];
  expect(relevance([word, agent], query)).toBeCloseTo(0.5);
  expect(relevance([agent], query)).toBeCloseTo(0.25);
});

test('of a name half counts by how much of it was asked for', () => {
  const query = [clue('Prospero', 0.5), clue('clock', 0.5)];
  expect(namedRelevance(query.slice(0, 1), query, 1)).toBeCloseTo(0.5);
  expect(namedRelevance(query.slice(0, 1), query, 0.5)).toBeCloseTo(0.375);
  expect(namedRelevance(query.slice(0, 1), query, 0)).toBeCloseTo(0.25);
});

test('nothing weighs where nothing answers', () => {
  expect(relevance([], [clue('zzz', 0)])).toBe(0);
});

test('from 0 to 1, and never less for one more answer', () => {
  fc.assert(
    fc.property(anyClues, fc.nat(), (clues, n) => {
      const some = clues.slice(0, n % (clues.length + 1));
      const [less, all] = [relevance(some, clues), relevance(clues, clues)];
      expect(less).toBeGreaterThanOrEqual(0);
      expect(less).toBeLessThanOrEqual(all + 1e-12);
      expect(all).toBeLessThanOrEqual(1);
      expect(all).toBeCloseTo(clues.some(({ weight }) => weight > 0) ? 1 : 0);
    }),
  );
});
