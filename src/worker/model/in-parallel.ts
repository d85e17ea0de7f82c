/**
 * Works on items, some at a time, and gives the results in the items' order. When one fails the signal that all are given aborts; it
 * throws what failed first, and only when no other runs any more.
 * @param max at a time, 1 or more
 */
export const inParallel = async <T, Result>(
  items: readonly T[],
  { max, signal }: { readonly max: number; readonly signal: AbortSignal | undefined },
  work: (item: T, signal: AbortSignal) => Promise<Result>,
): Promise<readonly Result[]> => {
  const failing = new AbortController();
  const either = signal === undefined ? failing.signal : AbortSignal.any([signal, failing.signal]);
  const results: Result[] = [];
  let failure: { readonly error: unknown } | null = null;
  const left = items.entries();
  const goOn = async (): Promise<void> => {
    try {
      for (const [i, item] of left) {
        if (failing.signal.aborted) return;
        results[i] = await work(item, either);
      }
    } catch (error) {
      failure ??= { error };
      failing.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(max, items.length) }, goOn));
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return results;
};
