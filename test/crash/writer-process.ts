import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WriterTask } from './writer.ts';

const SCRIPT = fileURLToPath(new URL('./writer.ts', import.meta.url));

export interface Writer {
  readonly child: ChildProcess;
  /** What it told so far. */
  readonly lines: readonly string[];
  /** Resolves when `count` lines begin so; rejects when it ends before. */
  told(beginning: string, count?: number): Promise<void>;
  readonly ended: Promise<void>;
  /** As a power cut would end it, but for the disk's own cache. */
  kill(): Promise<void>;
  /** Lets it finish the operations under way and close. */
  stop(): Promise<void>;
}

export interface WriterCommand {
  /** What runs it, `strace` say, with its options. */
  readonly under?: readonly string[];
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const startWriter = (task: WriterTask, command: WriterCommand = {}): Writer => {
  const { under = [], nodeOptions = [], env = {} } = command;
  const [program, ...args] = [...under, process.execPath, ...nodeOptions, SCRIPT, JSON.stringify(task)];
  const child = spawn(program ?? process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_OPTIONS: '', ...env },
  });
  child.stdin.on('error', () => undefined);
  const lines: string[] = [];
  const looks = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of looks) look();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const told = (beginning: string, count = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (lines.filter((line) => line.startsWith(beginning)).length < count) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
      look();
      ended.then(() => reject(new Error(`the writer ended without "${beginning}": …${lines.slice(-5).join(', ')}`)));
    });
  const kill = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  const stop = (): Promise<void> => {
    child.stdin.end();
    return ended;
  };
  return { child, lines, told, ended, kill, stop };
};
