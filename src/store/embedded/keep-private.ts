import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { HypersceneError } from '../../errors.ts';

/**
 * Texts are their owner's alone.
 * @throws HypersceneError STORE_FAILED
 */
export const keepPrivate = async (location: string): Promise<void> => {
  await setMode(location, 0o600);
  if (existsSync(`${location}.wal`)) await setMode(`${location}.wal`, 0o700);
};

/** Whose file it is has said who may read it, and so has who mounted a file system without modes. */
const MODE_IS_ANOTHERS: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS']);

const setMode = async (path: string, mode: number): Promise<void> => {
  try {
    await chmod(path, mode);
  } catch (error) {
    if (MODE_IS_ANOTHERS.has((error as NodeJS.ErrnoException).code)) return;
    throw new HypersceneError('STORE_FAILED', 'the store cannot be kept private', {
      at: path,
      came: String(error),
      cause: error,
    });
  }
};
