import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HypersceneError } from '../../errors.ts';
import type { CypherReader } from '../cypher-engine.ts';
import { createCypherDatabase } from '../cypher-graph-store.ts';
import type { GraphDatabase } from '../graph-store.ts';
import { type Migrator, migrate, migrationStatus } from '../migrate.ts';
import { loadMigrations } from '../migration-files.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { keepPrivate } from './keep-private.ts';
import { lockOwner, removeLockNote, writeLockNote } from './lock-note.ts';

export interface EmbeddedStoreOptions {
  /** The database's file; its folder is made. Beside it stand `<path>.wal`, the log, and `<path>.pid`, who has it open. */
  readonly path: string;
  /** Values of each kind of look-up by id that are kept until the next write: 0 keeps none. */
  readonly lookupsKept?: number | undefined;
}

/**
 * Opens, or creates, the embedded store and migrates it. An open store keeps the process alive until it is closed; one left
 * behind by a process that was killed opens again.
 * @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, MIGRATION_CHANGED, DISK_FULL, STORE_FAILED, MISSING_ASSET
 */
export const openEmbeddedStore = async (options: EmbeddedStoreOptions): Promise<GraphDatabase> => {
  const { engine, location, close } = await openFile(options);
  try {
    await migrate(engine, await loadMigrations('embedded'));
  } catch (error) {
    await close();
    throw error;
  }
  return createCypherDatabase({ kind: 'embedded', location, engine, close, lookupsKept: options.lookupsKept });
};

/**
 * Opens the embedded store as it is. One that is not there is made by `apply` alone: who asks what is pending only looks.
 * @throws HypersceneError as {@link openEmbeddedStore}
 */
export const openEmbeddedMigrator = async (options: EmbeddedStoreOptions): Promise<Migrator> => {
  const migrations = await loadMigrations('embedded');
  const location = resolve(options.path);
  let file = existsSync(location) ? await openFile(options) : null;
  return {
    location,
    status: () => migrationStatus(file?.engine ?? NOTHING_APPLIED, migrations),
    apply: async () => {
      file ??= await openFile(options);
      return migrate(file.engine, migrations);
    },
    close: async () => file?.close(),
  };
};

const NOTHING_APPLIED: CypherReader = { read: async () => [] };

interface OpenFile {
  readonly engine: EmbeddedEngine;
  readonly location: string;
  close(): Promise<void>;
}

const openFile = async ({ path }: EmbeddedStoreOptions): Promise<OpenFile> => {
  const location = resolve(path);
  await makePrivateFolder(dirname(location));
  const engine = await openEngine(location);
  try {
    await keepPrivate(location);
  } catch (error) {
    await engine.close();
    throw error;
  }
  await writeLockNote(location);
  return {
    engine,
    location,
    close: async () => {
      await engine.close();
      await removeLockNote(location);
    },
  };
};

const openEngine = async (path: string): Promise<EmbeddedEngine> => {
  try {
    return await EmbeddedEngine.open(path);
  } catch (error) {
    if (!(error instanceof HypersceneError) || error.code !== 'STORE_LOCKED') throw error;
    const owner = await lockOwner(path);
    throw new HypersceneError('STORE_LOCKED', 'the store is open already', {
      at: path,
      ...(owner === null ? {} : { came: owner === process.pid ? 'this very process' : `process ${owner}` }),
      cause: error,
    });
  }
};
