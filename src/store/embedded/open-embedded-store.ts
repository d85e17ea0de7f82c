import { existsSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HypersceneError } from '../../errors.ts';
import type { CypherReader } from '../cypher-engine.ts';
import { createCypherDatabase } from '../cypher-graph-store.ts';
import type { GraphDatabase } from '../graph-store.ts';
import { type Migrator, migrate, migrationStatus } from '../migrate.ts';
import { loadMigrations } from '../migration-files.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { lockOwner, removeLockNote, writeLockNote } from './lock-note.ts';
import { syncFolder } from './sync-folder.ts';

export interface EmbeddedStoreOptions {
  /** The database's file; its folder is made. Beside it stand `<path>.wal`, the log, and `<path>.pid`, who has it open. */
  readonly path: string;
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
  return createCypherDatabase({ kind: 'embedded', location, engine, close });
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
  await makeFolder(dirname(location));
  const engine = await openEngine(location);
  await keepPrivate(location);
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

/** Texts are their owner's alone. */
const keepPrivate = async (location: string): Promise<void> => {
  await chmod(location, 0o600);
  if (existsSync(`${location}.wal`)) await chmod(`${location}.wal`, 0o700);
};

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await makeFolders(folder);
  } catch (error) {
    throw new HypersceneError('STORE_FAILED', 'the folder of the store cannot be made', {
      at: folder,
      came: String(error),
      cause: error,
    });
  }
};

const PRIVATE = { mode: 0o700 };

/** Each entered in its parent for good, or a power cut takes the store with its folder. Not `mkdir` with `recursive`, which never ends below /proc. */
const makeFolders = async (folder: string): Promise<void> => {
  const made = await mkdir(folder, PRIVATE).then(
    () => 'made',
    (error: NodeJS.ErrnoException) => error,
  );
  if (made === 'made') return syncFolder(dirname(folder));
  const { code } = made as NodeJS.ErrnoException;
  if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
  if (code !== 'ENOENT' || dirname(folder) === folder) throw made;
  await makeFolders(dirname(folder));
  await mkdir(folder, PRIVATE);
  syncFolder(dirname(folder));
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
