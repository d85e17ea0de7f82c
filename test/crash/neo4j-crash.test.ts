import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killServerWhileLoading, killServerWhileMigrating } from './neo4j-crash.ts';
import { SEED, seeded } from './random.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-crash-neo4j-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Twice loading: once the writer is killed too, once it goes on. `npm run test:crash` does it 30 times. */
it.each([
  ['loads', killServerWhileLoading, 2],
  ['migrates', killServerWhileMigrating, 1],
])(
  `loses nothing acknowledged and leaves nothing by halves when the server is killed while it %s (seed ${SEED})`,
  async (_, kill, kills) => {
    const report = await kill({ folder, kills, random: seeded(SEED) });
    expect(report).toMatchObject({ kills, reopened: kills, lost: 0, halves: [] });
    expect(report.acknowledged).toBeGreaterThanOrEqual(kills);
  },
  600_000,
);
