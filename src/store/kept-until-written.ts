import { perGeneration } from './per-generation.ts';
import type { LookUp } from './together.ts';

/** Values that are kept of one kind of look-up: scenes with their facets take 2 kB each, so that these are some 20 MB. */
export const KEPT_MAX = 10_000;

/**
 * A look-up that keeps what it found until the next write.
 * @param max values at most; 0 keeps none
 * @param generation as of {@link perGeneration}
 */
export const keptUntilWritten = <Key extends string | number, Value>(
  lookUp: LookUp<Key, Value>,
  generation: () => number | null,
  max: number = KEPT_MAX,
): LookUp<Key, Value> => {
  if (max === 0) return lookUp;
  const present = perGeneration(
    generation,
    () => new Map<Key, Value>(),
    ({ size }) => size > max,
  );
  return async (keys) => {
    const kept = present();
    const missing = [...new Set(keys.filter((key) => !kept.has(key)))];
    if (missing.length > 0) {
      const values = await lookUp(missing);
      for (const [i, key] of missing.entries()) kept.set(key, values[i] as Value);
    }
    // The map is this call's own to the end, whatever is forgotten meanwhile.
    return keys.map((key) => kept.get(key) as Value);
  };
};
