import { setTimeout } from 'node:timers/promises';
import { isRetryableError } from 'neo4j-driver';
import { isOutOfMemory } from './neo4j-error.ts';

/** The driver's own: a second, then twice as long each time, a fifth more or less. */
const FIRST_DELAY = 1000;
const SPREAD = 0.2;

/**
 * Attempts it again while the server says that it may succeed then: deadlock, change of leader, lost connection. So does the
 * driver, but by the server's class of error alone, and that of a transaction too large for the server's memory is the same,
 * also when it comes with the commit, where the driver lets nobody look at it.
 * @param patience ms from the first failure on
 */
export const repeatWhileTransient = async <T>(attempt: () => Promise<T>, patience: number): Promise<T> => {
  let failedFirst: number | null = null;
  for (let delay = FIRST_DELAY; ; delay *= 2) {
    try {
      return await attempt();
    } catch (error) {
      failedFirst ??= performance.now();
      const isTransient = error instanceof Error && isRetryableError(error) && !isOutOfMemory(error);
      if (!isTransient || performance.now() - failedFirst > patience) throw error;
      await setTimeout(delay * (1 - SPREAD + 2 * SPREAD * Math.random()));
    }
  }
};
