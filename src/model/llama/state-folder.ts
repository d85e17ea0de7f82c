import { createHash } from 'node:crypto';
import { mkdtempSync, readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Folders in which processes of models keep states. Each is removed with its process; one whose service was killed is removed by the next
 * start. Its name says whose it is, so that it is never there without: the process that made it, and where that number counts.
 */
const FOLDER = /^hyperscene-model-([0-9a-f]{8})-([0-9]{1,10})-[A-Za-z0-9]{6}$/u;

/** A new one. @param parent where temporary files lie */
export const makeStateFolder = (parent: string): string =>
  mkdtempSync(join(parent, `hyperscene-model-${numbersHere()}-${process.pid}-`));

/**
 * Removes those of processes of this machine that are gone. What belongs to another user, or may belong to a process that cannot be seen from
 * here, stays.
 * @returns the names of those that were removed
 */
export const removeLeftStateFolders = async (parent: string): Promise<readonly string[]> => {
  const here = numbersHere();
  const removed: string[] = [];
  for (const name of await readdir(parent)) {
    const [, where, pid] = FOLDER.exec(name) ?? [];
    if (where !== here || pid === undefined || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => null);
    // Another start may be faster.
    if (found === null || !found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
};

/**
 * Where numbers of processes mean the same: the machine, and on Linux the namespace, since containers share folders and each has a process 1.
 * @returns 8 hex digits
 */
const numbersHere = (): string =>
  createHash('sha256').update(`${hostname()}\n${processNamespace()}`).digest('hex').slice(0, 8);

const processNamespace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux.
    return '';
  }
};

/** Also true of a process of another user, which may not be signalled. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
