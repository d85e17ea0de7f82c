import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Where the process that serves a data folder can be asked, also for a backup, and the word that shows that who asks may read
 * the folder. Lies in it as long as the process serves; one left behind by a killed process names a token that no process
 * accepts any more.
 */
export interface ServingNote {
  readonly pid: number;
  readonly url: string;
  /** Which workspace it serves. */
  readonly workspace: string;
  /** 256 random bits, new at each start. */
  readonly token: string;
}

const shape = z.object({ pid: z.int(), url: z.url(), workspace: z.string(), token: z.string().min(1) });

const notePath = (dataDir: string): string => join(dataDir, 'serving.json');

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Only its owner may read the note. Renamed, so that no one reads half of it. */
export const writeServingNote = async (dataDir: string, note: ServingNote): Promise<void> => {
  const part = `${notePath(dataDir)}.${process.pid}.part`;
  await rm(part, { force: true });
  await writeFile(part, `${JSON.stringify(note)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(part, notePath(dataDir));
};

export const removeServingNote = (dataDir: string): Promise<void> => rm(notePath(dataDir), { force: true });

/** Null where no process notes that it serves. */
export const readServingNote = async (dataDir: string): Promise<ServingNote | null> => {
  const text = await readFile(notePath(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** The address to ask on this machine: one that listens everywhere does so on the loopback too. */
export const askableUrl = (url: string, host: string): string => {
  const { port } = new URL(url);
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const address = everywhere[host] ?? host;
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`;
};
