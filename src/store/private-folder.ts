import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HypersceneError } from '../errors.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * Makes a folder that only its owner may enter, with those above it, so that a power cut does not take it away.
 * @throws HypersceneError STORE_FAILED
 */
export const makePrivateFolder = async (folder: string): Promise<void> => {
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
  await syncFolder(dirname(folder));
};
