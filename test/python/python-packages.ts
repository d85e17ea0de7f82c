import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Packages that pip puts into a folder of their own, once. */
export interface PackageSet {
  /** A file of pip's, with exact versions. */
  readonly requirements: string;
  /** Name below the cache. */
  readonly name: string;
  /** Of `pip install`. */
  readonly options: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What the tests do with them, for who lacks Python. */
  readonly needed: string;
  /** ms. */
  readonly timeout: number;
}

const folderOf = async ({ requirements, name, needed }: PackageSet): Promise<string> => {
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.version_info[:2])']).catch((error: unknown) => {
    throw new Error(`python3 does not run here. ${needed}`, { cause: error });
  });
  const digest = createHash('sha256')
    .update(stdout)
    .update(await readFile(requirements))
    .digest('hex');
  return join(homedir(), '.cache', 'hyperscene', name, digest.slice(0, 12));
};

export const hasPackages = (set: PackageSet): Promise<boolean> => folderOf(set).then(existsSync, () => false);

/**
 * The folder with the packages, fetched once by pip. Not a virtual environment, for which Debian wants a package of its own. Filled
 * beside and renamed, so that several runs at once do no harm.
 */
export const fetchPackages = async (set: PackageSet): Promise<string> => {
  const folder = await folderOf(set);
  if (existsSync(folder)) return folder;
  await mkdir(join(folder, '..'), { recursive: true });
  const filling = await mkdtemp(join(folder, '..', 'filling-'));
  try {
    const options = ['--quiet', '--disable-pip-version-check', ...set.options, '--target', filling];
    await run('python3', ['-m', 'pip', 'install', ...options, '--requirement', set.requirements], {
      timeout: set.timeout,
      env: { ...process.env, ...set.environment },
      maxBuffer: 2 ** 28,
    });
    await rename(filling, folder);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    if (!existsSync(folder))
      throw new Error(`pip could not fetch ${set.requirements}. ${set.needed}`, { cause: error });
  }
  return folder;
};
