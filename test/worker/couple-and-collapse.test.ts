import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpusName, DEFAULT_WORKSPACE, workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus, recoupleCorpus } from '../../src/worker/couple-job.ts';
import type { Progress } from '../../src/worker/job.ts';
import { type Sketch, sketchDocument } from '../arbitrary/corpus.ts';

const RUSSIAN: readonly Sketch[] = [
  { text: 'Анна ждала поезда в метель.', agent: 'Анна', tension: 'waiting', context: ['метель'], atmosphere: 'cold' },
  { text: 'Вронский стоял у двери.', agent: 'Вронский', tension: 'restraint', archetype: 'threshold' },
  { text: 'Анна боялась.', agent: 'Анна', tension: 'fear' },
  { text: 'Анна успокоилась.', agent: 'Анна', tension: 'calm' },
  { text: 'Было тихо.', atmosphere: 'silence' },
  {
    text: 'Вронский вышел в метель.',
    agent: 'Вронский',
    tension: 'breakthrough',
    context: ['метель'],
    atmosphere: 'cold',
  },
];
const ENGLISH: readonly Sketch[] = [
  { text: 'Mary waited in the storm.', agent: 'Mary', tension: 'waiting', context: ['storm'], atmosphere: 'cold' },
  { text: 'John stood at the door.', agent: 'John', tension: 'restraint', archetype: 'threshold' },
  { text: 'Mary was afraid.', agent: 'Mary', tension: 'fear' },
  { text: 'Mary grew calm.', agent: 'Mary', tension: 'calm' },
  { text: 'It was quiet.', atmosphere: 'silence' },
  {
    text: 'John went out into the storm.',
    agent: 'John',
    tension: 'breakthrough',
    context: ['storm'],
    atmosphere: 'cold',
  },
];
const CORPUS = corpusName('сказки');

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let compute: ComputePool;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  store = database.workspace(DEFAULT_WORKSPACE);
  compute = openComputePool({ threadsMax: 1 });
});

afterEach(async () => {
  await compute.close();
  await database.close();
  await rm(folder, { recursive: true });
});

const write = async (name: string, sketches: readonly Sketch[], lang: 'ru' | 'en'): Promise<void> => {
  const { input, parts } = sketchDocument(CORPUS, name, sketches, lang);
  await store.writeDocument(input, parts());
};

const allCouplings = async () => (await store.couplings(CORPUS, { first: 1000 })).items.map(({ item }) => item);

test('every scene is coupled once, with reasons, and coupling again changes nothing', async () => {
  await write('ru', RUSSIAN, 'ru');
  const progress: Progress[] = [];
  const report = await coupleCorpus({ store, compute, onProgress: (step) => progress.push(step) }, CORPUS);
  expect(report).toMatchObject({ scenes: 6, removed: 0 });
  expect(progress.at(-1)).toEqual({ stage: 'coupling', subject: CORPUS, done: 6, total: 6, unit: 'scenes' });
  const couplings = await allCouplings();
  expect(couplings).toHaveLength(report.added);
  expect(couplings.every(({ because }) => because.length > 0)).toBe(true);
  const kinds = new Set(couplings.flatMap(({ because }) => because.map(({ kind, key }) => `${kind}:${key}`)));
  expect(kinds).toEqual(
    new Set([
      'sequence:',
      'release:fear>calm',
      'release:restraint>breakthrough',
      'agent:Анна',
      'agent:Вронский',
      'context:метель',
      'atmosphere:cold',
    ]),
  );
  expect(await coupleCorpus({ store, compute }, CORPUS)).toEqual({ scenes: 0, added: 0, removed: 0 });
  expect(await allCouplings()).toEqual(couplings);
});

test('a new document couples with the old one; coupling afresh gives the same pairs', async () => {
  await write('one', RUSSIAN.slice(0, 3), 'ru');
  await coupleCorpus({ store, compute }, CORPUS);
  const before = await allCouplings();
  await write('two', RUSSIAN.slice(3), 'ru');
  await coupleCorpus({ store, compute }, CORPUS);
  const after = await allCouplings();
  const pair = ({ a, b }: { a: string; b: string }) => a + b;
  expect(after.map(pair)).toEqual(expect.arrayContaining(before.map(pair)));
  const ids = new Map(
    (await store.scenes({ corpus: CORPUS }, { first: 100 })).items.map(({ item }) => [item.id, item.documentName]),
  );
  expect(after.filter(({ a, b }) => ids.get(a) !== ids.get(b)).length).toBeGreaterThan(0);
  await recoupleCorpus({ store, compute }, CORPUS);
  expect((await allCouplings()).map(pair)).toEqual(after.map(pair));
});

test('a document written while its scenes are being coupled is coupled as it is now', async () => {
  await write('ru', RUSSIAN, 'ru');
  const disturb = [
    () => write('ru', [...RUSSIAN.slice(0, 2), ...ENGLISH.slice(2)], 'ru'),
    () => write('en', ENGLISH, 'en'),
  ];
  let computed = 0;
  const disturbed: ComputePool = {
    ...compute,
    couple: async (block, signal) => {
      const change = await compute.couple(block, signal);
      await disturb[computed++]?.();
      return change;
    },
  };
  expect(await coupleCorpus({ store, compute: disturbed }, CORPUS)).toMatchObject({ scenes: 12 });
  expect(computed).toBe(3);
  const couplings = await allCouplings();
  await recoupleCorpus({ store, compute }, CORPUS);
  expect(await allCouplings()).toEqual(couplings);
});

test('coupling gives up, with all it did before kept, while others write without end', async () => {
  await write('ru', RUSSIAN, 'ru');
  let computed = 0;
  const disturbed: ComputePool = {
    ...compute,
    couple: async (block, signal) => {
      const change = await compute.couple(block, signal);
      await write('en', ENGLISH.slice(0, (computed++ % 5) + 1), 'en');
      return change;
    },
  };
  await expect(coupleCorpus({ store, compute: disturbed }, CORPUS)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  expect(computed).toBe(10);
  expect(await allCouplings()).toEqual([]);
  expect(await coupleCorpus({ store, compute }, CORPUS)).toMatchObject({ removed: 0 });
});

test('collapse parts the scenes, expand gives back exactly what was collapsed, in both languages', async () => {
  await write('ru', RUSSIAN, 'ru');
  await write('en', ENGLISH, 'en');
  await coupleCorpus({ store, compute }, CORPUS);
  const summary = await collapseCorpus({ store, compute }, CORPUS);
  expect(summary.added).toBe(summary.occurrences);
  expect(summary.occurrences).toBeGreaterThan(1);
  const level1 = (await store.occurrences({ corpus: CORPUS, level: 1 }, { first: 100 })).items.map(({ item }) => item);
  const scenes = (await store.scenes({ corpus: CORPUS }, { first: 100 })).items.map(({ item }) => item);
  expect(level1.flatMap(({ scenes: ids }) => ids).toSorted()).toEqual(scenes.map(({ id }) => id).toSorted());
  const couplings = await allCouplings();
  for (const occurrence of level1) {
    const expansion = await expandOccurrence(store, occurrence);
    const of = new Set(occurrence.scenes);
    expect(expansion.scenes.items.map(({ item }) => item)).toEqual(
      occurrence.scenes.map((id) => scenes.find((scene) => scene.id === id)),
    );
    expect(expansion.couplings).toEqual(couplings.filter(({ a, b }) => of.has(a) && of.has(b)));
  }
});

test('communities stand above motifs, each connected, until one holds the corpus, whatever the order of documents', async () => {
  await write('ru', RUSSIAN, 'ru');
  await write('en', ENGLISH, 'en');
  await coupleCorpus({ store, compute }, CORPUS);
  const { levels } = await collapseCorpus({ store, compute }, CORPUS);
  expect(levels.length).toBeGreaterThan(1);
  expect(levels.at(-1)?.occurrences).toBe(1);
  const [top] = (await store.occurrences({ corpus: CORPUS, level: levels.length }, { first: 10 })).items;
  expect(top?.item).toMatchObject({ level: levels.length, size: 12 });
  const digests = async (of: GraphStore) =>
    (await of.hypertokens({ corpus: CORPUS }, { first: 1000 })).items.map(({ item }) => item.digest).toSorted();
  const before = await digests(store);
  const other = database.workspace(workspaceName('in another order'));
  for (const [name, sketches, lang] of [
    ['en', ENGLISH, 'en'],
    ['ru', RUSSIAN, 'ru'],
  ] as const) {
    const { input, parts } = sketchDocument(CORPUS, name, sketches, lang);
    await other.writeDocument(input, parts());
  }
  await coupleCorpus({ store: other, compute }, CORPUS);
  await collapseCorpus({ store: other, compute }, CORPUS);
  expect(await digests(other)).toEqual(before);
});

test('a resolution or a seed that is none is refused before anything is done', async () => {
  await write('ru', RUSSIAN, 'ru');
  await coupleCorpus({ store, compute }, CORPUS);
  for (const options of [{ resolution: 0 }, { resolution: Number.NaN }, { seed: -1 }, { seed: 0.5 }])
    await expect(collapseCorpus({ store, compute }, CORPUS, options)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  expect(await store.corpus(CORPUS)).toMatchObject({ collapsedRevision: null });
});

test('the same motif in Russian and in English has one code', async () => {
  const tellings = (story: readonly Sketch[], times: number): readonly Sketch[] =>
    Array.from({ length: times }, (_, i) =>
      story.map((sketch) => ({
        ...sketch,
        text: `${i}. ${sketch.text}`,
        ...(sketch.agent === undefined ? {} : { agent: `${sketch.agent} ${i}` }),
      })),
    ).flat();
  await write('ru', tellings(RUSSIAN, 4), 'ru');
  await write('en', tellings(ENGLISH, 4), 'en');
  await coupleCorpus({ store, compute }, CORPUS);
  await collapseCorpus({ store, compute }, CORPUS);
  const motifs = (await store.hypertokens({ level: 1, corpus: CORPUS }, { first: 100 })).items.map(({ item }) => item);
  expect(motifs.filter(({ occurrences }) => occurrences >= 2).length).toBeGreaterThan(0);
});

test('collapsing twice changes nothing; codes and ordinals stay over a restart', async () => {
  await write('ru', RUSSIAN, 'ru');
  await coupleCorpus({ store, compute }, CORPUS);
  const first = await collapseCorpus({ store, compute }, CORPUS);
  const occurrences = await store.occurrences({ corpus: CORPUS }, { first: 100 });
  expect(await collapseCorpus({ store, compute }, CORPUS)).toMatchObject({
    added: 0,
    deleted: 0,
    newCodes: 0,
    kept: first.occurrences,
  });
  await database.close();
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  store = database.workspace(DEFAULT_WORKSPACE);
  expect(await store.occurrences({ corpus: CORPUS }, { first: 100 })).toEqual(occurrences);
  expect(await store.corpus(CORPUS)).toMatchObject({ collapsedRevision: first.revision });
});

test('an aborted job throws CANCELLED, keeps what was acknowledged and goes on from there', async () => {
  await write('ru', RUSSIAN, 'ru');
  const controller = new AbortController();
  controller.abort();
  const cancelled = expect.objectContaining({ code: 'CANCELLED' });
  await expect(coupleCorpus({ store, compute, signal: controller.signal }, CORPUS)).rejects.toThrow(cancelled);
  await expect(collapseCorpus({ store, compute, signal: controller.signal }, CORPUS)).rejects.toThrow(cancelled);
  expect(await store.corpus(CORPUS)).toMatchObject({ uncoupled: 6, collapsedRevision: null });
  expect(await coupleCorpus({ store, compute }, CORPUS)).toMatchObject({ scenes: 6 });
});

test('a corpus that is not there is CORPUS_NOT_FOUND', async () => {
  const missing = expect.objectContaining({ code: 'CORPUS_NOT_FOUND' });
  await expect(coupleCorpus({ store, compute }, corpusName('нет'))).rejects.toThrow(missing);
  await expect(recoupleCorpus({ store, compute }, corpusName('нет'))).rejects.toThrow(missing);
  await expect(collapseCorpus({ store, compute }, corpusName('нет'))).rejects.toThrow(missing);
});
