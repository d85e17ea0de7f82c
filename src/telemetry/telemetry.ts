import type { Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** How a process is watched. Both null: nothing is measured, and nothing stands between a caller and what is called. */
export interface Telemetry {
  readonly metrics: Metrics | null;
  readonly tracing: Tracing | null;
}

export const NO_TELEMETRY: Telemetry = Object.freeze({ metrics: null, tracing: null });
