import { stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { HypersceneError } from '../../errors.ts';

/** Files of the data folder that every use of the graph touches. */
const TOUCHED = ['.', 'graph', 'graph.wal'];
/** Of a network's disk, whose server has a clock of its own. */
const SKEW_MS_MAX = 300_000;
/** When the program was last seen to work: a clock before it was never set. */
const EPOCH = Date.UTC(2026, 0, 1);

/**
 * That the clock was set, and does not stand before what was written last: revisions would seem to come from the future, and
 * certificates and keys not to be valid yet.
 * @param now ms since 1970
 * @throws HypersceneError BAD_CLOCK
 */
export const checkClock = async (dataDir: string, now: number): Promise<string> => {
  const shown = new Date(now).toISOString();
  if (now < EPOCH)
    throw new HypersceneError('BAD_CLOCK', 'the clock of this machine was never set', {
      expected: 'a time after 2026-01-01',
      came: shown,
    });
  const times = await Promise.all(
    TOUCHED.map((name) =>
      stat(join(dataDir, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const last = Math.max(...times);
  if (last <= now + SKEW_MS_MAX) return shown;
  throw new HypersceneError('BAD_CLOCK', 'the clock of this machine stands before what was written last', {
    expected: `a time after ${new Date(last).toISOString()}`,
    came: shown,
  });
};

/** MiB. Reading and collapsing two stories of 40 and 15 KB takes 463 at the highest; the rest is for a corpus worth the name. */
const NEED_MIB = 768;

/**
 * What this process may use: the container's limit, else the machine's memory.
 * @param limit bytes; 0 and beyond the machine's: no limit of its own
 * @throws HypersceneError LITTLE_MEMORY
 */
export const checkMemory = async (
  limit: number = process.constrainedMemory(),
  machine: number = totalmem(),
): Promise<string> => {
  const isLimited = limit > 0 && limit < machine;
  const mib = Math.round((isLimited ? limit : machine) / 2 ** 20);
  const shown = `${mib} MiB ${isLimited ? 'by the limit of the container' : 'of the machine'}`;
  if (mib >= NEED_MIB) return shown;
  throw new HypersceneError('LITTLE_MEMORY', 'there is little memory', { expected: `${NEED_MIB} MiB`, came: shown });
};

/** A novel takes some 10 MB of graph; below this a few hours of reading fill the disk. */
const FREE_BYTES_MIN = 500 * 2 ** 20;

/** @throws HypersceneError DISK_FULL */
export const checkDisk = async (dataDir: string): Promise<string> => {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const shown = `${(free / 2 ** 30).toFixed(1)} GiB free`;
  if (free >= FREE_BYTES_MIN) return shown;
  throw new HypersceneError('DISK_FULL', 'little room is left', { at: dataDir, expected: '0.5 GiB', came: shown });
};
