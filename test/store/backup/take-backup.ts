import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { WorkspaceName } from '../../../src/scene/name.ts';
import { checkBackup } from '../../../src/store/backup/read-backup.ts';
import { restoreBackup } from '../../../src/store/backup/restore-backup.ts';
import { type SavedBackup, saveBackup } from '../../../src/store/backup/save-backup.ts';
import { writeBackup } from '../../../src/store/backup/write-backup.ts';
import type { GraphArchive } from '../../../src/store/graph-archive.ts';
import type { GraphDatabase } from '../../../src/store/graph-store.ts';

export const archiveOf = ({ archive }: GraphDatabase): GraphArchive => {
  if (archive === null) throw new Error('the store has no archive');
  return archive;
};

export const backUp = (
  archive: GraphArchive,
  folder: string,
  ...workspaces: readonly WorkspaceName[]
): Promise<SavedBackup> =>
  saveBackup({
    path: join(folder, `${randomUUID()}.gz`),
    force: false,
    produce: (write) =>
      writeBackup({ archive, store: 'embedded', product: '0.0.0', created: new Date(0), workspaces, write }),
  });

export const restore = async (
  database: GraphDatabase,
  path: string,
  workspace: WorkspaceName,
  replace = false,
): Promise<void> => restoreBackup(archiveOf(database), await checkBackup(path), workspace, { replace });

/** All lines, header and trailer included. */
export const linesOf = (path: string): readonly string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').split('\n').slice(0, -1);

/** What a backup holds, whatever the order and the number of its sections. */
export const recordLines = (path: string): readonly string[] =>
  linesOf(path)
    .slice(1, -1)
    .filter((line) => !line.startsWith('{"section"'))
    .sort();

/** A backup made by hand: lines between header and trailer, with the digest that fits. */
export const packed = (lines: readonly string[]): Buffer => {
  const text = lines.map((line) => `${line}\n`).join('');
  const trailer = { lines: lines.length, sha256: createHash('sha256').update(text).digest('hex') };
  return gzipSync(`${text}${JSON.stringify(trailer)}\n`);
};
