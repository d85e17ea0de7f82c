import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'bin/hyperscene.js');

export const STORIES = {
  ru: join(ROOT, 'data/stories/ru/tolstoy-rabotnik-emelyan.txt'),
  en: join(ROOT, 'data/stories/en/poe-masque-of-the-red-death.txt'),
} as const;

export interface CliResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** The data folder. */
  readonly data: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs the launcher. */
  readonly node?: string;
  /** The program, where it is not the checkout's. */
  readonly launcher?: string;
  readonly cwd?: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly done: Promise<CliResult>;
  /** Resolves once the text has appeared on the stream, with all that came so far. */
  seen(stream: 'stdout' | 'stderr', text: string): Promise<string>;
}

/** Starts the real command line with an environment of its own. */
export const startCli = (args: readonly string[], options: CliOptions): RunningCli => {
  const { data, stdin, env, node = process.execPath, launcher = LAUNCHER, cwd = ROOT } = options;
  // A Redis that the tests of the queue were given is no other test's, and jest's own colours outrank NO_COLOR.
  const { HYPERSCENE_DATA: _, REDIS_URL: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const child = spawn(node, [launcher, ...args], {
    cwd,
    env: { ...inherited, HYPERSCENE_DATA: data, NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  // A program that ends without reading its input is no fault of the test.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin ?? '');
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...text }));
  });
  const seen = async (stream: 'stdout' | 'stderr', wanted: string): Promise<string> => {
    while (!text[stream].includes(wanted)) {
      const ended = await Promise.race([
        done.then(() => true),
        new Promise<false>((resolve) => child[stream].once('data', () => resolve(false))),
      ]);
      if (ended && !text[stream].includes(wanted))
        throw new Error(`ended without ${JSON.stringify(wanted)}:\n${text.stdout}\n${text.stderr}`);
    }
    return text[stream];
  };
  return { child, done, seen };
};

export const runCli = (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  startCli(args, options).done;

/** As `view list --json` tells it. */
export interface ViewLine {
  readonly name: string;
  readonly code: string;
  readonly ordinal: number;
  readonly size: number;
  readonly selection: object;
}

/** The lines of JSON on a stream that holds nothing else; anything else throws. */
export const jsonLines = <T>(text: string): readonly T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** A folder for one test file; give it back with {@link removeFolder}. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'hyperscene-cli-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** The first third of each story, 160 scenes in all, in files of the folder: for what is done to a whole graph again and again. */
export const writeBeginnings = (folder: string): readonly string[] =>
  Object.values(STORIES).map((path) => {
    const text = readFileSync(path, 'utf8');
    const file = join(folder, basename(path));
    writeFileSync(file, text.slice(0, text.length / 3));
    return file;
  });
