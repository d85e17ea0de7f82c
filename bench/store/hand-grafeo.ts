import grafeo, { type GrafeoDB } from '@grafeo-db/js';
import { WriteAheadLog } from '../../src/store/embedded/write-ahead-log.ts';
import { loadMigrations } from '../../src/store/migration-files.ts';
import type { HandEngine } from './by-hand.ts';
import type { HandAsk } from './hand-reader.ts';

/** The bare engine in this very thread: the same constraints and indexes, check-pointed and synced as often as the store's. */
export interface HandGrafeo {
  readonly database: GrafeoDB;
  readonly engine: HandEngine;
}

export const openHandGrafeo = async (path: string): Promise<HandGrafeo> => {
  const database = grafeo.GrafeoDB.create(path);
  database.setCheckpointTriggers({ walBytes: 16_000_000, intervalMs: 5000 });
  // Indexes and constraints alone: what changes data changes the store's own.
  for (const { statements } of await loadMigrations('embedded'))
    for (const { text } of statements) if (text.startsWith('CREATE ')) await database.executeCypher(text);
  const log = new WriteAheadLog(path);
  return {
    database,
    engine: {
      int: (n) => n,
      batch: 500,
      transaction: async (work) => {
        const transaction = database.beginTransaction();
        try {
          await work((text, parameters) => transaction.executeCypher(text, parameters));
        } catch (error) {
          transaction.rollback();
          throw error;
        }
        transaction.commit();
        log.sync();
      },
    },
  };
};

/** How it is asked, wherever it runs. */
export const GRAFEO: Omit<HandAsk, 'ask'> = {
  int: (n) => n,
  collects: false,
  search: 'MATCH (s:Scene) WHERE text_match(s.terms, $token)',
};

export const askGrafeo = (database: GrafeoDB): HandAsk => ({
  ...GRAFEO,
  ask: async (text, parameters) => (await database.executeCypher(text, parameters)).toArray(),
});
