import { setTimeout } from 'node:timers/promises';
import type { CorpusName, WorkspaceName } from '../scene/name.ts';
import type { CorpusRecord, GraphStore } from '../store/graph-store.ts';

/**
 * ms. Asked rather than told, since other processes write to Neo4j as well; one look-up of one corpus takes a millisecond,
 * however many wait for it.
 */
const POLL_MS = 500;

/** Tells of changes of corpora. */
export interface CorpusChanges {
  /**
   * The corpus as it stands, then each time its revision has changed; null where there is none, or it is gone. What changes
   * faster than one can read is skipped. Ends when the signal aborts.
   */
  watch(store: GraphStore, corpus: CorpusName, signal: AbortSignal): AsyncGenerator<CorpusRecord | null>;
}

/** What waits for the same corpus. */
interface Watched {
  /** The look-up under way, which all share. */
  next: Promise<CorpusRecord | null> | null;
}

type WatchKey = `${WorkspaceName}\0${CorpusName}`;

/** @param interval ms between two look-ups */
export const openCorpusChanges = (interval: number = POLL_MS): CorpusChanges => {
  const watched = new Map<WatchKey, Watched>();
  const lookUp = (store: GraphStore, corpus: CorpusName): Promise<CorpusRecord | null> => {
    const key: WatchKey = `${store.workspace}\0${corpus}`;
    const entry = watched.get(key) ?? { next: null };
    watched.set(key, entry);
    entry.next ??= setTimeout(interval, undefined, { ref: false })
      .then(() => store.corpus(corpus))
      .finally(() => watched.delete(key));
    return entry.next;
  };
  return {
    async *watch(store, corpus, signal) {
      let record = await store.corpus(corpus);
      while (!signal.aborted) {
        yield record;
        const before = record;
        do {
          const next = await untilAborted(lookUp(store, corpus), signal);
          if (next === ABORTED) return;
          record = next;
        } while (record?.revision === before?.revision);
      }
    },
  };
};

const ABORTED = Symbol('aborted');

const untilAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> => {
  const { promise, resolve } = Promise.withResolvers<typeof ABORTED>();
  const stop = (): void => resolve(ABORTED);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
