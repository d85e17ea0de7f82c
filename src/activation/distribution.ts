import { z } from 'zod';

/** How whole numbers are spread, positions for instance. */
export interface Distribution {
  readonly total: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** With how many there are. */
export interface CountedDistribution extends Distribution {
  readonly count: number;
}

/** Each number with how often it came, by number. */
export const histogramShape = z.array(z.tuple([z.int(), z.int().min(1)]));
export type HistogramState = z.infer<typeof histogramShape>;

/** Memory grows with how many numbers differ, not with how many come: medians are exact, whatever the order. */
export class Histogram {
  readonly #counts: Map<number, number>;

  constructor(state: HistogramState = []) {
    this.#counts = new Map(state);
  }

  add(value: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  get state(): HistogramState {
    return [...this.#counts].toSorted(([x], [y]) => x - y);
  }

  /** null of nothing. */
  summary(): CountedDistribution | null {
    const counts = this.state;
    const count = counts.reduce((sum, [, n]) => sum + n, 0);
    if (count === 0) return null;
    const total = counts.reduce((sum, [value, n]) => sum + value * n, 0);
    return {
      count,
      total,
      mean: total / count,
      median: quantile(counts, count, 0.5),
      p90: quantile(counts, count, 0.9),
      max: counts.at(-1)?.[0] ?? 0,
    };
  }
}

/** The nearest-rank quantile: a value that occurs, of which at least the share `q` is not above. */
const quantile = (counts: HistogramState, count: number, q: number): number => {
  const rank = Math.max(1, Math.ceil(q * count));
  let seen = 0;
  for (const [value, n] of counts) {
    seen += n;
    if (seen >= rank) return value;
  }
  return 0;
};
