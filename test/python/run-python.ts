import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const CACHE = join(homedir(), '.cache', 'hyperscene', 'python');
/** ms; 100 MB have to come. */
const FETCH_TIMEOUT = 900_000;
const OUTPUT_MAX = 2 ** 28;

const NEEDED = 'The tests of exported files read them with Python: install Python 3.11 or later with pip.';

const packagesFolder = async (): Promise<string> => {
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.version_info[:2])']).catch((error: unknown) => {
    throw new Error(`python3 does not run here. ${NEEDED}`, { cause: error });
  });
  const digest = createHash('sha256')
    .update(stdout)
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  return join(CACHE, digest.slice(0, 12));
};

export const hasPythonPackages = (): Promise<boolean> => packagesFolder().then(existsSync, () => false);

/**
 * The folder with the packages of `requirements.txt`, fetched once by pip. Not a virtual environment, for which Debian wants a
 * package of its own. Filled beside and renamed, so that several runs at once do no harm.
 */
export const pythonPackages = async (): Promise<string> => {
  const folder = await packagesFolder();
  if (existsSync(folder)) return folder;
  await mkdir(CACHE, { recursive: true });
  const filling = await mkdtemp(join(CACHE, 'filling-'));
  try {
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '--target', filling];
    await run('python3', ['-m', 'pip', 'install', ...options, '--requirement', REQUIREMENTS], {
      timeout: FETCH_TIMEOUT,
    });
    await rename(filling, folder);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`pip could not fetch ${REQUIREMENTS}. ${NEEDED}`, { cause: error });
  }
  return folder;
};

/**
 * Runs a program of Python with those packages, without a network.
 * @returns what it printed, as JSON
 */
export const runPython = async (program: string, ...args: readonly string[]): Promise<unknown> => {
  const { stdout } = await run('python3', ['-B', '-c', program, ...args], {
    maxBuffer: OUTPUT_MAX,
    env: {
      ...process.env,
      PYTHONPATH: await pythonPackages(),
      PYTHONUTF8: '1',
      HF_HUB_OFFLINE: '1',
      HF_HUB_DISABLE_TELEMETRY: '1',
    },
  });
  return JSON.parse(stdout);
};
