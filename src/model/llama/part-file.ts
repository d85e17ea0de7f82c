import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A download as far as it came. Nobody else writes to it. */
export interface PartFile {
  readonly path: string;
  /** Bytes. */
  readonly size: () => number;
  readonly append: (chunk: Uint8Array) => Promise<void>;
  /** Drops what came. */
  readonly restart: () => Promise<void>;
  /** Flushes all to the disk. @returns SHA-256 */
  readonly finish: () => Promise<string>;
  /** Leaves what came to whoever fetches the same next. */
  readonly leave: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** ms. A download that stalls is cut off after half a minute, so that nobody writes to a part this old. */
const ABANDONED = 120_000;
const CHUNK = 2 ** 20;

/**
 * Opens the part of `to` that holds what the hub calls `validator`, going on with one that was left, or whose process was
 * killed. Whoever renames a part has it, so that several processes never write to one; those that fetch the same at the same
 * time each fetch all of it. Rejected: a lock file, which outlives its process.
 * @param validator null: what comes of it cannot be gone on with
 */
export const openPart = async (to: string, validator: string | null): Promise<PartFile> => {
  const own = `.${process.pid}-${randomBytes(4).toString('hex')}`;
  const left = `${to}.${digestOf(validator ?? own)}.part`;
  const path = `${left}${own}`;
  if (validator !== null) await claim(left, path);
  const file = await open(path, 'a+');
  let hash = createHash('sha256');
  let size = 0;
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, size);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
  const part: PartFile = {
    path,
    size: () => size,
    append: async (chunk) => {
      await file.writeFile(chunk);
      hash.update(chunk);
      size += chunk.byteLength;
    },
    restart: async () => {
      await file.truncate(0);
      hash = createHash('sha256');
      size = 0;
    },
    finish: async () => {
      await file.sync();
      await file.close();
      return hash.digest('hex');
    },
    leave: async () => {
      await file.close();
      if (validator === null || size === 0) await rm(path, { force: true });
      else await rename(path, left);
    },
    remove: async () => {
      await file.close();
      await rm(path, { force: true });
    },
  };
  return part;
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

const claim = async (left: string, path: string): Promise<void> => {
  const folder = dirname(left);
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(left)));
  for (const name of names) {
    const found = join(folder, name);
    const { mtimeMs } = await stat(found).catch(() => ({ mtimeMs: Date.now() }));
    if (found !== left && Date.now() - mtimeMs < ABANDONED) continue;
    const isClaimed = await rename(found, path).then(
      () => true,
      () => false,
    );
    if (isClaimed) return;
  }
};
