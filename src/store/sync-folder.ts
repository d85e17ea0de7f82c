import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Windows cannot open a folder; its file system orders the entries itself. */
const canSync = process.platform !== 'win32';

/** Makes the entries of a folder survive a power cut. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (!canSync) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The same in one go, for a thread that has nothing else to do meanwhile. */
export const syncFolderNow = (folder: string): void => {
  if (!canSync) return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
