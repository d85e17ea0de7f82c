import { seededRandom } from '../../src/collapse/leiden/random.ts';

/** Of this run: `CRASH_SEED` repeats the moments of another, as far as the machine's own timing allows. */
export const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

export const seeded = seededRandom;
