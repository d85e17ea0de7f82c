import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, DEFAULT_WORKSPACE, documentName } from '../../src/scene/name.ts';
import { documentId } from '../../src/scene/scene.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import type { Progress } from '../../src/worker/job.ts';
import { type ReadReport, readIntoCorpus } from '../../src/worker/read-job.ts';

const STORIES = [
  ['ru', new URL('../../data/stories/ru/tolstoy-rabotnik-emelyan.txt', import.meta.url)],
  ['en', new URL('../../data/stories/en/poe-masque-of-the-red-death.txt', import.meta.url)],
] as const;
const CORPUS = corpusName('stories');
const NAME = documentName('story');
const COUPLINGS_MAX = 16;

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let compute: ComputePool;
let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
  compute = openComputePool({ threadsMax: 1 });
});

afterAll(async () => {
  await reader.close();
  await compute.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  store = database.workspace(DEFAULT_WORKSPACE);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const read = (
  text: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (step: Progress) => void } = {},
): Promise<ReadReport> =>
  readIntoCorpus({ store, compute, reader, ...options }, { corpus: CORPUS, name: NAME, source: { text } });

const scenesOf = async (): Promise<readonly StoredScene[]> =>
  (await Array.fromAsync(pagesOf((page) => store.scenes({ corpus: CORPUS }, page), undefined))).flat();

const coded = (scenes: readonly StoredScene[]): ReadonlyMap<string, string> =>
  new Map(scenes.map(({ id, code, ordinal }) => [id, `${code}:${ordinal}`]));

describe.each(STORIES)('a whole story (%s)', (lang, url) => {
  test('is covered by scenes in order, coupled sparsely, and given back to the byte', async () => {
    const bytes = await readFile(url);
    const text = bytes.toString();
    const progress: Progress[] = [];
    const report = await read(text, { onProgress: (step) => progress.push(step) });
    expect(report).toMatchObject({ lang, version: 1, unchanged: false, scenesKept: 0, scenesDeleted: 0 });
    const scenes = await scenesOf();
    expect(scenes).toHaveLength(report.scenes);
    let end = 0;
    for (const [i, scene] of scenes.entries()) {
      expect(scene.position).toBe(i);
      expect(text.slice(end, scene.start)).toMatch(/^\s*$/u);
      expect(scene.text).toBe(text.slice(scene.start, scene.end));
      end = scene.end;
    }
    expect(text.slice(end)).toMatch(/^\s*$/u);
    const couplings = await store.couplingsOf(
      scenes.map(({ id }) => id),
      1000,
    );
    expect(Math.max(...couplings.map((of) => of.length))).toBeLessThanOrEqual(COUPLINGS_MAX);
    expect(await store.corpus(CORPUS)).toMatchObject({ uncoupled: 0, couplings: report.couplings });
    const stored = (await Array.fromAsync(store.documentText(documentId(CORPUS, NAME)))).join('');
    expect(Buffer.from(stored).equals(bytes)).toBe(true);
    expect(new Set(progress.map(({ stage }) => stage))).toEqual(new Set(['reading', 'coupling']));
    expect(progress.every(({ done, total }) => done <= total)).toBe(true);
  });

  test('read again changes nothing', async () => {
    const text = (await readFile(url)).toString();
    await read(text);
    const before = [await scenesOf(), await store.corpus(CORPUS)];
    expect(await read(text)).toMatchObject({ unchanged: true, version: 1, couplings: 0 });
    expect([await scenesOf(), await store.corpus(CORPUS)]).toEqual(before);
  });

  test('with one paragraph changed keeps every other scene with its code and ordinal', async () => {
    const paragraphs = (await readFile(url)).toString().split('\n').slice(0, 30);
    await read(paragraphs.join('\n'));
    const before = coded(await scenesOf());
    const added =
      lang === 'ru'
        ? 'Вдруг стало совсем тихо, и никто не решался войти.'
        : 'Then it grew quite still, and nobody dared to go in.';
    const report = await read(paragraphs.toSpliced(10, 1, added).join('\n'));
    const after = coded(await scenesOf());
    expect(report.version).toBe(2);
    expect(report.scenesKept).toBeGreaterThan(before.size * 0.8);
    expect(after.size).toBe(report.scenesAdded + report.scenesKept);
    for (const [id, code] of after) if (before.has(id)) expect(code).toBe(before.get(id));
  });
});

test('stopped between reading and coupling, the document stays and the next run couples it', async () => {
  const text = (await readFile(STORIES[0][1])).toString();
  const controller = new AbortController();
  const stopAtCoupling: GraphStore = Object.create(store, {
    writeDocument: {
      value: async (...args: Parameters<GraphStore['writeDocument']>) => {
        const report = await store.writeDocument(...args);
        controller.abort();
        return report;
      },
    },
  });
  await expect(
    readIntoCorpus(
      { store: stopAtCoupling, compute, reader, signal: controller.signal },
      { corpus: CORPUS, name: NAME, source: { text } },
    ),
  ).rejects.toThrow(expect.objectContaining({ code: 'CANCELLED' }));
  const { uncoupled = 0, scenes = 0 } = (await store.corpus(CORPUS)) ?? {};
  expect(uncoupled).toBe(scenes);
  expect(await read(text)).toMatchObject({ unchanged: true });
  expect(await store.corpus(CORPUS)).toMatchObject({ uncoupled: 0 });
  expect(await coupleCorpus({ store, compute }, CORPUS)).toMatchObject({ scenes: 0 });
});

test.each([
  ['EMPTY_DOCUMENT', ' \n\t'],
  ['LONE_SURROGATE', 'Он стоял \ud800 у двери.'],
  ['BINARY', 'He stood\u0000 at the door.'],
  ['UNKNOWN_LANGUAGE', '他站在门口，不敢进去。'],
])('%s leaves nothing behind', async (code, text) => {
  await expect(read(text)).rejects.toThrow(expect.objectContaining({ code }));
  expect(await store.corpus(CORPUS)).toBeNull();
});

test('a document named .md is read as Markdown', async () => {
  const text = '# Порог\n\n- Он стоял у **двери**.\n- Она ушла.\n';
  await readIntoCorpus({ store, compute, reader }, { corpus: CORPUS, name: documentName('a.md'), source: { text } });
  expect((await scenesOf()).map((scene) => scene.text)).toEqual(['# Порог', '- Он стоял у **двери**.', '- Она ушла.']);
});
