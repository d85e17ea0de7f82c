import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const CACHE = join(HERE, '../../node_modules/.cache/hyperscene-bench');

/** Pinned, so that figures compare over time. */
const PYTHON_PACKAGES = ['igraph==1.0.0', 'leidenalg==0.12.0'];

export const SIDES = ['hyperscene', 'igraph', 'leidenalg', 'graphology'] as const;
export type Side = (typeof SIDES)[number];

/** What one process told of one run. */
export interface Run {
  /** To find the communities, in a process that does nothing else first. */
  readonly seconds: number;
  /** To make the library's own graph, where it has one that is not made of columns. */
  readonly buildSeconds: number;
  readonly rssMb: number;
  readonly version: string;
}

/** Where a graph's columns lie: `x.bin` and `y.bin`, 32-bit integers. A run leaves `<side>.bin`, communities by node. */
export interface GraphFolder {
  readonly folder: string;
  readonly nodes: number;
}

/** @throws Error when there is no Python, or no package of it */
export const preparePython = async (
  tell: (line: string) => void,
  packages: readonly string[] = PYTHON_PACKAGES,
): Promise<string> => {
  const python = join(CACHE, 'venv/bin/python');
  const marker = join(CACHE, 'venv', packages.join(' '));
  if (existsSync(marker)) return python;
  tell(`setting up ${packages.join(', ')} …`);
  await mkdir(CACHE, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', join(CACHE, 'venv')]);
    await run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  } catch (error) {
    throw new Error('Python 3 with venv and pip is needed for the peers', { cause: error });
  }
  await mkdir(marker);
  return python;
};

export const runSide = async (side: Side, { folder, nodes }: GraphFolder, python: string): Promise<Run> => {
  const [command, script] =
    side === 'igraph' || side === 'leidenalg' ? [python, 'peers.py'] : [process.execPath, 'own-and-graphology.ts'];
  const heap = command === python ? [] : ['--disable-warning=ExperimentalWarning', '--max-old-space-size=8192'];
  const { stdout } = await run(command, [...heap, join(HERE, script), side, folder, String(nodes)], {
    maxBuffer: 2 ** 20,
  });
  return JSON.parse(stdout) as Run;
};

export const partitionOf = async (side: Side, { folder }: GraphFolder): Promise<Int32Array> => {
  const bytes = await readFile(join(folder, `${side}.bin`));
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};
