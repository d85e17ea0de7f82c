import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names an installation's queue, for as long as its data folder is there: 12 hex digits in the file `queue-id`. */
export const queueId = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'queue-id');
  const made = randomBytes(6).toString('hex');
  // Whoever comes first makes it.
  await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(path, 'utf8')).trim();
};
