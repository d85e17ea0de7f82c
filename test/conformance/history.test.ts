import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { anyHistory, glance, observe, take } from './history.ts';

/** Histories tried on each engine: an embedded one takes 0.2 s, one over Bolt 2. `HISTORIES=1000` for a night. */
const RUNS = Number(process.env['HISTORIES'] ?? 15);
/** One for both engines, so that each history is lived through by all three stores. */
const SEED = Number(process.env['HISTORY_SEED'] ?? randomBytes(4).readInt32LE());
/** A history, the shrinking of a failing one not counted in, ms. On a machine that does other work besides 8 s were seen. */
const HISTORY_TIMEOUT = 20_000;

const ENGINES: readonly (readonly [GraphDatabase['kind'], (path: string) => Promise<GraphDatabase>])[] = [
  ['embedded', (path) => openEmbeddedStore({ path })],
  ['neo4j', openSharedNeo4jStore],
];

describe.each(ENGINES)('%s', (_, open) => {
  // A server outlives a run, and several runs may share it.
  const run = randomBytes(4).toString('hex');
  let histories = 0;
  let folder: string;
  let database: GraphDatabase;
  const path = (): string => join(folder, 'graph');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-history-'));
    database = await open(path());
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'does to any history what the model in memory does',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyHistory, async (steps) => {
          const workspace = workspaceName(`history ${run} ${++histories}`);
          const model = openMemoryStore().workspace(workspace);
          for (const step of steps) {
            if (step.do === 'reopen') {
              await database.close();
              database = await open(path());
              continue;
            }
            const store = database.workspace(workspace);
            expect(await take(store, step)).toEqual(await take(model, step));
            expect(await glance(store)).toEqual(await glance(model));
          }
          expect(await observe(database.workspace(workspace))).toEqual(await observe(model));
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    RUNS * HISTORY_TIMEOUT,
  );
});
