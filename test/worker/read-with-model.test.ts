import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { FACET_KINDS } from '../../src/scene/facet.ts';
import { corpusName, DEFAULT_WORKSPACE, documentName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { facetsOf } from '../../src/store/scene-check.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import type { Progress } from '../../src/worker/job.ts';
import { FillJournals } from '../../src/worker/model/fill-journal.ts';
import type { ModelFacetsRequest } from '../../src/worker/model/model-facets.ts';
import { type ReadReport, readIntoCorpus } from '../../src/worker/read-job.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { end, recordingModel } from './model/recording-model.ts';

const CORPUS = corpusName('books');
const NAME = documentName('one');

/** A scene or two: the real model takes seconds for each facet. */
const SHORT = { ru: 'Пыль лежала на рояле.', en: 'Dust lay on the piano.' } as const;

const TEXTS = {
  ru: 'Старый царь стоял у двери, а девушка смотрела в окно. Пыль лежала на рояле. Он боялся темноты.\n\nШёл дождь.',
  en: 'The old prince stood at the door, and the girl looked out of the window. Dust lay on the piano. He was afraid of the dark.\n\nIt rained.',
} as const;
const LONG = {
  ru: Array.from({ length: 60 }, (_, i) => `Пыль номер ${i} лежала на рояле.`).join(' '),
  en: Array.from({ length: 60 }, (_, i) => `Dust number ${i} lay on the piano.`).join(' '),
} as const;

let folder: string;
let database: GraphDatabase;
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
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

interface Options {
  readonly store?: GraphStore;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: Progress) => void;
}

/** What the text is called and the way it is read are the same each time; what it says and who is asked are not. */
const read = (
  text: string,
  by: { readonly model: LanguageModel; readonly facets: ModelFacetsRequest } | null,
  { store = database.workspace(DEFAULT_WORKSPACE), ...options }: Options = {},
): Promise<ReadReport> => {
  const journals = new FillJournals(journalFolder());
  const fill = by === null ? undefined : { model: async () => by.model, journals, client: 'test', workspace: 'test' };
  return readIntoCorpus(
    { store, compute, reader, fill, ...options },
    { corpus: CORPUS, name: NAME, source: { text }, modelFacets: by?.facets },
  );
};

const journalFolder = () => join(folder, 'fillings');
const journals = () => readdir(journalFolder()).catch(() => []);

const scenesOf = async (store = database.workspace(DEFAULT_WORKSPACE)): Promise<readonly StoredScene[]> =>
  (await Array.fromAsync(pagesOf((page) => store.scenes({ corpus: CORPUS }, page), undefined))).flat();

const ANSWER = {
  tension: { words: '', key: 'longing' },
  atmosphere: { words: '', key: 'silence' },
  archetype: { words: '', key: 'vigil' },
  agent: '',
  context: 'nowhere here',
};

const saying = (answer: object, name = 'recording') => {
  const model = recordingModel({ pieces: (_, call) => [{ kind: 'text', text: JSON.stringify(answer) }, end(call)] });
  return { ...model, describe: async () => ({ ...(await model.describe()), name }) };
};

const TRUSTED: ModelFacetsRequest = { trust: 0.8 };
/** Whatever it says. */
const ALL: ModelFacetsRequest = { takenMin: 0 };

describe.each(['ru', 'en'] as const)('in %s', (lang) => {
  test('what the model fills is stored by model, what does not hold is counted and stays weak', async () => {
    await read(TEXTS[lang], null);
    const before = new Map((await scenesOf()).map((scene) => [scene.id, scene]));
    const { modelFacets, version, unchanged } = await read(TEXTS[lang], { model: saying(ANSWER), facets: TRUSTED });
    expect({ version, unchanged }).toEqual({ version: 2, unchanged: false });
    const scenes = await scenesOf();
    const byModel = scenes.flatMap(facetsOf).filter(({ facet }) => facet.by === 'model');
    expect(modelFacets).toMatchObject({ model: 'recording', filled: byModel.length });
    expect(byModel.length).toBeGreaterThan(0);
    const { asked = 0, filled = 0, none = 0, dropped } = modelFacets ?? {};
    expect(filled + none + Object.values(dropped ?? {}).reduce((sum, n) => sum + n, 0)).toBe(asked);
    for (const scene of scenes) {
      expect(scene.text).toBe(before.get(scene.id)?.text);
      expect(scene.context).toEqual(before.get(scene.id)?.context);
      for (const kind of FACET_KINDS.filter((each) => each !== 'context'))
        if ((before.get(scene.id)?.[kind]?.confidence ?? 0) >= 0.5)
          expect(scene[kind]).toEqual(before.get(scene.id)?.[kind]);
    }
    const figures = scenes.map(({ figure }) => figure);
    expect(figures.some((figure) => figure.startsWith('vigil.silence.'))).toBe(true);
  });

  test('the same model again changes nothing and is not asked; another one, other values or none are another reading', async () => {
    const model = saying(ANSWER);
    const asked = () => model.asked.filter(({ method }) => method === 'complete').length;
    const again = async (by: Parameters<typeof read>[1]) => {
      const { unchanged, version } = await read(TEXTS[lang], by);
      return { unchanged, version };
    };
    expect(await again({ model, facets: TRUSTED })).toEqual({ unchanged: false, version: 1 });
    const calls = asked();
    expect(await again({ model, facets: TRUSTED })).toEqual({ unchanged: true, version: 1 });
    expect(asked()).toBe(calls);
    const record = async () =>
      (await database.workspace(DEFAULT_WORKSPACE).documents(CORPUS, { first: 1 })).items[0]?.item;
    expect((await record())?.filledBy).toMatch(
      /^recording, of a server, recipe \d+, below 0\.5, from 0\.5, trust 0\.8$/u,
    );
    expect(await again({ model: saying(ANSWER, 'another'), facets: TRUSTED })).toEqual({
      unchanged: false,
      version: 2,
    });
    expect(await again({ model, facets: { ...TRUSTED, confidenceMin: 0.4 } })).toEqual({
      unchanged: false,
      version: 3,
    });
    expect(await again(null)).toEqual({ unchanged: false, version: 4 });
    expect((await record())?.filledBy).toBeNull();
    expect((await scenesOf()).flatMap(facetsOf).filter(({ facet }) => facet.by === 'model')).toEqual([]);
    expect(await journals()).toEqual([]);
  });

  test('the model has answered for all scenes before the store writes any', async () => {
    const store = database.workspace(DEFAULT_WORKSPACE);
    const model = saying(ANSWER);
    const asked = () => model.asked.filter(({ method }) => method === 'complete').length;
    let atFirst = 0;
    const watched: GraphStore = Object.create(store, {
      writeDocument: {
        value: async (...[input, parts]: Parameters<GraphStore['writeDocument']>) => {
          const seen = async function* () {
            for await (const part of parts) {
              if (atFirst === 0) atFirst = asked();
              yield part;
            }
          };
          return store.writeDocument(input, seen());
        },
      },
    });
    await read(TEXTS[lang], { model, facets: TRUSTED }, { store: watched });
    expect(atFirst).toBeGreaterThan(0);
    expect(asked()).toBe(atFirst);
  });

  test.each(['the model fails', 'it is cancelled', 'the process is killed while it writes a line'] as const)(
    'when %s, nothing is stored, and what was filled is not asked for again',
    async (how) => {
      const whole = saying(ANSWER);
      await read(
        LONG[lang],
        { model: whole, facets: TRUSTED },
        { store: openMemoryStore().workspace(DEFAULT_WORKSPACE) },
      );
      const all = whole.asked.filter(({ method }) => method === 'complete').length;
      const stop = new AbortController();
      let asked = 0;
      const failing = recordingModel({
        pieces: async function* (_, call) {
          asked += 1;
          if (asked > all * 0.75 && how === 'it is cancelled') stop.abort();
          if (call.signal?.aborted) throw new HypersceneError('CANCELLED', 'cancelled');
          if (asked > all * 0.75 && how !== 'it is cancelled') throw new HypersceneError('MODEL_CRASHED', 'gone');
          yield { kind: 'text', text: JSON.stringify(ANSWER) };
          yield end(call);
        },
      });
      const steps: Progress[] = [];
      const code = how === 'it is cancelled' ? 'CANCELLED' : 'MODEL_CRASHED';
      await expect(
        read(
          LONG[lang],
          { model: failing, facets: TRUSTED },
          { signal: stop.signal, onProgress: (step) => steps.push(step) },
        ),
      ).rejects.toMatchObject({ code });
      expect(await database.workspace(DEFAULT_WORKSPACE).corpus(CORPUS)).toBeNull();
      const filling = steps.filter(({ stage }) => stage === 'filling');
      expect(filling.at(-1)).toMatchObject({ unit: 'scenes', done: 32 });
      const [left = ''] = await journals();
      // A line that was cut off in the middle is written again: its scenes are asked about anew.
      if (how.includes('killed')) await truncate(join(journalFolder(), left), (await sizeOf(left)) - 10);
      const model = saying(ANSWER);
      const { modelFacets } = await read(LONG[lang], { model, facets: TRUSTED });
      const again = model.asked.filter(({ method }) => method === 'complete').length;
      const kept = how.includes('killed') ? 16 : 32;
      expect(again).toBe((all * (60 - kept)) / 60);
      expect(modelFacets).toMatchObject({ scenes: 60, asked: all });
      expect(await scenesOf()).toHaveLength(60);
      expect(await journals()).toEqual([]);
    },
  );
});

const sizeOf = async (name: string): Promise<number> =>
  (await import('node:fs/promises')).stat(join(journalFolder(), name)).then(({ size }) => size);

test('whatever a model says, what the reader is sure of is stored as without it', async () => {
  const store = openMemoryStore().workspace(DEFAULT_WORKSPACE);
  const keys = fc.oneof(fc.constantFrom('fear', 'home', 'silence', 'none', 'ennui'), fc.string());
  const closed = fc.record({ words: fc.constantFrom('', 'Dust', 'Пыль', 'the'), key: keys });
  const answer = fc.record({ tension: closed, atmosphere: closed, archetype: closed, agent: keys, context: keys });
  const least = fc.double({ min: 0.05, max: 1, noNaN: true });
  const property = fc.asyncProperty(
    fc.constantFrom('ru' as const, 'en' as const),
    answer,
    least,
    least,
    async (lang, said, confidenceMin, trust) => {
      await read(TEXTS[lang], null, { store });
      const before = new Map((await scenesOf(store)).map((scene) => [scene.id, scene]));
      const facets = { confidenceMin, takenMin: 0, trust };
      await read(TEXTS[lang], { model: saying(said), facets }, { store });
      for (const scene of await scenesOf(store)) {
        const was = before.get(scene.id);
        const now = facetsOf(scene);
        for (const { kind, facet } of was === undefined ? [] : facetsOf(was))
          if (facet.confidence >= confidenceMin) expect(now).toContainEqual({ kind, facet });
        for (const { facet } of now) if (facet.by === 'model') expect(facet.confidence).toBe(trust);
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

test.each([{}, { takenMin: 0.2 }, { trust: 0.4 }])(
  'where nothing that it says could be written, the model is not even asked: %j',
  async (facets) => {
    const model = saying(ANSWER);
    await expect(read(TEXTS.en, { model, facets })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    expect(model.asked).toEqual([]);
  },
);

describe('the real default model', () => {
  let folders: Awaited<ReturnType<typeof modelFolders>>;
  let model: LanguageModel;

  beforeAll(async () => {
    folders = await modelFolders();
    model = openTestModel(folders, { context: 1024 });
  });

  afterAll(async () => {
    await model.close();
    await folders.remove();
  });

  test.each(['ru', 'en'] as const)(
    'fills what is weak by keys of the inventories and words of the scene, %s',
    async (lang) => {
      await read(SHORT[lang], null);
      const before = new Map((await scenesOf()).map((scene) => [scene.id, scene]));
      const { modelFacets } = await read(SHORT[lang], { model, facets: ALL });
      const { sha256, name } = await model.describe();
      const { items } = await database.workspace(DEFAULT_WORKSPACE).documents(CORPUS, { first: 1 });
      expect(items[0]?.item.filledBy).toBe(`${name}, ${sha256}, recipe 1, below 0.5, from 0, as measured`);
      const scenes = await scenesOf();
      const byModel = scenes.flatMap(facetsOf).filter(({ facet }) => facet.by === 'model');
      expect(modelFacets).toMatchObject({ model: name, filled: byModel.length });
      expect(modelFacets?.asked).toBeGreaterThan(byModel.length === 0 ? 0 : byModel.length - 1);
      for (const scene of scenes)
        for (const { kind, facet } of facetsOf(before.get(scene.id) as StoredScene))
          if (facet.confidence >= 0.5) expect(facetsOf(scene)).toContainEqual({ kind, facet });
    },
  );
});
