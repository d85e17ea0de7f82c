import { PER_BIT } from './code-lengths.ts';

/** What makes up level 1. */
export interface Units {
  /** Single scenes. */
  readonly lone: number;
  /** Occurrences of motifs. */
  readonly motifs: number;
  /** Of all forms: how often each occurs, times the logarithm of it. */
  readonly shares: number;
}

/** How often a form occurs, times the logarithm of that. */
export const share = (count: number): number => (count <= 0 ? 0 : count * Math.log2(count));

/** Of saying of each unit what it is: a single scene, or which motif. */
export const unitsLength = ({ lone, motifs, shares }: Units): number =>
  Math.round((share(lone + motifs) - share(lone) - shares) * PER_BIT);

/** @param count how often the form occurs, elsewhere too */
export const unitsWithout = (
  { lone, motifs, shares }: Units,
  { occurrences, scenes, count }: { readonly occurrences: number; readonly scenes: number; readonly count: number },
): Units => ({
  lone: lone + scenes,
  motifs: motifs - occurrences,
  shares: shares - share(count) + share(count - occurrences),
});
