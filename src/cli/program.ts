import { Command } from 'commander';
import { describeSettings, productVersion } from '../config.ts';
import { addActivateCommand } from './activate.ts';
import { addAgentsCommand } from './agents.ts';
import { addAssembleCommand } from './assemble.ts';
import { addBackupCommand } from './backup.ts';
import { addBudgetCommand } from './budget.ts';
import { addBundleCommand } from './bundle.ts';
import { addCollapseCommand } from './collapse.ts';
import { addCorporaCommand } from './corpora.ts';
import { addCoupleCommand } from './couple.ts';
import { addDeleteCommand } from './delete.ts';
import { addDoctorCommand } from './doctor.ts';
import { addDumpCommand } from './dump.ts';
import { addExpandCommand } from './expand.ts';
import { addExportCommand } from './export.ts';
import { addFacetsCommand } from './facets.ts';
import { addImportCommand } from './import.ts';
import { addJobsCommand } from './jobs.ts';
import { addKeyCommand } from './key.ts';
import { addMcpCommand } from './mcp.ts';
import { addMergeCommand } from './merge.ts';
import { addMigrateCommand } from './migrate.ts';
import { addModelCommand } from './model/model.ts';
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

const COMMANDS = [
  addStartCommand,
  addReadCommand,
  addServeCommand,
  addMcpCommand,
  addWorkCommand,
  addJobsCommand,
  addCorporaCommand,
  addScenesCommand,
  addSearchCommand,
  addAgentsCommand,
  addFacetsCommand,
  addCoupleCommand,
  addCollapseCommand,
  addExpandCommand,
  addBundleCommand,
  addViewCommand,
  addActivateCommand,
  addAssembleCommand,
  addBudgetCommand,
  addModelCommand,
  addExportCommand,
  addVerifyCommand,
  addImportCommand,
  addDumpCommand,
  addDeleteCommand,
  addMigrateCommand,
  addBackupCommand,
  addRestoreCommand,
  addMergeCommand,
  addKeyCommand,
  addDoctorCommand,
] as const;
