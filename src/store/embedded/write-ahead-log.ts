import { closeSync, fdatasyncSync, openSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolderNow } from '../sync-folder.ts';

/**
 * Makes acknowledged commits survive a power cut: the engine itself hands them to the operating system only, which is
 * enough for `kill -9`, and syncs now and then.
 */
export class WriteAheadLog {
  readonly #folder: string;
  /** Bytes of each log file that are known to be on the disk. */
  #synced = new Map<string, number>();

  constructor(databasePath: string) {
    this.#folder = `${databasePath}.wal`;
    syncFolderNow(dirname(databasePath));
  }

  /** Syncs each log file that grew, and the folder when a file is new. Takes 0.3 ms on an SSD, 10 ms on a disk. */
  sync(): void {
    const names = this.#names();
    const synced = new Map<string, number>();
    for (const name of names) synced.set(name, this.#syncFile(name));
    if (names.some((name) => !this.#synced.has(name))) ifThere(() => syncFolderNow(this.#folder));
    this.#synced = synced;
  }

  #names(): readonly string[] {
    return ifThere(() => readdirSync(this.#folder).filter((name) => /^wal_\d+\.log$/u.test(name))) ?? [];
  }

  /** A checkpoint may take a file away between listing and opening: what it held is then in the database file, synced. */
  #syncFile(name: string): number {
    const path = join(this.#folder, name);
    const size = ifThere(() => statSync(path).size) ?? 0;
    if (this.#synced.get(name) === size) return size;
    ifThere(() => syncFile(path));
    return size;
  }
}

const syncFile = (path: string): void => {
  const descriptor = openSync(path, 'r');
  try {
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

const ifThere = <T>(act: () => T): T | null => {
  try {
    return act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
