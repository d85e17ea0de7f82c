import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = import.meta.dirname;

/** Pinned, so that figures compare over time. */
export const COLLAPSE_PACKAGES = ['igraph==1.0.0', 'leidenalg==0.12.0'];

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
