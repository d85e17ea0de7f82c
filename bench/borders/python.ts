import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/hyperscene-bench');
const VENV = join(CACHE, 'venv-borders');

/** Pinned, so that figures compare over time. */
const PACKAGES = ['nltk==3.9.1', 'numpy==2.2.6', 'stop-words==2018.7.23'];

/** @throws Error when there is no Python, or no package of it */
export const preparePython = async (tell: (line: string) => void): Promise<void> => {
  const marker = join(VENV, PACKAGES.join(' '));
  if (existsSync(marker)) return;
  tell(`setting up ${PACKAGES.join(', ')} …`);
  await mkdir(CACHE, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', VENV]);
    await run(join(VENV, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
  } catch (error) {
    throw new Error('Python 3 with venv and pip is needed for the peers', { cause: error });
  }
  await mkdir(marker);
};

/** What `peers.py` answers. */
export const askPython = async <T>(args: readonly string[], input: unknown = null): Promise<T> => {
  const child = spawn(join(VENV, 'bin/python'), [join(import.meta.dirname, 'peers.py'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  child.stdin.end(JSON.stringify(input));
  const answer = await json(child.stdout).catch(() => undefined);
  const code = await ended;
  if (code !== 0 || answer === undefined) throw new Error(`peers.py ${args[0]} ended with ${code}`);
  return answer as T;
};
