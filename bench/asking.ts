import { monitorEventLoopDelay } from 'node:perf_hooks';
import { seededRandom } from '../src/collapse/leiden/random.ts';
import type { GraphStore } from '../src/store/graph-store.ts';
import { tell } from './report.ts';
import { CORPUS } from './store/documents.ts';
import { type Percentiles, percentiles } from './store/figures.ts';
import { between } from './store/random.ts';

/** Asked before the clock runs. */
const WARM_UP = 100;
/** How often it is looked whether the event loop is late, ms: what is found is never less. */
const LOOP_STEP = 1;
/** One in so many questions is asked once more for that. */
const HELD_SHARE = 4;

export interface Asked extends Percentiles {
  readonly path: string;
  /** What an answer held on average. */
  readonly items: number;
  /** Different questions there were to pick from. */
  readonly distinct: number;
  /** The longest that the main thread's event loop was kept from going round, ms. */
  readonly loopMax: number;
}

export interface Question {
  /** Done before each question, off the clock. */
  readonly before?: () => Promise<void>;
  /** The number of things in the answer. */
  readonly ask: () => Promise<number>;
  readonly distinct: number;
}

/** Questions about things that are drawn at random, the same ones for the same seed. */
export const asking = (seed: number) => {
  const random = seededRandom(seed);
  return <T>(items: readonly T[], ask: (item: T) => Promise<number>): Question => ({
    ask: () => ask(items[between(random, 0, items.length)] as T),
    distinct: new Set(items).size,
  });
};

/** Writes, and changes nothing: what was kept of earlier searches is looked up anew. */
export const touch = (store: GraphStore): Promise<void> =>
  store.writeCouplings(CORPUS, { put: [], remove: [], coupled: [] });

export const measure = async (path: string, { before, ask, distinct }: Question, asks: number): Promise<Asked> => {
  tell(path);
  const times: number[] = [];
  let items = 0;
  for (let i = -WARM_UP; i < asks; i++) {
    await before?.();
    const started = performance.now();
    const found = await ask();
    if (i < 0) continue;
    times.push(performance.now() - started);
    items += found;
  }
  return { path, items: items / asks, distinct, loopMax: await longestHold(ask, asks), ...percentiles(times) };
};

/** Looked for apart: a timer of {@link LOOP_STEP} ms beside them makes questions take longer. */
const longestHold = async (ask: Question['ask'], asks: number): Promise<number> => {
  const loop = monitorEventLoopDelay({ resolution: LOOP_STEP });
  loop.enable();
  for (let i = 0; i < asks; i += HELD_SHARE) await ask();
  loop.disable();
  return loop.max / 1e6;
};
