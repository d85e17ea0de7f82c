import { Command } from 'commander';
import { describeSettings, productVersion } from '../config.ts';
import { examples } from './options.ts';
import type { GlobalOptions, Session } from './session.ts';

const settingsHelp = (): string =>
  [
    '\nSettings (an option outranks its variable):',
    ...describeSettings().map(({ variable, about, fallback }) => `  ${variable}: ${about} (default: ${fallback})`),
    '\nExit status: 0 done, 2 usage, 65 bad data, 66 not found, 69 unavailable, 70 internal, 73 disk full, 75 try again, 77 denied, 78 bad setting or migration, 130 stopped.',
  ].join('\n');

/**
 * Everything that the parser would print or exit by itself is left to the session.
 * @param argv what will be parsed: of the commands it holds the one that is named, or all where none is
 */
export const buildProgram = async (session: Session, argv: readonly string[]): Promise<Command> => {
  const program = new Command('hyperscene')
    .description(
      'Reads text into a graph of scenes, couples them and collapses them into hypertokens that expand back.',
    )
    .version(productVersion())
    .option('--data <folder>', 'folder that holds the graph (HYPERSCENE_DATA)')
    .option('--workspace <name>', 'tenant whose graph is meant (HYPERSCENE_WORKSPACE)')
    .option('--json', 'results as lines of JSON on standard output, errors as lines of JSON on standard error')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText(
      'after',
      examples('start', 'read book.txt --corpus books', 'scenes --corpus books --agent царь', 'serve'),
    )
    .addHelpText('after', settingsHelp)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .hook('preAction', (_program, action) => session.configure(action.optsWithGlobals<GlobalOptions>()));
  const named = commandIn(argv);
  for (const load of named === null ? Object.values(COMMANDS) : [COMMANDS[named]]) (await load())(program, session);
  return program;
};

/** Loaded when they are named: all together take 0.4 s of a processor, longer than most of them work. */
const COMMANDS = {
  start: async () => (await import('./start.ts')).addStartCommand,
  read: async () => (await import('./read.ts')).addReadCommand,
  serve: async () => (await import('./serve.ts')).addServeCommand,
  mcp: async () => (await import('./mcp.ts')).addMcpCommand,
  work: async () => (await import('./work.ts')).addWorkCommand,
  jobs: async () => (await import('./jobs.ts')).addJobsCommand,
  corpora: async () => (await import('./corpora.ts')).addCorporaCommand,
  scenes: async () => (await import('./scenes.ts')).addScenesCommand,
  search: async () => (await import('./search.ts')).addSearchCommand,
  agents: async () => (await import('./agents.ts')).addAgentsCommand,
  facets: async () => (await import('./facets.ts')).addFacetsCommand,
  couple: async () => (await import('./couple.ts')).addCoupleCommand,
  collapse: async () => (await import('./collapse.ts')).addCollapseCommand,
  expand: async () => (await import('./expand.ts')).addExpandCommand,
  bundle: async () => (await import('./bundle.ts')).addBundleCommand,
  view: async () => (await import('./view.ts')).addViewCommand,
  activate: async () => (await import('./activate.ts')).addActivateCommand,
  assemble: async () => (await import('./assemble.ts')).addAssembleCommand,
  budget: async () => (await import('./budget.ts')).addBudgetCommand,
  export: async () => (await import('./export.ts')).addExportCommand,
  verify: async () => (await import('./verify.ts')).addVerifyCommand,
  import: async () => (await import('./import.ts')).addImportCommand,
  dump: async () => (await import('./dump.ts')).addDumpCommand,
  delete: async () => (await import('./delete.ts')).addDeleteCommand,
  migrate: async () => (await import('./migrate.ts')).addMigrateCommand,
  backup: async () => (await import('./backup.ts')).addBackupCommand,
  restore: async () => (await import('./restore.ts')).addRestoreCommand,
  merge: async () => (await import('./merge.ts')).addMergeCommand,
  key: async () => (await import('./key.ts')).addKeyCommand,
  doctor: async () => (await import('./doctor.ts')).addDoctorCommand,
} satisfies Readonly<Record<string, () => Promise<(program: Command, session: Session) => void>>>;

const isCommand = (text: string): text is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, text);

/** Options of the program that a value follows. */
const WITH_VALUE: readonly string[] = ['--data', '--workspace'];

/** The command that the parser will find; null where it will find none, and may tell of all. */
const commandIn = (argv: readonly string[]): keyof typeof COMMANDS | null => {
  const first = argv.find((text, i) => !text.startsWith('-') && !WITH_VALUE.includes(argv[i - 1] ?? ''));
  return first !== undefined && isCommand(first) ? first : null;
};
