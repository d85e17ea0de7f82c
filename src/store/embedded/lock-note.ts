import { readFile, rm, writeFile } from 'node:fs/promises';

/**
 * Which process has a store open, for people: the lock itself is the operating system's, which names no one and frees
 * it when the process dies. A note left behind by a killed process is overwritten by the next, and harms nobody.
 */
const notePath = (path: string): string => `${path}.pid`;

/** Without a note, on a full disk say, the store works as well. */
export const writeLockNote = (path: string): Promise<void> =>
  writeFile(notePath(path), `${process.pid}\n`).catch(() => undefined);

export const removeLockNote = (path: string): Promise<void> => rm(notePath(path), { force: true });

/** The process that noted itself; null where no note can be read. */
export const lockOwner = async (path: string): Promise<number | null> => {
  const text = await readFile(notePath(path), 'utf8').catch(() => '');
  return /^\d+\s*$/u.test(text) ? Number(text) : null;
};
