/** A launcher passes Ctrl-C on to a program that the terminal told already: within this time two are one. */
const ECHO_MS = 500;
const STOPPED_BY_HAND = 130;

export interface Interrupt {
  /** Aborts at the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Aborts for another reason, such as an output that nobody reads. */
  abort(reason: unknown): void;
  /** Stops listening: signals end the process at once again. */
  close(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first signal into a request to stop cleanly. A second one, by someone who does not want to wait, ends the
 * process at once; the store survives that.
 * @param onFirst tells the person that the wish was heard
 */
export const listenForInterrupt = (onFirst: (signal: string) => void): Interrupt => {
  const controller = new AbortController();
  let firstAt: number | null = null;
  const listen = (signal: string): void => {
    if (firstAt !== null && performance.now() - firstAt > ECHO_MS) process.exit(STOPPED_BY_HAND);
    if (firstAt !== null) return;
    firstAt = performance.now();
    onFirst(signal);
    controller.abort(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    close: () => {
      for (const signal of SIGNALS) process.off(signal, listen);
    },
  };
};
