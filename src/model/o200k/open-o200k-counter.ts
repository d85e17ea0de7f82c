import { Piscina } from 'piscina';
import type { TextCounter } from '../../activation/text-counter.ts';
import { HypersceneError } from '../../errors.ts';
import type { countTexts } from './o200k-worker.ts';

const COUNT: keyof { countTexts: typeof countTexts } = 'countTexts';

/** Of `o200k_base.tiktoken`, as OpenAI publishes it: a line for each rank. A test holds the package's ranks to it. */
export const O200K_SHA256 = '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d';

/** A new thread loads its ranks anew, in 0.3 s: without a time it would end after each page. */
const IDLE_MS = 10_000;

/**
 * The same as `openO200k`, many texts at once: a page of 1,000 scenes takes 10 to 30 ms, though letters without a space among them far
 * more (0.6 s for 16,384). The thread starts when first needed, and ends with what it counts when that is cancelled.
 */
export const openO200kCounter = (): TextCounter => {
  const file = import.meta.url.endsWith('.ts') ? './o200k-worker.ts' : './o200k-worker.js';
  const pool = new Piscina({
    filename: new URL(file, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    // As for the thread that encodes Parquet.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  return {
    name: 'o200k_base',
    sha256: O200K_SHA256,
    count: async (texts, signal) => {
      try {
        return (await pool.run(texts, signal === undefined ? { name: COUNT } : { name: COUNT, signal })) as Int32Array;
      } catch (error) {
        if (signal?.aborted) throw new HypersceneError('CANCELLED', 'cancelled', { cause: error });
        throw error;
      }
    },
    close: () => pool.close({ force: true }),
  };
};
