import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, productVersion } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { openDatabase } from '../main.ts';
import { readServingNote } from '../server/serving-note.ts';
import { type SavedBackup, saveBackup } from '../store/backup/save-backup.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { BackupSource } from './backup-source.ts';
import { examples } from './options.ts';
import { askForBackup } from './remote-backup.ts';
import type { Session } from './session.ts';

interface BackupOptions {
  readonly force?: boolean;
  readonly allWorkspaces?: boolean;
}

export const addBackupCommand = (program: Command, session: Session): void => {
  program
    .command('backup')
    .description('write a workspace, or all of them, into one file, also while it is served and written')
    .argument('<file>', 'the backup; has its name only when it is whole')
    .option('--force', 'replace a file that is there')
    .option('--all-workspaces', 'every workspace, not only the one that is set')
    .addHelpText(
      'after',
      examples(
        'backup graph.hyperscene.gz',
        'backup all.hyperscene.gz --all-workspaces',
        'restore graph.hyperscene.gz',
      ),
    )
    .action((file: string, options: BackupOptions) => backup(session, file, options));
};

const backup = async (session: Session, file: string, options: BackupOptions): Promise<void> => {
  const source = await openSource(session.config(), options.allWorkspaces === true, session.signal);
  try {
    const onScenes = (done: number, total: number): void =>
      session.progress({ stage: 'backing up', subject: file, done, total, unit: 'scenes' });
    const saved = await saveBackup({
      path: resolve(file),
      force: options.force === true,
      signal: session.signal,
      produce: (write) => source.produce(write, onScenes, session.signal),
    });
    session.endProgress();
    await report(session, file, saved);
  } finally {
    await source.close();
  }
};

const report = async (
  session: Session,
  file: string,
  { bytes, scenes, records, header }: SavedBackup,
): Promise<void> => {
  const workspaces = header.workspaces.map((name) => ({ name, records: records.get(name) ?? 0 }));
  if (session.json) return session.output.json({ file: resolve(file), bytes, scenes, workspaces });
  const names = workspaces.map(({ name }) => name).join(', ');
  await session.output.line(
    `${file}: ${scenes.toLocaleString('en')} scenes of ${names}, ${bytes.toLocaleString('en')} bytes`,
  );
};

/** The store itself; where a process that serves has it locked, that process. */
const openSource = async (config: Config, all: boolean, signal: AbortSignal): Promise<BackupSource> => {
  try {
    return await openLocal(config, all);
  } catch (error) {
    if (!(error instanceof HypersceneError) || error.code !== 'STORE_LOCKED') throw error;
    const note = await readServingNote(config.dataDir);
    if (note === null) throw error;
    return askForBackup({ note, workspaces: all ? [] : [config.workspace], locked: error, signal });
  }
};

const openLocal = async (config: Config, all: boolean): Promise<BackupSource> => {
  const database = await openDatabase(config);
  const { archive, kind: store } = database;
  return {
    produce: async (write, onScenes, signal) => {
      if (archive === null)
        throw new HypersceneError('BAD_CONFIG', 'this kind of store has no backups', { came: store });
      const workspaces = all ? await archive.workspaces() : [config.workspace];
      const request = { archive, store, product: productVersion(), created: new Date(), workspaces };
      await writeBackup({ ...request, signal, write, onScenes });
    },
    close: () => database.close(),
  };
};
