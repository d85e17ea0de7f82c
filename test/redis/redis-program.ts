import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where a server's program lies, and the libraries that came with it. */
export interface RedisProgram {
  readonly path: string;
  /** Null where the machine has them. */
  readonly libraries: string | null;
  readonly how: 'path' | 'Debian';
}

const CACHE = join(homedir(), '.cache', 'hyperscene', 'redis');
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'];
/** ms; 1.4 MB have to come, and Debian's lists of packages where there are none yet. */
const FETCH_TIMEOUT = 300_000;

const NEEDED =
  'The tests of the queue need a Redis server. Either set REDIS_URL to one that may be written to, or put redis-server on the path, or run them as root on Debian, whose package is then unpacked beside the tests.';

/** `redis-server` on the path, else Debian's, unpacked into a cache, else an error that says what to do. */
export const redisProgram = async (): Promise<RedisProgram> => {
  if (await answers('redis-server')) return { path: 'redis-server', libraries: null, how: 'path' };
  if (!existsSync(CACHE)) await unpack();
  const lib = join(CACHE, 'usr', 'lib');
  const [triplet] = (await readdir(lib)).filter((name) => name.includes('-linux-'));
  const libraries = triplet === undefined ? null : join(lib, triplet);
  return { path: join(CACHE, 'usr', 'bin', 'redis-server'), libraries, how: 'Debian' };
};

const answers = (program: string): Promise<boolean> =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  );

/** Filled beside and renamed, so that several runs at once do no harm. */
const unpack = async (): Promise<void> => {
  if (process.getuid?.() !== 0) throw new Error(NEEDED);
  await mkdir(join(CACHE, '..'), { recursive: true });
  const filling = await mkdtemp(`${CACHE}-`);
  try {
    await download(filling).catch(async () => {
      await run('apt-get', ['update', '-qq'], { timeout: FETCH_TIMEOUT });
      await download(filling);
    });
    for (const file of (await readdir(filling)).filter((name) => name.endsWith('.deb')))
      await run('dpkg', ['-x', file, '.'], { cwd: filling });
    await rename(filling, CACHE);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    if (!existsSync(CACHE)) throw new Error(`Debian's packages could not be fetched. ${NEEDED}`, { cause: error });
  }
};

const download = (folder: string) =>
  run('apt-get', ['download', '-qq', ...PACKAGES], { cwd: folder, timeout: FETCH_TIMEOUT });
