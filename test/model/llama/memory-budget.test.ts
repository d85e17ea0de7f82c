import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanguageModel, ModelCall, Prediction, ProcessStatus } from '../../../src/model/language-model.ts';
import type { LlamaOptions } from '../../../src/model/llama/open-llama.ts';
import { tinyGguf } from '../gguf/tiny-gguf.ts';
import { CALL, GREEDY, modelFolders, openTestModel, raw } from './llama-model.ts';
import { ROWS, tinyLora, type WordIds, writePackOfWords } from './pack-of-words.ts';
import { until } from './recorded-station.ts';
import { testModel } from './test-model.ts';

const MIB = 2 ** 20;
const TINY_IDS: WordIds = { paris: 11, london: 12, france: 13, moscow: 14 };
const TEXTS = { ru: 'Он стоял у двери, не решаясь войти.', en: 'He stood at the door and did not enter.' } as const;

type Folders = Awaited<ReturnType<typeof modelFolders>>;

/** A base and packs for it; `tuned` has an adapter, and so is reckoned to take more. */
const prepared = async (path: string, ids?: WordIds): Promise<Folders> => {
  const folders = await modelFolders();
  await mkdir(folders.packs);
  const model = openTestModel(folders, { find: async () => path });
  const base = await model.describe();
  await model.close();
  const adapter = join(folders.packs, 'lora.gguf');
  await writeFile(adapter, tinyLora(base.embeddingLength ?? 0, 2));
  for (const name of ['words', 'other', 'tuned'])
    await writePackOfWords({
      packs: folders.packs,
      name,
      path,
      base,
      ...(ids === undefined ? {} : { ids }),
      adapter: name === 'tuned' ? adapter : null,
    });
  return folders;
};

const open: LanguageModel[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((model) => model.close()));
});

const opened = (folders: Folders, path: string, options: Partial<LlamaOptions>): LanguageModel => {
  const model = openTestModel(folders, { find: async () => path, slots: 1, ...options });
  open.push(model);
  return model;
};

const callOf = (pack: string | null): ModelCall => ({ ...CALL, pack });
const ask = (model: LanguageModel, pack: string | null, text: string = TEXTS.ru) =>
  model.score(raw(text), callOf(pack));
const loaded = (model: LanguageModel): readonly ProcessStatus[] =>
  model.status().processes.filter(({ state }) => state !== 'stopping');
const packsLoaded = (model: LanguageModel): readonly (string | null)[] => loaded(model).map(({ pack }) => pack);

/** What each is reckoned to take. */
const reckoned = async (folders: Folders, path: string): Promise<Readonly<Record<string, number>>> => {
  const model = opened(folders, path, {});
  const all: Record<string, number> = {};
  for (const pack of [null, 'words', 'other', 'tuned']) {
    await ask(model, pack);
    all[pack ?? 'bare'] = loaded(model).find((one) => one.pack === pack)?.predictedBytes ?? 0;
  }
  return all;
};

describe('the memory of little models', () => {
  let folders: Folders;
  let path: string;
  let bytes: Readonly<Record<'bare' | 'words' | 'other' | 'tuned', number>>;

  beforeAll(async () => {
    const own = await modelFolders();
    await mkdir(own.cache, { recursive: true });
    path = join(own.cache, 'tiny.gguf');
    await writeFile(path, tinyGguf({ seed: 1, embeddingType: 'Q8_0' }));
    folders = await prepared(path, TINY_IDS);
    bytes = (await reckoned(folders, path)) as typeof bytes;
    expect(bytes.tuned).toBeGreaterThan(bytes.words);
  });

  afterAll(() => folders.remove());

  const crowd = (model: LanguageModel, pack: string | null): Promise<unknown> =>
    Promise.all(
      Array.from({ length: 6 }, (_, i) => ask(model, pack, `${i}. ${i % 2 === 0 ? TEXTS.ru : TEXTS.en}`.repeat(4))),
    );

  test('is that of each process: a second one is started where there is room for two, and not below', async () => {
    const enough = opened(folders, path, { processes: 2, memoryMax: 2 * bytes.bare });
    await crowd(enough, null);
    await until(() => loaded(enough).length === 2);
    const little = opened(folders, path, { processes: 2, memoryMax: 2 * bytes.bare - 1 });
    await crowd(little, null);
    expect(loaded(little)).toHaveLength(1);
  });

  test('is made for another model by unloading that which has had nothing to do for longest', async () => {
    const model = opened(folders, path, { memoryMax: bytes.bare + bytes.words + bytes.other - 1 });
    await ask(model, null);
    await ask(model, 'words');
    await ask(model, 'other');
    expect(packsLoaded(model)).toEqual(['words', 'other']);
    await ask(model, 'words');
    await ask(model, null);
    expect(packsLoaded(model)).toEqual(['words', null]);
    for (const pack of [null, 'words', 'other', 'tuned', 'words', null])
      expect((await ask(model, pack, TEXTS.en)).tokens.length).toBeGreaterThan(5);
  });

  test('is not made for a second process: what has nothing to do stays loaded', async () => {
    const model = opened(folders, path, { processes: 2, memoryMax: bytes.bare + bytes.words });
    await ask(model, null);
    await crowd(model, 'words');
    expect(packsLoaded(model)).toEqual([null, 'words']);
  });

  test('of a pack that changed is given back once the new one is asked for', async () => {
    const model = opened(folders, path, { memoryMax: 4 * bytes.tuned });
    const base = await model.describe();
    await ask(model, 'words');
    const [before] = loaded(model);
    await rm(join(folders.packs, 'words'), { recursive: true });
    await writePackOfWords({ packs: folders.packs, name: 'words', path, base, ids: TINY_IDS, scale: 2 });
    await ask(model, 'words');
    await until(() => model.status().processes.length === 1);
    expect(loaded(model)).toMatchObject([{ pack: 'words', state: 'ready' }]);
    expect(loaded(model)[0]?.pid).not.toBe(before?.pid);
    expect((await model.packs()).filter((pack) => pack.loaded).map(({ name }) => name)).toEqual(['words']);
  });

  test('of a pack that went is given back once it was asked for in vain', async () => {
    const model = opened(folders, path, { memoryMax: 4 * bytes.tuned });
    await ask(model, 'other');
    await rm(join(folders.packs, 'other'), { recursive: true });
    await expect(ask(model, 'other')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    await until(() => model.status().processes.length === 0);
  });
});

describe('the memory of a real model', () => {
  let folders: Folders;
  let path: string;
  let bytes: Readonly<Record<'bare' | 'words' | 'other' | 'tuned', number>>;

  beforeAll(async () => {
    path = await testModel();
    folders = await prepared(path);
    bytes = (await reckoned(folders, path)) as typeof bytes;
  });

  afterAll(() => folders.remove());

  test('is refused to another while it is in use, with what that needs and what there is, and nothing is unloaded in vain', async () => {
    const memoryMax = bytes.bare + bytes.words;
    const model = opened(folders, path, { memoryMax });
    await ask(model, 'words');
    const stopping = new AbortController();
    const begun = Promise.withResolvers<void>();
    const running = (async () => {
      const long = { ...GREEDY, tokensMax: 480 };
      for await (const _ of model.complete(raw(TEXTS.en), long, { ...callOf(null), signal: stopping.signal }))
        begun.resolve();
    })();
    const ended = running.catch((error: { readonly code: string }) => error.code);
    await begun.promise;
    const refused = await ask(model, 'tuned').catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'MODEL_TOO_LARGE',
      details: {
        came: `${Math.ceil(bytes.tuned / MIB)} MiB`,
        expected: expect.stringMatching(
          new RegExp(
            `^at most ${Math.floor(bytes.words / MIB)} MiB of ${Math.floor(memoryMax / MIB)} MiB .*in use$`,
            'u',
          ),
        ),
      },
    });
    // What has nothing to do would not have been enough.
    expect(packsLoaded(model).toSorted()).toEqual([null, 'words'].toSorted());
    expect(loaded(model).find(({ pack }) => pack === null)?.running).toBe(1);
    // It is enough for one like it.
    expect((await ask(model, 'other')).provenance.pack?.name).toBe('other');
    expect(packsLoaded(model)).not.toContain('words');
    stopping.abort();
    expect(await ended).toBe('CANCELLED');
    await until(() => loaded(model).every((one) => one.running === 0));
    expect((await ask(model, 'tuned')).provenance.adapter?.name).toBe('tuned');
  });

  test('is told to be more than there is at all', async () => {
    const model = opened(folders, path, { memoryMax: bytes.bare - 1 });
    await expect(ask(model, null)).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
      details: { expected: expect.stringMatching(/\(HYPERSCENE_MODEL_MEMORY\)$/u) },
    });
  });

  test('is reckoned anew for what takes more, refused where there is none for it, and above what is taken', async () => {
    const embed = (model: LanguageModel) => model.embed([raw(TEXTS.ru.repeat(8))], CALL);
    const borrow = (model: LanguageModel) => model.score(raw(TEXTS.en), { ...CALL, adapter: 'tuned' });
    const little = opened(folders, path, { memoryMax: bytes.bare });
    for (const text of Object.values(TEXTS)) await ask(little, null, text);
    await expect(embed(little)).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' });
    await expect(borrow(little)).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' });
    expect(loaded(little)).toMatchObject([{ predictedBytes: bytes.bare }]);
    await ask(little, null);
    const fresh = opened(folders, path, { memoryMax: bytes.bare });
    await expect(embed(fresh)).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' });
    expect((await ask(fresh, null)).tokens.length).toBeGreaterThan(5);
    const enough = opened(folders, path, { memoryMax: 2 * bytes.tuned });
    const reproducible = enough.score(raw(TEXTS.en.repeat(12)), { ...CALL, reproducible: true });
    await Promise.all([embed(enough), borrow(enough), ask(enough, null, TEXTS.ru.repeat(12)), reproducible]);
    await enough.count([raw('.')], CALL);
    const [{ predictedBytes = 0, residentBytes = 0 } = {}] = loaded(enough);
    expect(predictedBytes).toBeGreaterThan(bytes.tuned);
    expect(residentBytes).toBeGreaterThan(bytes.bare / 2);
    expect(residentBytes).toBeLessThan(predictedBytes);
  });

  test('holds beginnings for each adapter apart', async () => {
    const model = opened(folders, path, { slots: 2, memoryMax: 4 * bytes.tuned });
    const beginning = `${TEXTS.en} ${TEXTS.ru} `.repeat(4);
    const asked = (adapter: string, last: string, reproducible = false) =>
      model.predictNext(raw(beginning, last), { k: 2 }, { ...callOf('tuned'), adapter, reproducible });
    const logOf = ({ rows }: Prediction): number =>
      Math.log(rows.find(({ row }) => row === ROWS.paris)?.probability ?? Number.NaN);
    const last = 'The capital of France is';
    const [tuned, bare] = [logOf(await asked('tuned', last, true)), logOf(await asked('none', last, true))];
    expect(Math.abs(tuned - bare)).toBeGreaterThan(0.1);
    // Both keep the same beginning, and then read others in all of their sequences.
    for (const adapter of ['tuned', 'none']) {
      for (const i of [1, 2]) await asked(adapter, `${i}`);
      for (const i of [1, 2])
        await model.predictNext(raw(`${i} ${TEXTS.ru.repeat(4)}`), { k: 1 }, { ...callOf('tuned'), adapter });
    }
    for (const [adapter, expected] of [
      ['tuned', tuned],
      ['none', bare],
    ] as const) {
      const answer = await asked(adapter, last);
      expect(answer.usage.cached).toBeGreaterThan(64);
      expect(Math.abs(logOf(answer) - expected)).toBeLessThan(Math.abs(tuned - bare) / 4);
    }
  });

  test('rows of packs come out as they did when their model is loaded again', async () => {
    const model = opened(folders, path, { memoryMax: bytes.words });
    const predicted = async () =>
      (await model.predictNext(raw('The capital of France is'), { k: 1 }, callOf('words'))).rows;
    const first = await predicted();
    expect(first[0]?.row).toBe(ROWS.paris);
    await ask(model, null);
    expect(packsLoaded(model)).toEqual([null]);
    expect(await predicted()).toEqual(first);
  });
});
