import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { isAlive } from '../is-alive.ts';

/**
 * Which process has a store open, for people: the lock itself is the operating system's, which names no one and frees
 * it when the process dies. A note left behind by a killed process is overwritten by the next, and harms nobody.
 */
const notePath = (path: string): string => `${path}.pid`;

/** The process that has the lock notes itself a few ms after it has got it. */
const NOTE_TRIES = 10;
const NOTE_PAUSE = 50;

/** Without a note, on a full disk say, the store works as well. */
export const writeLockNote = (path: string): Promise<void> =>
  writeFile(notePath(path), `${process.pid}\n`).catch(() => undefined);

export const removeLockNote = (path: string): Promise<void> => rm(notePath(path), { force: true });

/** The living process that noted itself; null where no note of one can be read within half a second. */
export const lockOwner = async (path: string): Promise<number | null> => {
  for (let tries = 1; ; tries++) {
    const owner = await readNote(path);
    if (owner !== null && isAlive(owner)) return owner;
    if (tries === NOTE_TRIES) return null;
    await setTimeout(NOTE_PAUSE);
  }
};

const readNote = async (path: string): Promise<number | null> => {
  const text = await readFile(notePath(path), 'utf8').catch(() => '');
  return /^\d+\s*$/u.test(text) ? Number(text) : null;
};
