import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { HypersceneError } from '../../errors.ts';
import { syncFolder } from '../sync-folder.ts';
import { type CheckedBackup, checkBackup } from './read-backup.ts';

export interface SaveRequest {
  readonly path: string;
  /** Puts the backup in the place of a file that is there. */
  readonly force: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Writes the backup's text. */
  readonly produce: (write: (text: string) => Promise<void>) => Promise<void>;
}

export interface SavedBackup extends CheckedBackup {
  /** Of the file. */
  readonly bytes: number;
}

/**
 * Compresses a backup into a file that has its name only when it is whole: written beside under another name, flushed to
 * the disk, read back to its end, renamed. Whatever fails, nothing is left and a file that was there stays as it was;
 * `kill -9` leaves `.<name>.<random>.part`.
 * @throws HypersceneError FILE_EXISTS, UNWRITABLE_FILE, DISK_FULL, CANCELLED
 */
export const saveBackup = async (request: SaveRequest): Promise<SavedBackup> => {
  const { path, force, signal } = request;
  if (!force) await checkAbsent(path);
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  try {
    await compress(part, request);
    const checked = await checkBackup(part, signal);
    await settle(part, path, force);
    return { ...checked, path, bytes: (await stat(path)).size };
  } catch (error) {
    throw writingError(path, error);
  } finally {
    await rm(part, { force: true });
  }
};

const existsError = (path: string): HypersceneError =>
  new HypersceneError('FILE_EXISTS', 'the file is there already', { at: path, expected: 'a new name, or --force' });

const checkAbsent = async (path: string): Promise<void> => {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw existsError(path);
};

/** Texts are private: nobody but the owner may read the file. */
const compress = async (part: string, { signal, produce }: SaveRequest): Promise<void> => {
  const gzip = createGzip();
  const broken = new AbortController();
  const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
  const written = pipeline(gzip, file, signal === undefined ? {} : { signal });
  written.catch((error: unknown) => broken.abort(error));
  const write = async (text: string): Promise<void> => {
    broken.signal.throwIfAborted();
    if (gzip.write(text)) return;
    await once(gzip, 'drain', { signal: broken.signal }).catch(() => broken.signal.throwIfAborted());
  };
  try {
    await produce(write);
    gzip.end();
    await written;
  } catch (error) {
    gzip.destroy();
    await written.catch(() => undefined);
    throw error;
  }
};

/** `link` fails where the name was taken meanwhile; where a file system knows no links, a look before must do. */
const settle = async (part: string, path: string, force: boolean): Promise<void> => {
  if (!force) {
    const code = await link(part, path).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (code === 'EEXIST') throw existsError(path);
    if (code === null) return syncFolder(dirname(path));
    await checkAbsent(path);
  }
  await rename(part, path);
  await syncFolder(dirname(path));
};

const writingError = (path: string, error: unknown): unknown => {
  if (error instanceof HypersceneError) return error;
  const { code, name, syscall } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return new HypersceneError('CANCELLED', 'cancelled', { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new HypersceneError('DISK_FULL', 'no space is left for the backup', { at: path, cause: error });
  if (syscall === undefined || code === undefined) return error;
  return new HypersceneError('UNWRITABLE_FILE', 'the backup cannot be written', { at: path, came: code, cause: error });
};
