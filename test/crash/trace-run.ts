import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LANES } from './operations.ts';
import { checkTrace, TRACED, type TraceReport } from './trace.ts';
import { startWriter } from './writer-process.ts';

/** Operations of each lane: some 15 s, two checkpoints. */
const OPERATIONS = 250;

/** @throws when strace is not installed: Linux alone has it */
export const requireStrace = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)('strace', ['--version']).catch((error: unknown) => {
    throw new Error('strace is needed (apt-get install strace)', { cause: error });
  });
  return stdout.split('\n')[0] ?? '';
};

/** Traces the system calls of a process that opens, writes, checkpoints and closes. @param folder an empty one */
export const traceWriter = async (folder: string, operations = OPERATIONS): Promise<TraceReport> => {
  await requireStrace();
  const path = join(folder, 'new folder', 'graph');
  const listing = join(folder, 'strace.txt');
  const under = ['strace', '-f', '-y', '-s', '64', '-o', listing, '-e', `trace=${TRACED}`];
  const from = Array.from({ length: LANES }, () => 0);
  const writer = startWriter({ store: { kind: 'embedded', path }, from, most: operations }, { under });
  await writer.told('closed');
  await writer.ended;
  return checkTrace(await readFile(listing, 'utf8'), path);
};
