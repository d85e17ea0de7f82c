import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { anyHistory, glance, observe, take } from './history.ts';

/** Histories tried; 40 take some 20 s. `HISTORIES=1000` for a night. */
const RUNS = Number(process.env['HISTORIES'] ?? 40);

let folder: string;
let database: GraphDatabase;
let histories = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-history-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

it(
  'the embedded store does to any history what the model in memory does',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (steps) => {
        const workspace = workspaceName(`history ${++histories}`);
        const model = openMemoryStore().workspace(workspace);
        for (const step of steps) {
          if (step.do === 'reopen') {
            await database.close();
            database = await openEmbeddedStore({ path: join(folder, 'graph') });
            continue;
          }
          const store = database.workspace(workspace);
          expect(await take(store, step)).toEqual(await take(model, step));
          expect(await glance(store)).toEqual(await glance(model));
        }
        expect(await observe(database.workspace(workspace))).toEqual(await observe(model));
      }),
      { numRuns: RUNS },
    );
  },
  RUNS * 5000,
);
