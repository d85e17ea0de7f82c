import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextCounter } from '../../src/activation/text-counter.ts';
import { openTextCounter } from '../../src/main.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import type { Language } from '../../src/scene/scene.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { budgetOf } from '../../src/worker/budget-job.ts';
import { longStory } from '../api/sketches.ts';

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
    const context = { store, reader, counter: stopping, signal: stop.signal };
    const source = { text: letter.repeat(60_000) };
    await expect(budgetOf(context, { source, labels, scenesMax: 10 })).rejects.toMatchObject({ code: 'CANCELLED' });
  },
);

describe.each([
  ['ru', 'Старый царь стоял у двери, а девушка смотрела в окно. Он молчал.'],
  ['en', 'The old prince stood at the door, and the girl looked out of the window. He was silent.'],
] as const)('in %s', (lang, text) => {
  test('a corpus that grows while it is counted is told as it stood', async () => {
    await store.writeDocument(...written(lang, 'first'));
    const request = { source: { corpus: corpusName(lang) }, labels: lang, scenesMax: 12 };
    const before = await budgetOf({ store, reader, counter, signal: undefined }, request);
    expect(before).toMatchObject({ scenes: 12, truncated: false });
    const growing: TextCounter = {
      ...counter,
      count: async (texts) => {
        await store.writeDocument(...written(lang, 'second'));
        return counter.count(texts);
      },
    };
    expect(await budgetOf({ store, reader, counter: growing, signal: undefined }, request)).toEqual(before);
    const after = await budgetOf({ store, reader, counter, signal: undefined }, request);
    expect(after).toMatchObject({ scenes: 12, truncated: true });
  });

  test('a sentence that is cut off is none', async () => {
    const told = async (scenesMax: number) => {
      const budget = await budgetOf(
        { store, reader, counter, signal: undefined },
        { source: { text }, labels: lang, scenesMax },
      );
      return [budget.truncated, budget.languages[0]?.halves?.count, budget.languages[0]?.sentences?.count];
    };
    expect(await told(1)).toEqual([true, 1, undefined]);
    expect(await told(2)).toEqual([true, 2, undefined]);
    expect(await told(3)).toEqual([false, 2, 2]);
  });
});

const written = (lang: Language, name: string) => {
  const { input, parts } = longStory(lang, name, 12, lang);
  return [input, parts()] as const;
};
