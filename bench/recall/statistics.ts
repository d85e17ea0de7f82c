import { seededRandom } from '../../src/collapse/leiden/random.ts';

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A difference of means, and where it lies in 95 of 100 samples. */
export interface Difference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const SAMPLES = 2000;

/**
 * How far the mean of `x − y` is sure: the tales are drawn again with replacement, each with all of its questions, since questions
 * of one tale are not independent (cluster bootstrap, percentiles; Field & Welsh 2007).
 */
export const bootstrap = (
  rows: readonly { readonly tale: string; readonly x: number; readonly y: number }[],
): Difference => {
  const clusters = [...Map.groupBy(rows, ({ tale }) => tale).values()].map((of) => ({
    sum: of.reduce((sum, { x, y }) => sum + x - y, 0),
    count: of.length,
  }));
  const random = seededRandom(7);
  const means = Array.from({ length: SAMPLES }, () => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < clusters.length; i += 1) {
      const drawn = clusters[Math.floor(random() * clusters.length)];
      sum += drawn?.sum ?? 0;
      count += drawn?.count ?? 0;
    }
    return sum / count;
  }).toSorted((x, y) => x - y);
  const at = (q: number): number => means[Math.floor(q * SAMPLES)] ?? Number.NaN;
  return { mean: mean(rows.map(({ x, y }) => x - y)), low: at(0.025), high: at(0.975) };
};
