/** How long to wait between tries. */
export interface Backoff {
  /** Tries after the first; 0 for none. */
  readonly retries: number;
  /** ms before the first of them at most; each later one waits up to twice as long. */
  readonly baseMs: number;
  /** ms at most. */
  readonly maxMs: number;
}

export const BACKOFF_DEFAULT: Backoff = { retries: 3, baseMs: 200, maxMs: 10_000 };

/**
 * ms to wait before a try: anything up to a bound that doubles ("full jitter"), so that clients that failed together do
 * not come back together. Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param attempt 1 for the first try after the first failure
 * @param random from 0 to below 1
 */
export const waitBefore = (attempt: number, { baseMs, maxMs }: Backoff, random: number): number =>
  random * Math.min(maxMs, baseMs * 2 ** (attempt - 1));

/** Waits, or throws the signal's reason as soon as it aborts. */
export const wait = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
