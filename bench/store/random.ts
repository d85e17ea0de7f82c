/** Numbers in [0, 1) that follow from the seed alone: mulberry32, 2^32 states. */
export type Random = () => number;

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

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
