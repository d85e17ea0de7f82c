import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchPackages, hasPackages, type PackageSet } from './python-packages.ts';

const run = promisify(execFile);
const OUTPUT_MAX = 2 ** 28;

const PACKAGES: PackageSet = {
  requirements: join(import.meta.dirname, 'requirements.txt'),
  name: 'python',
  options: ['--only-binary', ':all:'],
  needed: 'The tests of exported files read them with Python: install Python 3.11 or later with pip.',
  // 100 MB have to come.
  timeout: 900_000,
};

export const hasPythonPackages = (): Promise<boolean> => hasPackages(PACKAGES);

/** The folder with the packages of `requirements.txt`, fetched once. */
export const pythonPackages = (): Promise<string> => fetchPackages(PACKAGES);

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
