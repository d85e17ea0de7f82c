export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** By whom the work of a span was asked for: another program, or this one. */
export type SpanKind = 'server' | 'internal' | 'client';

/** Work under way that is traced. */
export interface OpenSpan {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** What starts while `work` runs, and whatever that waits for, stands below this span. */
  run<T>(work: () => T): T;
  set(attributes: SpanAttributes): void;
  /** Marks the work as failed. @param code of the registry of errors: never a message, which may hold a text */
  fail(code: string): void;
  /** @param at by `performance.now()`; now where left out */
  end(at?: number): void;
}

/** Port: traces of what is done, sent to a collector. Adapter: `open-tracing.ts`. */
export interface Tracing {
  /**
   * A span below the one that runs.
   * @param name of a closed set; attributes likewise: what a caller writes has no place in either
   * @param headers of a request whose `traceparent` is taken over
   */
  start(name: string, kind: SpanKind, attributes?: SpanAttributes, headers?: TraceHeaders): OpenSpan;
  /** Adds to figures of the span that runs: for work too small and too frequent for spans of its own. */
  add(figures: Readonly<Record<string, number>>): void;
  /** Sends what is left, and waits for that 5 s at most. */
  close(): Promise<void>;
}

export type TraceHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
