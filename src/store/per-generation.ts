/**
 * What is kept until the next write. Who asks gets that of the present generation, and puts there what it finds as of it: should
 * something be written meanwhile, it is put where nobody looks any more. When too much is kept all is forgotten, which costs
 * less than an order of use.
 * @param generation grows with every write; null where others write to the same graph, and nothing is kept
 * @param make something to keep in, empty
 * @param isFull it is forgotten when it is asked for next
 */
export const perGeneration = <Kept>(
  generation: () => number | null,
  make: () => Kept,
  isFull: (kept: Kept) => boolean,
): (() => Kept) => {
  let of: number | null = null;
  let kept = make();
  return () => {
    const now = generation();
    if (now === null) return make();
    if (now !== of || isFull(kept)) {
      of = now;
      kept = make();
    }
    return kept;
  };
};
