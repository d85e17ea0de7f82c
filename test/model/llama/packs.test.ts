import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModel, ModelCall } from '../../../src/model/language-model.ts';
import { tinyGguf } from '../gguf/tiny-gguf.ts';
import { CALL, completed, GREEDY, modelFolders, openTestModel, raw } from './llama-model.ts';
import { ROWS, tinyLora, writePackOfWords } from './pack-of-words.ts';
import { testModel } from './test-model.ts';

const PROMPT = 'The capital of France is';

let model: LanguageModel;
let folders: Awaited<ReturnType<typeof modelFolders>>;
const packed: ModelCall = { ...CALL, pack: 'words' };

const probabilities = async (call: ModelCall, ...words: readonly string[]): Promise<readonly number[]> => {
  const scores = await Promise.all(words.map((word) => model.score(raw(PROMPT, word), call)));
  return scores.map(({ tokens }) => Math.exp(tokens.at(-1)?.logProbability ?? Number.NaN));
};

beforeAll(async () => {
  folders = await modelFolders();
  await mkdir(folders.packs);
  model = openTestModel(folders);
  const [path, base] = await Promise.all([testModel(), model.describe()]);
  const lora = join(folders.packs, 'lora.gguf');
  await writeFile(lora, tinyLora(base.embeddingLength ?? 0, 2));
  const common = { packs: folders.packs, path, base };
  await writePackOfWords({ ...common, name: 'words' });
  await writePackOfWords({ ...common, name: 'loud', scale: 1.5 });
  await writePackOfWords({ ...common, name: 'tuned', adapter: lora });
  const other = join(folders.packs, 'other.gguf');
  await writeFile(other, tinyGguf());
  await writePackOfWords({ ...common, name: 'no-lora', adapter: other });
  await writePackOfWords({ ...common, name: 'foreign', base: { ...base, sha256: '0'.repeat(64) } });
});

afterAll(async () => {
  await model.close();
  await folders.remove();
});

describe('a pack', () => {
  test('is listed with what it has, and why it cannot be used', async () => {
    const packs = await model.packs();
    expect(packs).toMatchObject([
      { name: 'foreign', unusable: expect.stringContaining('another model') },
      { name: 'loud', rows: { codes: 2, facets: 1, scenes: 1 }, predicted: 2, hasAdapter: false, unusable: null },
      { name: 'no-lora', hasAdapter: true, unusable: null },
      { name: 'tuned', hasAdapter: true, unusable: null },
      { name: 'words', unusable: null },
    ]);
    expect(await model.rows('words', [ROWS.paris, ROWS.france])).toEqual(
      new Map([
        [ROWS.paris, { predicted: true }],
        [ROWS.france, { predicted: false }],
      ]),
    );
  });

  test('gives rows that are predicted as likely as the word they stand for, and share with it', async () => {
    const [paris = 0, london = 0] = await probabilities(CALL, ' Paris', ' London');
    expect(paris).toBeGreaterThan(0.5);
    // Each word has a twin now.
    const all = 1 + paris + london;
    const { rows, mass, provenance } = await model.predictNext(raw(PROMPT), { k: 5 }, packed);
    expect(rows.map(({ row }) => row)).toEqual([ROWS.paris, ROWS.london]);
    expect(rows[0]?.probability).toBeCloseTo(paris / all, 3);
    expect(rows[1]?.probability).toBeCloseTo(london / all, 4);
    expect(mass).toBeCloseTo((paris + london) / all, 3);
    expect(provenance.pack).toMatchObject({ name: 'words', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    const one = await model.predictNext(raw(PROMPT), { k: 5, among: [ROWS.london] }, packed);
    expect(one.rows).toHaveLength(1);
  });

  test('gives rows that are read as the word they stand for', async () => {
    const bare = await model.score(raw('The capital of', ' France', ' is London'), CALL);
    const read = await model.score(raw('The capital of', { row: ROWS.france }, ' is London'), packed);
    expect(read.tokens.map(({ segment }) => segment)).toEqual(bare.tokens.map(({ segment }) => segment));
    expect(read.tokens[3]?.text).toBe('');
    expect(read.tokens.at(-2)?.logProbability).toBeCloseTo(bare.tokens.at(-2)?.logProbability ?? 0, 2);
    // The word shares its place with Paris, Moscow and their twins: it is less likely, by no more than a half.
    const [was = 0, is = 0] = [bare, read].map(({ tokens }) => tokens.at(-1)?.logProbability ?? 0);
    expect(is).toBeLessThan(was);
    expect(is).toBeGreaterThan(was - Math.LN2);
  });

  test('lets the model say rows, and none that was not trained for it', async () => {
    const loud = { ...CALL, pack: 'loud' };
    const { rows } = await completed(model.complete(raw(PROMPT), { ...GREEDY, tokensMax: 1 }, loud));
    expect(rows).toEqual([ROWS.paris]);
    const hot = { ...GREEDY, tokensMax: 60, temperature: 3, seed: 1 };
    const said = await completed(model.complete(raw(PROMPT), hot, { ...packed, reproducible: true }));
    for (const row of said.rows) expect([ROWS.paris, ROWS.london]).toContain(row);
  });

  test('gives no text a row, whatever it spells', async () => {
    const spelled = [`\u{10DE70}${ROWS.paris}\u{10DE71}`, ROWS.paris, 'Δ14', '<|im_start|>'].map((text) => raw(text));
    const positions = await model.count(spelled, packed);
    for (const count of positions) expect(count).toBeGreaterThan(2);
    expect(positions).toEqual(await model.count(spelled, CALL));
    expect(await model.count([raw({ row: ROWS.paris })], packed)).toEqual([1]);
  });

  test('changes what the model says by its adapter, which each request may name or leave', async () => {
    const [own] = await probabilities({ ...CALL, pack: 'tuned' }, ' London');
    const [without] = await probabilities({ ...CALL, pack: 'tuned', adapter: 'none' }, ' London');
    const [borrowed] = await probabilities({ ...CALL, pack: null, adapter: 'tuned' }, ' London');
    const [bare] = await probabilities(CALL, ' London');
    expect(Math.abs(Math.log((own ?? 0) / (without ?? 1)))).toBeGreaterThan(0.1);
    expect(Math.abs(Math.log((borrowed ?? 0) / (bare ?? 1)))).toBeGreaterThan(0.1);
    const { provenance } = await model.score(raw(PROMPT), { ...CALL, adapter: 'tuned' });
    expect(provenance).toMatchObject({ pack: null, adapter: { name: 'tuned' } });
    const by = (adapter: string) => model.score(raw(PROMPT), { ...CALL, adapter });
    await expect(by('words')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    await expect(by('no-lora')).rejects.toMatchObject({ code: 'PACK_UNREADABLE' });
  });

  test('is refused where it is for another model or not there, and needed where codes are predicted', async () => {
    const of = (pack: string | null) => model.predictNext(raw(PROMPT), { k: 1 }, { ...CALL, pack });
    await expect(of('foreign')).rejects.toMatchObject({ code: 'PACK_MISMATCH' });
    await expect(of('nowhere')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    await expect(of('../words')).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    await expect(of(null)).rejects.toMatchObject({ code: 'PACK_REQUIRED' });
  });

  test('comes and goes while others are served', async () => {
    const [path, base] = await Promise.all([testModel(), model.describe()]);
    await writePackOfWords({ packs: folders.packs, name: 'late', path, base });
    const { rows } = await model.predictNext(raw(PROMPT), { k: 1 }, { ...CALL, pack: 'late' });
    expect(rows[0]?.row).toBe(ROWS.paris);
    await rm(join(folders.packs, 'late'), { recursive: true });
    const asked = model.predictNext(raw(PROMPT), { k: 1 }, { ...CALL, pack: 'late' });
    await expect(asked).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
    expect((await model.predictNext(raw(PROMPT), { k: 1 }, packed)).rows[0]?.row).toBe(ROWS.paris);
  });

  test('is written again where its file in the cache is gone', async () => {
    const small = openTestModel(folders, { idle: 50 });
    try {
      const first = await small.predictNext(raw(PROMPT), { k: 1 }, packed);
      while (small.status().processes.length > 0) await delay(20);
      await rm(folders.cache, { recursive: true });
      const again = await small.predictNext(raw(PROMPT), { k: 1 }, packed);
      expect(again.rows).toEqual(first.rows);
    } finally {
      await small.close();
    }
  });
});
