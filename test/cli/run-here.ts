import { PassThrough, Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { runCommand } from '../../src/cli/main.ts';
import type { CliOptions, CliResult } from './run-cli.ts';

/**
 * Runs the command line in this process, on streams of its own: a new process takes half a second of a processor before it
 * does anything. What the process itself does is for `runCli`: its exit, its signals, its real streams, its colours, and its
 * help, which the parser prints by itself.
 */
export const runHere = async (
  args: readonly string[],
  { data, stdin = '', env = {} }: Pick<CliOptions, 'data' | 'stdin' | 'env'>,
): Promise<CliResult> => {
  const text = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr'): PassThrough =>
    new PassThrough({ encoding: 'utf8' }).on('data', (chunk: string) => {
      text[name] += chunk;
    });
  const [stdout, stderr] = [collect('stdout'), collect('stderr')];
  const { REDIS_URL: _, ...inherited } = process.env;
  const input = Readable.from([Buffer.from(stdin)]);
  const status = await runCommand(args, {
    stdin: input,
    stdout,
    stderr,
    env: { ...inherited, ...env, HYPERSCENE_DATA: data },
  });
  // What was written last may still be on its way.
  await new Promise((resolve) => setImmediate(resolve));
  input.destroy();
  // Whether there are colours is told by the terminal and the environment of this process, which are jest's.
  return {
    status,
    signal: null,
    stdout: stripVTControlCharacters(text.stdout),
    stderr: stripVTControlCharacters(text.stderr),
  };
};
