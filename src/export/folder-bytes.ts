import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Of all files in a folder and below; what goes away meanwhile counts as nothing. */
export const folderBytes = async (folder: string): Promise<number> => {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(nothing)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += await folderBytes(path);
    else sum += (await stat(path).catch(() => null))?.size ?? 0;
  }
  return sum;
};

const nothing = (error: NodeJS.ErrnoException): readonly never[] => {
  if (error.code === 'ENOENT') return [];
  throw error;
};
