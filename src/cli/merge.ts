import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import { openDatabase } from '../main.ts';
import { formatCode, formatOccurrence } from '../scene/hypertoken.ts';
import { type WorkspaceName, workspaceName } from '../scene/name.ts';
import { type CheckedBackup, checkBackup } from '../store/backup/read-backup.ts';
import type { GraphDatabase } from '../store/graph-store.ts';
import { type MergeOptions, type MergeProgress, type MergeReport, mergeBackup } from '../store/merge/merge-backup.ts';
import type { LeftView, NamedView } from '../store/merge/merge-views.ts';
import type { Progress } from '../worker/job.ts';
import { examples, parsedBy } from './options.ts';
import type { Session } from './session.ts';

interface MergeCommandOptions {
  readonly allWorkspaces?: boolean;
  readonly from?: WorkspaceName;
  readonly occurrences?: boolean;
}

export const addMergeCommand = (program: Command, session: Session): void => {
  program
    .command('merge')
    .description('bring a backup into a graph that holds things already, embedded or Neo4j; once more changes nothing')
    .argument('<file>', 'the backup')
    .option('--all-workspaces', 'every workspace of the backup, each into that of its name')
    .option(
      '--from <workspace>',
      'what the workspace is called in the backup, where it is another name',
      parsedBy(workspaceName),
    )
    .option('--occurrences', 'with --json: what each occurrence is called here, not only each code')
    .addHelpText(
      'after',
      examples(
        'merge other.hyperscene.gz',
        'merge other.hyperscene.gz --workspace mine --from theirs',
        'merge other.hyperscene.gz --json --occurrences > renumbered.jsonl',
      ),
    )
    .action((file: string, options: MergeCommandOptions) => merge(session, file, options));
};

/** A workspace of the backup and the one it goes into. */
interface Pair {
  readonly from: WorkspaceName;
  readonly into: WorkspaceName;
}

const merge = async (session: Session, file: string, options: MergeCommandOptions): Promise<void> => {
  if (options.allWorkspaces && options.from !== undefined)
    throw new HypersceneError('USAGE', '--from names one workspace, --all-workspaces takes all of them');
  if (options.occurrences && !session.json)
    throw new HypersceneError('USAGE', '--occurrences goes with --json: it is a line for each');
  // Before the store is opened: what is no backup changes nothing.
  const backup = await checkBackup(file, session.signal);
  const pairs = pairsOf(session, backup, options);
  const database = await openDatabase(session.config());
  try {
    for (const pair of pairs) await mergeWorkspace(session, database, backup, pair, options);
  } finally {
    await database.close();
  }
};

const pairsOf = (session: Session, { header, path }: CheckedBackup, options: MergeCommandOptions): readonly Pair[] => {
  if (options.allWorkspaces) return header.workspaces.map((name) => ({ from: name, into: name }));
  const { workspace: into } = session.config();
  const { from = into } = options;
  if (header.workspaces.includes(from)) return [{ from, into }];
  throw new HypersceneError('BAD_ARGUMENT', 'the backup does not hold this workspace', {
    at: path,
    expected: `--all-workspaces, or --from with ${header.workspaces.map((name) => JSON.stringify(name)).join(' or ')}`,
    came: JSON.stringify(from),
  });
};

const mergeWorkspace = async (
  session: Session,
  database: GraphDatabase,
  backup: CheckedBackup,
  { from, into }: Pair,
  { occurrences }: MergeCommandOptions,
): Promise<void> => {
  const report = await mergeBackup(database.workspace(into), backup, from, {
    signal: session.signal,
    onProgress: (progress) => session.progress(toProgress(progress, backup.path)),
    ...(session.json ? tellNames(session, occurrences === true) : {}),
  });
  session.endProgress();
  if (session.json) return session.output.json({ workspace: into, from, ...report });
  for (const line of describe(report)) await session.output.line(`${into}: ${line}`);
};

const UNITS = { documents: 'scenes', couplings: 'couplings', numbers: 'scenes' } as const;

const toProgress = ({ stage, done, total }: MergeProgress, subject: string): Progress => ({
  stage: 'merging',
  subject,
  done,
  total: Math.max(done, total),
  unit: UNITS[stage],
});

/** A line for each code of the backup, and if wanted for each occurrence: what it is called here. */
const tellNames = ({ output }: Session, occurrences: boolean): MergeOptions => ({
  onCodes: async (codes) => {
    for (const { from, to } of codes) await output.json({ code: formatCode(from), is: formatCode(to) });
  },
  ...(occurrences
    ? {
        onOccurrences: async (some) => {
          for (const { from, to } of some)
            await output.json({ occurrence: formatOccurrence(from), is: to === null ? null : formatOccurrence(to) });
        },
      }
    : {}),
});

const counted = (n: number): string => n.toLocaleString('en');

const nameOf = ({ corpus, name }: NamedView): string => `the view ${JSON.stringify(name)} of ${JSON.stringify(corpus)}`;

const WHY: Readonly<Record<LeftView['because'], string>> = {
  'absent-scene': 'a scene of it is not here',
  'other-figure': 'a scene of it is read as another figure here',
};

const describe = (report: MergeReport): readonly string[] => {
  const { corpora, documents, scenes, couplings, occurrences, views, hypertokens, renumbered, waiting, stale } = report;
  return [
    `${counted(corpora.added)} corpora came, ${counted(corpora.changed)} changed, ${counted(corpora.unchanged)} are as they were`,
    `${counted(documents.added)} documents came with ${counted(scenes)} scenes, ${counted(couplings)} couplings and ${counted(occurrences)} occurrences above them; ${counted(documents.shared)} were there`,
    `${counted(hypertokens.added)} hypertokens are new, ${counted(hypertokens.shared)} were known; ${counted(renumbered)} occurrences have other numbers now`,
    ...(views.added + views.shared > 0
      ? [`${counted(views.added)} views came, ${counted(views.shared)} were there`]
      : []),
    ...views.left.map((view) => `${nameOf(view)} did not come: ${WHY[view.because]}`),
    ...views.otherForm.map((view) => `${nameOf(view)} has the same scenes here and another form, which it keeps`),
    ...(waiting > 0 ? [`${counted(waiting)} scenes wait to be coupled: hyperscene couple`] : []),
    ...stale.map((name) => `${JSON.stringify(name)} is to be collapsed again: hyperscene collapse`),
  ];
};
