import type { LookUp } from './together.ts';

/** Values that are kept of one kind of look-up: scenes with their facets take 2 kB each, so that these are some 20 MB. */
export const KEPT_MAX = 10_000;

/**
 * A look-up that keeps what it found until the next write. What is looked up is that of the engine's present generation; what
 * comes back is put to those of the generation in which it was asked: should something be written meanwhile, nobody looks
 * there any more. When too many are kept all are forgotten, which costs less than an order of use.
 * @param max values at most; 0 keeps none
 * @param generation grows with every write; null where others write to the same graph, and nothing is kept
 */
export const keptUntilWritten = <Key extends string | number, Value>(
  lookUp: LookUp<Key, Value>,
  generation: () => number | null,
  max: number = KEPT_MAX,
): LookUp<Key, Value> => {
  let of: number | null = null;
  let kept = new Map<Key, Value>();
  return async (keys) => {
    const now = generation();
    if (now === null || max === 0) return lookUp(keys);
    if (now !== of || kept.size > max) {
      of = now;
      kept = new Map();
    }
    const known = kept;
    const missing = [...new Set(keys.filter((key) => !known.has(key)))];
    // Their values now: those of others may be forgotten while this waits.
    const found = new Map(keys.filter((key) => known.has(key)).map((key) => [key, known.get(key) as Value]));
    if (missing.length > 0) {
      const values = await lookUp(missing);
      for (const [i, key] of missing.entries()) {
        known.set(key, values[i] as Value);
        found.set(key, values[i] as Value);
      }
    }
    return keys.map((key) => found.get(key) as Value);
  };
};
