import { type Clue, heaviestFirst } from './clue.ts';

/** A clue that something answers to. */
export interface Answer {
  readonly clue: Clue;
  /** How often it stands there: of a word, of all else 1. */
  readonly times: number;
}

/** A text as BM25 sees it. */
export interface TextLength {
  /** Its words. */
  readonly words: number;
  /** Words of a text on average. */
  readonly average: number;
}

/** Term frequency saturation and length normalisation of BM25 (Robertson & Zaragoza 2009, «The Probabilistic Relevance Framework»). */
export const K1 = 1.2;
export const B = 0.75;

/** How much of the weight of its words a text gets: 1 for a word that stands once in a text of average length. */
const saturation = (times: number, { words, average }: TextLength): number => {
  const length = average === 0 ? 1 : words / average;
  return (times * (K1 + 1)) / (times + K1 * (1 - B + B * length));
};

/** The most that each part of the text can give, by part: what nothing answers to gives nothing. */
export const partWeights = (clues: readonly Clue[]): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>();
  for (const { part, weight } of clues) weights.set(part, Math.max(weight, weights.get(part) ?? 0));
  return weights;
};

/**
 * How much of a query is answered: the sum over its parts of the heaviest clue of each, a word's by how often it stands in
 * a text of that length. Of a text that answers to nothing 0.
 */
export const relevance = (answers: readonly Answer[], length: TextLength): number => {
  const heaviest = new Map<string, number>();
  for (const { clue, times } of answers) {
    const weight = clue.weight * (clue.kind === 'word' ? saturation(times, length) : 1);
    heaviest.set(clue.part, Math.max(weight, heaviest.get(clue.part) ?? 0));
  }
  return sumOf(heaviest.values());
};

export const sumOf = (weights: Iterable<number>): number => {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
};

export const byWeight = (answers: readonly Answer[]): readonly Clue[] =>
  answers.map(({ clue }) => clue).toSorted(heaviestFirst);

/**
 * How much of a query is answered by what has a name and no text: the share of the weight of its parts, half of which stands and falls
 * with how much of the name was asked for. 0 to 1.
 * @param answered clues that it answers to, out of `clues`
 * @param named the share of its own name that the query holds, 0 to 1
 */
export const namedRelevance = (answered: readonly Clue[], clues: readonly Clue[], named: number): number => {
  const share = sumOf(partWeights(answered).values()) / sumOf(partWeights(clues).values());
  return (share * (1 + named)) / 2;
};
