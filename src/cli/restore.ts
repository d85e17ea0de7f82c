import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { openDatabase } from '../main.ts';
import type { WorkspaceName } from '../scene/name.ts';
import { type CheckedBackup, checkBackup } from '../store/backup/read-backup.ts';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import type { GraphArchive } from '../store/graph-archive.ts';
import { examples } from './options.ts';
import type { Session } from './session.ts';

interface RestoreCommandOptions {
  readonly replace?: boolean;
  readonly allWorkspaces?: boolean;
  readonly discard?: boolean;
}

export const addRestoreCommand = (program: Command, session: Session): void => {
  program
    .command('restore')
    .description('put a backup into an empty graph, embedded or Neo4j, whichever it was taken from')
    .argument('[file]', 'the backup')
    .option('--replace', 'clear a workspace that is not empty')
    .option('--all-workspaces', 'every workspace of the backup, not only the one that is set')
    .option('--discard', 'clear what an interrupted restore left, in place of restoring again')
    .addHelpText(
      'after',
      examples(
        'restore graph.hyperscene.gz --data ./graph',
        'restore graph.hyperscene.gz --replace',
        'restore --discard --data ./graph',
      ),
    )
    .action((file: string | undefined, options: RestoreCommandOptions) => restore(session, file, options));
};

const restore = async (session: Session, file: string | undefined, options: RestoreCommandOptions): Promise<void> => {
  if ((file === undefined) !== (options.discard === true))
    throw new HypersceneError('USAGE', 'bad arguments', { expected: 'a file, or --discard' });
  if (file === undefined) return withArchive(session, (archive) => discard(session, archive));
  // Before the store is opened: what is no backup changes nothing.
  const backup = await checkBackup(file, session.signal);
  const workspaces = workspacesOf(session, backup, options);
  await withArchive(session, async (archive) => {
    for (const workspace of workspaces) await restoreWorkspace(session, archive, backup, workspace, options);
  });
};

const workspacesOf = (
  session: Session,
  { header, path }: CheckedBackup,
  { allWorkspaces }: RestoreCommandOptions,
): readonly WorkspaceName[] => {
  if (allWorkspaces) return header.workspaces;
  const { workspace } = session.config();
  if (header.workspaces.includes(workspace)) return [workspace];
  throw new HypersceneError('BAD_ARGUMENT', 'the backup does not hold this workspace', {
    at: path,
    expected: `--all-workspaces, or --workspace with ${header.workspaces.map((name) => JSON.stringify(name)).join(' or ')}`,
    came: JSON.stringify(workspace),
  });
};

const withArchive = async (session: Session, work: (archive: GraphArchive) => Promise<void>): Promise<void> => {
  const database = await openDatabase(session.config());
  try {
    const { archive, kind } = database;
    if (archive === null) throw new HypersceneError('BAD_CONFIG', 'this kind of store has no backups', { came: kind });
    await work(archive);
  } finally {
    await database.close();
  }
};

const restoreWorkspace = async (
  session: Session,
  archive: GraphArchive,
  backup: CheckedBackup,
  workspace: WorkspaceName,
  { replace }: RestoreCommandOptions,
): Promise<void> => {
  const total = backup.records.get(workspace) ?? 0;
  await restoreBackup(archive, backup, workspace, {
    replace: replace === true,
    signal: session.signal,
    onProgress: (done) =>
      session.progress({
        stage: 'restoring',
        subject: backup.path,
        done,
        total: Math.max(done, total),
        unit: 'records',
      }),
  });
  session.endProgress();
  const { corpora, scenes } = await archive.count(workspace);
  if (session.json) return session.output.json({ workspace, corpora, scenes, records: total });
  await session.output.line(
    `${workspace}: ${corpora} corpora, ${scenes.toLocaleString('en')} scenes restored from ${backup.path}`,
  );
};

const discard = async (session: Session, archive: GraphArchive): Promise<void> => {
  const { workspace } = session.config();
  await archive.discard(workspace, session.signal);
  if (session.json) return session.output.json({ workspace, discarded: true });
  await session.output.line(`${workspace}: cleared of what an interrupted restore left`);
};
