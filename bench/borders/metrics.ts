/** How far a segmentation is from the true one. A border is the number of the unit before which it stands, 1 to units − 1. */

export interface Segmentations {
  readonly units: number;
  readonly gold: readonly number[];
  readonly found: readonly number[];
}

/** Half the mean length of the true segments, as Pevzner & Hearst (2002) set it, rounded as NLTK does: half to even. */
export const windowOf = ({ units, gold }: Omit<Segmentations, 'found'>): number => {
  const half = (units - 1) / (gold.length * 2);
  const below = Math.floor(half);
  return Math.max(1, half - below === 0.5 ? below + (below % 2) : Math.round(half));
};

/** By unit: how many borders stand up to it. */
const counts = (units: number, borders: readonly number[]): Int32Array => {
  const sums = new Int32Array(units);
  for (const border of new Set(borders)) sums[border] = 1;
  for (let unit = 1; unit < units; unit += 1) sums[unit] = (sums[unit] ?? 0) + (sums[unit - 1] ?? 0);
  return sums;
};

/** Share of windows of `k` gaps between units in which the two differ. */
const differing = (
  { units, gold, found }: Segmentations,
  k: number,
  differ: (gold: number, found: number) => boolean,
): number => {
  const [ofGold, ofFound] = [counts(units, gold), counts(units, found)];
  const windows = units - k;
  let wrong = 0;
  for (let at = 0; at < windows; at += 1) {
    const inGold = (ofGold[at + k] ?? 0) - (ofGold[at] ?? 0);
    const inFound = (ofFound[at + k] ?? 0) - (ofFound[at] ?? 0);
    if (differ(inGold, inFound)) wrong += 1;
  }
  return wrong / windows;
};

/** WindowDiff, 0 to 1, 0 is best: Pevzner & Hearst, "A critique and improvement of an evaluation metric for text segmentation", 2002. */
export const windowDiff = (both: Segmentations, k: number): number =>
  differing(both, k, (gold, found) => gold !== found);

/** Pk, 0 to 1, 0 is best: Beeferman, Berger & Lafferty, "Statistical models for text segmentation", 1999. */
export const pk = (both: Segmentations, k: number): number =>
  differing(both, k, (gold, found) => gold > 0 !== found > 0);

/**
 * F1 of borders, 0 to 1: a border counts as found when one not yet matched stands at most `tolerance` units away. Both in the order
 * of the text, each takes the first it can: for intervals of equal length that matches as many as can be.
 */
export const borderF1 = ({ gold, found }: Segmentations, tolerance: number): number => {
  if (gold.length === 0 || found.length === 0) return gold.length === found.length ? 1 : 0;
  const [right, ours] = [gold.toSorted((x, y) => x - y), found.toSorted((x, y) => x - y)];
  let [g, f, hits] = [0, 0, 0];
  while (g < right.length && f < ours.length) {
    const distance = (ours[f] ?? 0) - (right[g] ?? 0);
    if (Math.abs(distance) <= tolerance) hits += 1;
    if (distance <= tolerance) f += 1;
    if (distance >= -tolerance) g += 1;
  }
  return (2 * hits) / (gold.length + found.length);
};
