import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWhileCheckpointing, killWhileClosing, killWhileLoading, killWhileOpening } from './embedded-crash.ts';
import { SEED, seeded } from './random.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-crash-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `npm run test:crash` does each of them 30 times. */
it.each([
  ['while it loads', killWhileLoading, 3],
  ['while it makes and migrates the file', killWhileOpening, 2],
  ['while it closes', killWhileClosing, 2],
  ['during a checkpoint', killWhileCheckpointing, 1],
])(
  `loses nothing acknowledged and leaves nothing by halves when the process is killed %s (seed ${SEED})`,
  async (_, kill, kills) => {
    const report = await kill({ folder, kills, random: seeded(SEED) });
    expect(report).toMatchObject({ kills, reopened: kills, lost: 0, halves: [] });
    expect(report.acknowledged).toBeGreaterThanOrEqual(kills);
  },
);
