import { CommanderError } from 'commander';
import { processEnvironment } from '../config.ts';
import { buildProgram } from './program.ts';
import { Session } from './session.ts';

/**
 * The command line.
 * @param argv without the program's own name
 * @returns the exit status
 */
export const main = async (argv: readonly string[]): Promise<number> => {
  const { stdin, stdout, stderr } = process;
  const json = argv.includes('--json');
  const session = new Session({ stdin, stdout, stderr, env: processEnvironment() }, { json });
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
