import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import { syncFolder } from '../store/sync-folder.ts';
import { writing } from './output-file.ts';

/** What is known to be on the disk of an export that is under way: what a resumed one goes on with. */
export interface Journal {
  /** What it is an export of, and how: another one cannot go on with it. */
  readonly of: string;
  /** Of the corpus. */
  readonly revision: number;
  /** The state of the corpus, which collapses and views change too. */
  readonly standing: string;
  /** Which of the format's passes over the corpus is under way. */
  readonly pass: number;
  /** Behind the last page of that pass; null at its beginning. */
  readonly cursor: string | null;
  /** Read so far, for whoever waits. */
  readonly done: number;
  /** Each file that has a part: how many bytes of it and how many rows are written. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly rows: number }>>;
  /** What the format keeps from one page to the next. */
  readonly state: unknown;
  /** What was counted of the scenes. */
  readonly statistics?: unknown;
}

const NAME = '.hyperscene-export.json';

/** All that is left of an export that was killed before its first entry stood. */
export const JOURNAL_PART = `${NAME}.part`;

const shape = z.object({
  of: z.string(),
  revision: z.int().min(0),
  standing: z.string(),
  pass: z.int().min(0),
  cursor: z.string().nullable(),
  done: z.int().min(0),
  files: z.record(z.string(), z.object({ bytes: z.int().min(0), rows: z.int().min(0) })),
  state: z.unknown(),
  statistics: z.unknown().optional(),
});

/** null where there is none. @throws HypersceneError EXPORT_DAMAGED */
export const readJournal = async (folder: string): Promise<Journal | null> => {
  const path = join(folder, NAME);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new HypersceneError('UNREADABLE_FILE', 'the journal of the export cannot be read', {
      at: path,
      cause: error,
    });
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new HypersceneError('EXPORT_DAMAGED', 'the journal of the export cannot be understood', { at: path, cause });
  }
};

/** In place of the one before it, whole or not at all. */
export const writeJournal = (folder: string, journal: Journal): Promise<void> =>
  writeWhole(join(folder, NAME), JSON.stringify(journal));

export const removeJournal = async (folder: string): Promise<void> => {
  await rm(join(folder, NAME), { force: true });
  await syncFolder(folder);
};

/**
 * A small file under its name, whole or not at all, also after a power cut. Not by `write-file-atomic`, whose parts have a new name
 * each time: one that a killed process left would stand beside the export for good.
 * @throws HypersceneError UNWRITABLE_FILE, DISK_FULL
 */
export const writeWhole = (path: string, text: string): Promise<void> =>
  writing(path, async () => {
    const part = `${path}.part`;
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  });
