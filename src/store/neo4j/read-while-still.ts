import { isDeepStrictEqual } from 'node:util';
import type { CypherReader, Stillness } from '../cypher-engine.ts';

/** What is read of one state of the graph. */
export interface Reading<T> {
  readonly work: (view: CypherReader) => Promise<T>;
  /** `work` sends all its statements when it is called: none of them waits for another's answer. */
  readonly sentAtOnce: boolean;
}

export type Found<T> = { readonly still: true; readonly value: T } | { readonly still: false };

const MOVED = { still: false } as const;

/**
 * Reads, and looks before and after whether anything was written. A reading beside a writer may fail at what it finds
 * half there; that is no error of its own.
 */
export const readWhileStill = async <T>(
  view: CypherReader,
  { work, sentAtOnce }: Reading<T>,
  { state, parameters }: Stillness,
): Promise<Found<T>> => {
  const look = () => outcomeOf(view.read(state, parameters));
  let found = false;
  const watched: CypherReader = {
    read: async (query, queried) => {
      const rows = await view.read(query, queried);
      found ||= rows.length > 0;
      return rows;
    },
  };
  const before = look();
  const working = outcomeOf(work(watched));
  if (!sentAtOnce) await working;
  const [first, result, last] = await Promise.all([before, working, look()]);
  if (first.status === 'rejected' || last.status === 'rejected') throw reasonOf(result, first, last);
  if (!isSettled(first.value) || !isDeepStrictEqual(first.value, last.value)) return MOVED;
  // Of what comes into being a part may be visible before that which counts its writes.
  if (first.value.length === 0 && found) return MOVED;
  if (result.status === 'fulfilled') return { still: true, value: result.value };
  throw result.reason;
};

/** What is not there yet stands still. */
const isSettled = (state: readonly { readonly writes: number; readonly settled: number | null }[]): boolean =>
  state.every(({ writes, settled }) => writes === settled);

const outcomeOf = async <T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> => {
  const [outcome] = await Promise.allSettled([promise]);
  return outcome;
};

/** The first is what the others follow from. */
const reasonOf = (...outcomes: readonly PromiseSettledResult<unknown>[]): unknown =>
  outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
