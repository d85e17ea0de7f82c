import { Histogram, type Registry } from 'prom-client';

/** ms between two looks: a block of 50 ms delays at least two of them. */
const EVERY_MS = 20;

const LAG_SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export interface EventLoopLag {
  close(): void;
}

/**
 * By how much a timer comes late: how long whatever else wants the event loop has to wait. A histogram, since prom-client's
 * own `nodejs_eventloop_lag_…` are gauges, which cannot be added up over processes or asked for a share above 50 ms.
 */
export const watchEventLoop = (registry: Registry): EventLoopLag => {
  const lag = new Histogram({
    name: 'hyperscene_event_loop_lag_seconds',
    help: 'By how much a timer of 20 ms comes late.',
    buckets: LAG_SECONDS,
    registers: [registry],
  });
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    lag.observe(Math.max(0, now - last - EVERY_MS) / 1000);
    last = now;
  }, EVERY_MS).unref();
  return { close: () => clearInterval(timer) };
};
