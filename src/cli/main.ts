import { CommanderError } from 'commander';
import { processEnvironment } from '../config.ts';
import { buildProgram } from './program.ts';
import { Session, type Terminal } from './session.ts';

/**
 * The command line.
 * @param argv without the program's own name
 * @returns the exit status
 */
export const main = (argv: readonly string[]): Promise<number> => {
  const { stdin, stdout, stderr } = process;
  return runCommand(argv, { stdin, stdout, stderr, env: processEnvironment() });
};

/** One command on streams and in an environment that need not be the process's own. @returns the exit status */
export const runCommand = async (argv: readonly string[], terminal: Terminal): Promise<number> => {
  const session = new Session(terminal, { json: argv.includes('--json') });
  try {
    const given = argv.length === 0 ? ['--help'] : argv;
    const program = await buildProgram(session, given);
    await program.parseAsync(given, { from: 'user' });
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    if (!isHelp) session.fail(error);
  } finally {
    session.close();
  }
  return session.status;
};
