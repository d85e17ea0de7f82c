import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextCounter } from '../../src/activation/text-counter.ts';
import { openTextCounter } from '../../src/main.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { budgetOf } from '../../src/worker/budget-job.ts';

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let reader: Reader;
let counter: TextCounter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  store = database.workspace(DEFAULT_WORKSPACE);
  [reader, counter] = [await openReader(), openTextCounter()];
});

afterAll(async () => {
  await Promise.all([reader.close(), counter.close()]);
  await database.close();
  await rm(folder, { recursive: true });
});

const LEVELS = { placesOf: async () => [], registry: async () => new Map() };

test.each([
  ['ru', 'щ'],
  ['en', 'q'],
] as const)(
  'in %s letters without a space keep nobody waiting: counting them can be cancelled',
  async (labels, letter) => {
    const stop = new AbortController();
    const stopping: TextCounter = {
      ...counter,
      count: (texts, signal) => {
        const counting = counter.count(texts, signal);
        stop.abort();
        return counting;
      },
    };
    const context = { store, levels: LEVELS, reader, counter: stopping, signal: stop.signal };
    const source = { text: letter.repeat(60_000) };
    await expect(budgetOf(context, { source, labels, scenesMax: 10 })).rejects.toMatchObject({ code: 'CANCELLED' });
  },
);
