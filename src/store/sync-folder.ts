import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes the entries of a folder survive a power cut. Windows cannot open a folder; its file system orders them itself. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
