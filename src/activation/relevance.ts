import type { Clue } from './clue.ts';

/** The most that each part of a query gives, by part; what nothing answers to gives nothing. */
const partWeights = (clues: readonly Clue[]): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>();
  for (const { part, weight } of clues) weights.set(part, Math.max(weight, weights.get(part) ?? 0));
  return weights;
};

const sumOf = (weights: Iterable<number>): number => {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
};

/**
 * The share of a query that is answered, 0 to 1: of the heaviest clue of each of its parts. A clue weighs as much as it is rare, so that this
 * is the sum of inverse document frequencies (Robertson & Spärck Jones 1976) as far as there is an answer. What BM25 adds to it, how often a
 * word stands in how long a text, found less: a scene is a sentence, and a word stands in it once. See `docs/decisions/0022-search.md`.
 * @param answered out of `clues`
 */
export const relevance = (answered: readonly Clue[], clues: readonly Clue[]): number => {
  const whole = sumOf(partWeights(clues).values());
  return whole === 0 ? 0 : Math.min(1, sumOf(partWeights(answered).values()) / whole);
};

/**
 * The same of what has a name and no text: half of it stands and falls with how much of the name was asked for.
 * @param named the share of its own name that the query holds, 0 to 1
 */
export const namedRelevance = (answered: readonly Clue[], clues: readonly Clue[], named: number): number =>
  (relevance(answered, clues) * (1 + named)) / 2;
