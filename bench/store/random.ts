import type { Random } from '../../src/collapse/leiden/random.ts';

/**
 * Draws 0 to size − 1, the k-th as often as 1/(k + 1): how words, and so names and lemmas, spread over a text (Zipf 1949).
 * By inversion of the continuous law ln(x)/ln(size + 1), which needs no table.
 */
export const zipf =
  (random: Random, size: number): (() => number) =>
  () =>
    Math.min(size - 1, Math.floor((size + 1) ** random()) - 1);

/** An integer of [from, to). */
export const between = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from));
