import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { checkBackup } from '../../src/store/backup/read-backup.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { mergeBackup } from '../../src/store/merge/merge-backup.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus, recoupleCorpus } from '../../src/worker/couple-job.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import { dump } from '../conformance/isolation.ts';
import { archiveOf, backUp } from '../store/backup/take-backup.ts';
import { inconsistencies } from '../store/consistency.ts';

const CORPUS = corpusName('stories');
const STORIES = { ru: 'tolstoy-rabotnik-emelyan.txt', en: 'poe-masque-of-the-red-death.txt' } as const;

let folder: string;
let database: GraphDatabase;
let reader: Reader;
let compute: ComputePool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-merge-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  reader = await openReader();
  compute = openComputePool({ threadsMax: 1 });
});
afterAll(async () => {
  await reader.close();
  await compute.close();
  await database.close();
  await rm(folder, { recursive: true });
});

/** Half of each: 160 scenes and 80. */
const holding = async (name: string, ...langs: readonly (keyof typeof STORIES)[]): Promise<GraphStore> => {
  const store = database.workspace(workspaceName(name));
  for (const lang of langs) {
    const text = await readFile(join(import.meta.dirname, '../../data/stories', lang, STORIES[lang]), 'utf8');
    await readIntoCorpus(
      { store, compute, reader },
      { corpus: CORPUS, name: documentName(STORIES[lang]), source: { text: text.slice(0, text.length / 2) } },
    );
  }
  await collapseCorpus({ store, compute }, CORPUS);
  return store;
};

const merge = async (into: GraphStore, from: GraphStore) => {
  const { path } = await backUp(archiveOf(database), folder, from.workspace);
  return mergeBackup(into, await checkBackup(path), from.workspace);
};

test('Russian and English prose of one corpus, merged either way, collapses to what reading both in that order gives', async () => {
  const [both, russian, english] = [
    await holding('both', 'ru', 'en'),
    await holding('ru', 'ru'),
    await holding('en', 'en'),
  ];
  const theirs = await dump(russian, CORPUS, false);
  const [forth, back] = [await merge(russian, english), await merge(english, await holding('ru again', 'ru'))];
  for (const [store, report] of [
    [russian, forth],
    [english, back],
  ] as const) {
    expect(report).toMatchObject({ documents: { added: 1, shared: 0 }, stale: [CORPUS], corpora: { changed: 1 } });
    expect(report.scenes).toBeGreaterThan(50);
    expect(report.waiting).toBe(report.scenes);
    expect(report.couplings).toBeGreaterThan(report.scenes);
    expect(await inconsistencies(store)).toEqual([]);
  }
  expect(await dump(russian, CORPUS, false)).toEqual(expect.arrayContaining([...theirs]));
  const coupled = await coupleCorpus({ store: russian, compute }, CORPUS);
  expect(coupled.scenes).toBe(forth.scenes);
  expect(coupled.added).toBeGreaterThan(0);
  const other = await holding('both, the other way', 'en', 'ru');
  for (const store of [both, other, russian, english]) {
    await recoupleCorpus({ store, compute }, CORPUS);
    await collapseCorpus({ store, compute }, CORPUS);
  }
  expect(await dump(russian, CORPUS, false)).toEqual(await dump(both, CORPUS, false));
  expect(await dump(english, CORPUS, false)).toEqual(await dump(other, CORPUS, false));
});
