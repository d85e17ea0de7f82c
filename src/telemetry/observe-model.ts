import type { TextCounter } from '../activation/text-counter.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { Reader, Reading } from '../reading/reader.ts';
import type { ComputePool } from '../worker/compute-pool.ts';
import type { ModelName } from './metrics.ts';
import { type Observer, observeCall, observeItems } from './observer.ts';
import type { Telemetry } from './telemetry.ts';

const observerOf = ({ metrics, tracing }: Telemetry, model: ModelName): Observer => ({
  measure: metrics && ((call, outcome, seconds) => metrics.modelCall(model, call, outcome, seconds)),
  tracing,
  prefix: model,
  attributes: {},
});

const isOff = ({ metrics, tracing }: Telemetry): boolean => metrics === null && tracing === null;

/** `read` is the check of a whole document, `parts` the reading itself together with whoever takes its parts. */
export const observeReader = (reader: Reader, telemetry: Telemetry): Reader => {
  if (isOff(telemetry)) return reader;
  const observer = observerOf(telemetry, 'reader');
  const observeReading = (reading: Reading): Reading => ({
    sha256: reading.sha256,
    bytes: reading.bytes,
    length: reading.length,
    lang: reading.lang,
    parts: () => observeItems(observer, 'parts', () => reading.parts()),
    dispose: () => reading.dispose(),
    [Symbol.asyncDispose]: () => reading[Symbol.asyncDispose](),
  });
  return {
    read: async (source, options) =>
      observeReading(await observeCall(observer, 'read', () => reader.read(source, options))),
    close: () => reader.close(),
  };
};

/** The work of the compute threads, the wait for a free one counted in. */
export const observeCompute = (compute: ComputePool, telemetry: Telemetry): ComputePool => {
  if (isOff(telemetry)) return compute;
  const observer = observerOf(telemetry, 'compute');
  return {
    couple: (block, signal) => observeCall(observer, 'couple', () => compute.couple(block, signal)),
    collapse: (task, signal) => observeCall(observer, 'collapse', () => compute.collapse(task, signal)),
    close: () => compute.close(),
  };
};

/**
 * Loading is a call. Counting is 10 to 100 µs of pure work, thousands of times in an operation: it is counted, and a trace has
 * its sums on the span that wanted it.
 */
export const observeTokenizer = (open: () => Promise<Tokenizer>, telemetry: Telemetry): (() => Promise<Tokenizer>) => {
  if (isOff(telemetry)) return open;
  const { metrics, tracing } = telemetry;
  const observer = observerOf(telemetry, 'tokenizer');
  let counted: Promise<Tokenizer> | null = null;
  const load = async (): Promise<Tokenizer> => {
    const tokenizer = await observeCall(observer, 'load', open);
    return {
      name: tokenizer.name,
      count: (text) => {
        const positions = tokenizer.count(text);
        metrics?.tokenized(positions);
        tracing?.add({ 'hyperscene.tokenizer.texts': 1, 'hyperscene.tokenizer.positions': positions });
        return positions;
      },
    };
  };
  return () => {
    counted ??= load().catch((error) => {
      counted = null;
      throw error;
    });
    return counted;
  };
};

/** The work of the thread that counts positions, the wait for it counted in. */
export const observeCounter = (counter: TextCounter, telemetry: Telemetry): TextCounter => {
  if (isOff(telemetry)) return counter;
  const { metrics } = telemetry;
  const observer = observerOf(telemetry, 'tokenizer');
  return {
    name: counter.name,
    sha256: counter.sha256,
    count: async (texts, signal) => {
      const positions = await observeCall(observer, 'count', () => counter.count(texts, signal));
      for (const count of Array.from(positions)) metrics?.tokenized(count);
      return positions;
    },
    close: () => counter.close(),
  };
};
