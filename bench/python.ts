import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tell } from './report.ts';

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, '../node_modules/.cache/hyperscene-bench');

/**
 * Sets up an environment of Python with these packages, once.
 * @param packages with versions, so that figures compare over time
 * @returns the path of its interpreter
 * @throws Error when there is no Python, or no package of it
 */
export const pythonWith = async (packages: readonly string[]): Promise<string> => {
  const all = packages.join(' ');
  const environment = join(CACHE, `python-${createHash('sha256').update(all).digest('hex').slice(0, 12)}`);
  const python = join(environment, 'bin/python');
  const marker = join(environment, 'whole');
  if (existsSync(marker)) return python;
  tell(`setting up ${all} …`);
  await mkdir(environment, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', environment]);
    await run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  } catch (error) {
    throw new Error(`Python 3 with venv and pip is needed, for ${all}`, { cause: error });
  }
  await mkdir(marker);
  return python;
};
