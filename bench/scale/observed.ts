/** The mean over time of a number that changes by steps, and its greatest. */
export class OverTime {
  #value = 0;
  #since = 0;
  #area = 0;
  #most = 0;

  get value(): number {
    return this.#value;
  }

  get most(): number {
    return this.#most;
  }

  add(change: number, now: number): void {
    this.#area += this.#value * (now - this.#since);
    this.#since = now;
    this.#value += change;
    this.#most = Math.max(this.#most, this.#value);
  }

  mean(now: number): number {
    return now === 0 ? 0 : (this.#area + this.#value * (now - this.#since)) / now;
  }
}

/** The value that a share q of all lies below, by the nearest rank. NaN of none. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
};
