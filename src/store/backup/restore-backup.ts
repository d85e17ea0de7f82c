import { HypersceneError } from '../../errors.ts';
import type { WorkspaceName } from '../../scene/name.ts';
import type { GraphArchive, RestoreOptions } from '../graph-archive.ts';
import { type CheckedBackup, recordsOf } from './read-backup.ts';

/**
 * Puts one workspace of a checked backup into a graph, whichever kind of store it was taken from.
 * @throws HypersceneError BACKUP_TOO_NEW, and as {@link GraphArchive.restore}
 */
export const restoreBackup = async (
  archive: GraphArchive,
  backup: CheckedBackup,
  workspace: WorkspaceName,
  options: RestoreOptions,
): Promise<void> => {
  const migration = await archive.migration();
  if (backup.header.migration > migration)
    throw new HypersceneError('BACKUP_TOO_NEW', 'the backup is of a newer graph', {
      at: backup.path,
      expected: `migration ${migration} at most`,
      came: `${backup.header.migration}`,
    });
  const source = { migration: backup.header.migration, records: () => recordsOf(backup, workspace, options.signal) };
  await archive.restore(workspace, source, options);
};
