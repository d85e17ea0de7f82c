import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./busy-writer.ts', import.meta.url));

export interface WriterProcess {
  /** What it told so far, line by line. */
  readonly lines: readonly string[];
  readonly process: ChildProcess;
  /** The first line that begins so. */
  line(beginning: string): Promise<string>;
  readonly ended: Promise<void>;
}

/** @param shell run before the writer in the same shell, `ulimit …` say */
export const startWriter = (path: string, first: number, most: number, shell = ':'): WriterProcess => {
  const child = spawn(
    'bash',
    ['-c', `${shell}; exec "$0" "$@"`, process.execPath, SCRIPT, path, String(first), String(most)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1', NODE_OPTIONS: '' },
    },
  );
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const line = (beginning: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((one) => one.startsWith(beginning));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      ended.then(() => reject(new Error(`the writer ended without "${beginning}": ${lines.join(', ')}`)));
      look();
    });
  return { lines, process: child, line, ended };
};
