import { HypersceneError } from '../errors.ts';
import type { OpenSpan, SpanAttributes, Tracing } from './tracing.ts';

/** Told how long a call took, and how it ended: `ok`, or the class of its error in lower case. */
export type Measure = (call: string, outcome: string, seconds: number) => void;

/** What watches the calls of one port: both may be null, but not at once. */
export interface Observer {
  readonly measure: Measure | null;
  readonly tracing: Tracing | null;
  /** Spans are called `<prefix> <call>`. */
  readonly prefix: string;
  readonly attributes: SpanAttributes;
}

export const observeCall = async <T>(observer: Observer, call: string, work: () => Promise<T>): Promise<T> => {
  const watch = watchCall(observer, call);
  try {
    const result = await watch.run(work);
    watch.end();
    return result;
  } catch (error) {
    watch.end(error);
    throw error;
  }
};

/** As one call, from the first item that is wanted to the last; what the caller does meanwhile counts as well. */
export async function* observeItems<T>(
  observer: Observer,
  call: string,
  open: () => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  const watch = watchCall(observer, call);
  const items = watch.run(open)[Symbol.asyncIterator]();
  let failure: unknown;
  try {
    while (true) {
      const { done, value } = await watch.run(() => items.next());
      if (done) return;
      yield value;
    }
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    await items.return?.();
    watch.end(failure);
  }
}

interface Watch {
  run<T>(work: () => T): T;
  end(error?: unknown): void;
}

const watchCall = ({ measure, tracing, prefix, attributes }: Observer, call: string): Watch => {
  const start = performance.now();
  const span: OpenSpan | undefined = tracing?.start(`${prefix} ${call}`, 'internal', attributes);
  return {
    run: (work) => (span === undefined ? work() : span.run(work)),
    end: (error) => {
      measure?.(call, error === undefined ? 'ok' : classOf(error), (performance.now() - start) / 1000);
      if (error !== undefined) span?.fail(error instanceof HypersceneError ? error.code : 'INTERNAL');
      span?.end();
    },
  };
};

const classOf = (error: unknown): string =>
  error instanceof HypersceneError ? error.graphqlCode.toLowerCase() : 'internal';
