import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { codeRow, sceneRow } from '../../src/model/row-key.ts';
import { type Figure, figureDigest, figureKey } from '../../src/scene/figure.ts';
import { hyperlexeme } from '../../src/scene/hyperlexeme.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, LANGUAGES, type Language, sceneId } from '../../src/scene/scene.ts';
import { MARK_CLOSE, MARK_OPEN } from '../../src/scene/token-mark.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { tinyLora, writePackOfWords } from '../model/llama/pack-of-words.ts';
import { testModel } from '../model/llama/test-model.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, STORIES, story } from './sketches.ts';

/** Figures of the stories in both languages: who stands at the door, who is afraid, what has no row. */
const DOOR: Figure = { archetype: 'threshold', atmosphere: 'none', tension: 'restraint' };
const FEAR: Figure = { archetype: 'none', atmosphere: 'none', tension: 'fear' };
const [WAITS, STANDS, FEARS] = [0, 1, 2];

const sceneOf = (lang: Language, i: number) =>
  sceneId(documentId(corpusName(CORPORA[lang]), documentName('story')), STORIES[lang][i]?.text ?? '', 0);

const errorsOf = (errors: readonly Answer[]) =>
  errors.map(({ message, extensions: { code, details } }) => ({ code, message, ...details }));

let folders: Awaited<ReturnType<typeof modelFolders>>;
let model: LanguageModel;
let api: TestApi;
let common: Omit<Parameters<typeof writePackOfWords>[0], 'name'>;

beforeAll(async () => {
  folders = await modelFolders();
  await mkdir(folders.packs);
  model = openTestModel(folders);
  const [path, base] = await Promise.all([testModel(), model.describe()]);
  common = { packs: folders.packs, path, base };
  const keys = { paris: codeRow(figureDigest(DOOR)), london: codeRow(figureDigest(FEAR)) };
  for (const lang of LANGUAGES) {
    const own = { ...keys, france: sceneRow(sceneOf(lang, FEARS)) };
    await writePackOfWords({ ...common, name: `words-${lang}`, keys: own });
    await writePackOfWords({ ...common, name: `loud-${lang}`, keys: own, scale: 1.5 });
  }
  api = await openApi({ model });
  for (const lang of LANGUAGES) {
    await api.write(story(lang));
    await api.ask(
      'mutation ($of: String!) { recouple(corpus: $of) { scenes } collapse(corpus: $of) { occurrences } }',
      {
        of: CORPORA[lang],
      },
    );
  }
});

afterAll(async () => {
  await api.close();
  await model.close();
  await folders.remove();
});

const codeOf = async (lang: Language, i: number): Promise<string> => {
  const { scenes } = await api.ask(
    'query ($corpus: String!) { scenes(filter: { corpus: $corpus }) { nodes { key code } } }',
    {
      corpus: CORPORA[lang],
    },
  );
  return scenes.nodes.find(({ key }: Answer) => key === sceneOf(lang, i)).code;
};

const PREDICT = `query ($codes: [Code!]!, $k: Int! = 10, $pack: String, $labels: Language! = RU) {
  predictNext(codes: $codes, k: $k, choice: { pack: $pack, reproducible: true }, labels: $labels) {
    codes { probability code { code level digest hyperlexeme figures { key archetype { key } tension { key } atmosphere { key } } } }
    mass substitutions { part name wanted written why } provenance { pack { name sha256 } batch seed }
  }
}`;

const COMPLETE = `mutation ($parts: [PromptPart!]!, $pack: String, $labels: Language!, $tokensMax: Int! = 1) {
  completeParts(parts: $parts, choice: { pack: $pack }, labels: $labels, tokensMax: $tokensMax) {
    text pieces { __typename ... on CodeRow { code hyperlexeme figures { key } } }
    written { kind items { name rung } } substitutions { part name wanted written why }
    usage { prompt } provenance { pack { name } }
  }
}`;

describe.each(LANGUAGES)('with a pack, in %s', (lang) => {
  const labels = lang.toUpperCase();

  test('the next codes come with probabilities, by facets', async () => {
    const codes = [await codeOf(lang, STANDS), await codeOf(lang, FEARS)];
    const { predictNext } = await api.ask(PREDICT, { codes, pack: `words-${lang}`, labels });
    expect(predictNext.substitutions).toEqual([]);
    expect(predictNext.provenance).toEqual({
      pack: { name: `words-${lang}`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) },
      batch: 'ALONE',
      seed: null,
    });
    const told = new Map<string, Answer>(predictNext.codes.map((each: Answer) => [each.code.code, each]));
    expect([...told.keys()].toSorted()).toEqual(codes.toSorted());
    for (const [i, figure] of [DOOR, FEAR].entries())
      expect(told.get(codes[i] ?? '').code).toMatchObject({
        level: 0,
        digest: figureDigest(figure),
        hyperlexeme: hyperlexeme(figure, lang),
        figures: [{ key: figureKey(figure), tension: { key: figure.tension } }],
      });
    const shares: readonly number[] = predictNext.codes.map(({ probability }: Answer) => probability);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.every((share) => share > 0)).toBe(true);
    expect(shares.reduce((all, each) => all + each, 0)).toBeCloseTo(predictNext.mass, 6);
    const { predictNext: one } = await api.ask(PREDICT, { codes, k: 1, pack: `words-${lang}`, labels });
    expect(one.codes).toEqual(predictNext.codes.slice(0, 1));
    expect(one.mass).toBeCloseTo(predictNext.mass, 9);
  });

  test('scenes go in as codes and places, and what has no row is written in words and listed', async () => {
    const parts = [
      { scene: { scene: sceneOf(lang, STANDS), rung: 'CODE' } },
      { scene: { scene: sceneOf(lang, FEARS), rung: 'OCCURRENCE' } },
      { scene: { scene: sceneOf(lang, WAITS), rung: 'CODE' } },
      { scene: { scene: sceneOf(lang, STANDS), rung: 'OCCURRENCE' } },
      { code: await codeOf(lang, FEARS) },
    ];
    const { completeParts } = await api.ask(COMPLETE, { parts, pack: `words-${lang}`, labels });
    expect(completeParts.written.map(({ items }: Answer) => items[0].rung)).toEqual([
      'CODE',
      'OCCURRENCE',
      'HYPERLEXEME',
      'HYPERLEXEME',
      'CODE',
    ]);
    expect(completeParts.substitutions).toEqual([
      { part: 2, name: expect.any(String), wanted: 'CODE', written: 'HYPERLEXEME', why: 'NO_ROW' },
      { part: 3, name: expect.any(String), wanted: 'OCCURRENCE', written: 'HYPERLEXEME', why: 'NO_ROW' },
    ]);
    const bare = await api.ask(COMPLETE, { parts, labels });
    expect(bare.completeParts.substitutions.map(({ part, why }: Answer) => [part, why])).toEqual(
      parts.map((_, part) => [part, 'NO_PACK']),
    );
    expect(completeParts.usage.prompt).toBeLessThan(bare.completeParts.usage.prompt);
  });

  test('a code comes out as what it stands for here', async () => {
    const parts = [{ text: 'The capital of France is' }];
    const { completeParts } = await api.ask(COMPLETE, { parts, pack: `loud-${lang}`, labels });
    expect(completeParts).toMatchObject({
      text: '',
      pieces: [
        {
          __typename: 'CodeRow',
          code: await codeOf(lang, STANDS),
          hyperlexeme: hyperlexeme(DOOR, lang),
          figures: [{ key: figureKey(DOOR) }],
        },
      ],
      provenance: { pack: { name: `loud-${lang}` } },
    });
  });

  test.each(['RAW', 'CHAT'])('text that spells a row or a code is text, %s', async (form) => {
    const code = await codeOf(lang, STANDS);
    const row = codeRow(figureDigest(DOOR));
    // The very name that the row has in the vocabulary of the model with the pack.
    const spelled = [code, `${MARK_OPEN}${row}${MARK_CLOSE}`, row, '<|im_start|>'];
    const query = `query ($parts: [PromptPart!]!, $pack: String, $form: PromptForm! = RAW) {
      scoreParts(parts: $parts, form: $form, choice: { pack: $pack, reproducible: true }) { tokens { text } parts { sum } }
    }`;
    const parts = spelled.map((text) => ({ text }));
    const [bare, packed] = [
      await api.ask(query, { parts, form }),
      await api.ask(query, { parts, form, pack: `words-${lang}` }),
    ];
    expect(packed.scoreParts.tokens).toEqual(bare.scoreParts.tokens);
    // A row is spelled as nothing, and a text as itself: but for characters that are divided among tokens.
    const undivided = (text: string) => text.replaceAll(/[\uFFFD\u{10DE70}\u{10DE71}]/gu, '');
    const told = packed.scoreParts.tokens.map(({ text }: Answer) => text).join('');
    // A template says more around it.
    expect(undivided(told)).toContain(undivided(spelled.join('')));
    if (form === 'RAW') expect(undivided(told)).toBe(undivided(spelled.join('')));
    const { scoreParts: asRow } = await api.ask(query, { parts: [{ code }], pack: `words-${lang}` });
    expect(asRow.tokens).toHaveLength(1);
  });
});

test('packs come and go while others are served', async () => {
  const codes = [await codeOf('ru', STANDS)];
  const late = join(folders.packs, 'late');
  const listed = async (): Promise<readonly Answer[]> => {
    const { model: told } = await api.ask('{ model { packs { name loaded unusable codeRows predictedRows } } }');
    return told.packs.filter(({ name }: Answer) => name === 'late');
  };
  const asked = () => api.answer(PREDICT, { codes, pack: 'late' });
  const beside = () => api.ask(PREDICT, { codes, pack: 'words-ru' });
  expect(await listed()).toEqual([]);
  expect(errorsOf((await asked()).errors)).toMatchObject([{ code: 'PACK_NOT_FOUND', came: '"late"' }]);
  const before = await beside();

  await writePackOfWords({ ...common, name: 'late' });
  expect(await listed()).toEqual([{ name: 'late', loaded: false, unusable: null, codeRows: 2, predictedRows: 2 }]);
  const [late1, during] = await Promise.all([asked(), beside()]);
  expect(late1.errors).toEqual([]);
  expect(late1.data.predictNext.codes).toHaveLength(2);
  // Neither has a row for what is asked with: it is told, and the answer of the other pack is none of it.
  expect(late1.data.predictNext.substitutions).toMatchObject([{ part: 0, why: 'NO_ROW' }]);
  expect(during).toEqual(before);
  await asked();
  expect(await listed()).toMatchObject([{ loaded: true }]);

  await rm(late, { recursive: true });
  const [gone, after] = await Promise.all([asked(), beside()]);
  expect(errorsOf(gone.errors)).toMatchObject([{ code: 'PACK_NOT_FOUND' }]);
  expect(after).toEqual(before);
  expect(await listed()).toEqual([]);
});

/** Puts the manifest right after a file of the pack has changed, as whoever means harm would. */
const rehash = async (folder: string, name: string): Promise<void> => {
  const [manifest, data] = await Promise.all([
    readFile(join(folder, 'pack.json'), 'utf8'),
    readFile(join(folder, name)),
  ]);
  const parsed = JSON.parse(manifest);
  const files = parsed.files.map((file: Answer) =>
    file.path === name
      ? { path: name, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') }
      : file,
  );
  await writeFile(join(folder, 'pack.json'), JSON.stringify({ ...parsed, files }));
};

const edit = async (folder: string, change: (manifest: Answer) => object): Promise<void> => {
  const path = join(folder, 'pack.json');
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
};

const HARM: readonly (readonly [what: string, code: string, said: RegExp, harm: (folder: string) => Promise<void>])[] =
  [
    [
      'is for another model',
      'PACK_MISMATCH',
      /expected .*SHA-256 0{64}; came SHA-256 [1-9a-f][0-9a-f]{63}/u,
      (folder) => edit(folder, (manifest) => ({ ...manifest, base: { ...manifest.base, sha256: '0'.repeat(64) } })),
    ],
    [
      'is cut off',
      'PACK_UNREADABLE',
      /bytes/u,
      async (folder) =>
        truncate(join(folder, 'rows.safetensors'), (await stat(join(folder, 'rows.safetensors'))).size - 7),
    ],
    [
      'was changed behind its hash',
      'PACK_UNREADABLE',
      /SHA-256/u,
      async (folder) => {
        const file = await open(join(folder, 'rows.safetensors'), 'r+');
        await file.write(Buffer.of(1), 0, 1, (await file.stat()).size - 1);
        await file.close();
      },
    ],
    [
      'has a number that is none',
      'PACK_UNREADABLE',
      /finite/u,
      async (folder) => {
        const path = join(folder, 'rows.safetensors');
        const data = await readFile(path);
        data.writeFloatLE(Number.NaN, data.length - 4);
        await writeFile(path, data);
        await rehash(folder, 'rows.safetensors');
      },
    ],
    [
      'names a file outside',
      'PACK_UNREADABLE',
      /path|name/u,
      (folder) =>
        edit(folder, (manifest) => ({
          ...manifest,
          files: [...manifest.files, { path: '../../secret', bytes: 1, sha256: '0'.repeat(64) }],
        })),
    ],
    [
      'links to a file outside',
      'PACK_UNREADABLE',
      /link|plain/u,
      async (folder) => {
        await rm(join(folder, 'rows.jsonl'));
        await symlink('/etc/passwd', join(folder, 'rows.jsonl'));
      },
    ],
    [
      'has no manifest that can be read',
      'PACK_UNREADABLE',
      /JSON/u,
      (folder) => writeFile(join(folder, 'pack.json'), '{"a":'),
    ],
    [
      'claims more rows than it may',
      'PACK_UNREADABLE',
      /rows/u,
      (folder) => edit(folder, (manifest) => ({ ...manifest, rows: 2 ** 40 })),
    ],
  ];

test.each(HARM)('a pack that %s is refused: %s', async (_, code, said, harm) => {
  const name = 'harmful';
  const folder = join(folders.packs, name);
  await writePackOfWords({ ...common, name });
  await harm(folder);
  try {
    const codes = [await codeOf('en', STANDS)];
    const { data, errors } = await api.answer(PREDICT, { codes, pack: name });
    expect(data.predictNext).toBeNull();
    const [error, ...more] = errorsOf(errors);
    expect([error?.code, more]).toEqual([code, []]);
    expect(error?.message).toMatch(said);
    expect(JSON.stringify(errors)).not.toContain(folders.packs);
    expect(JSON.stringify(errors)).not.toContain('root:');
    const { model: told } = await api.ask('{ model { packs { name unusable } } }');
    const { unusable } = told.packs.find((pack: Answer) => pack.name === name);
    expect(unusable).toEqual(expect.any(String));
    expect(unusable).not.toContain(folders.packs);
    // Nobody else is worse off for it.
    expect((await api.ask(PREDICT, { codes, pack: 'words-en' })).predictNext.codes).toHaveLength(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an adapter that is cut off is refused, and its pack is used without it', async () => {
  const lora = join(folders.packs, 'lora.gguf');
  const { embeddingLength } = await model.describe();
  await writeFile(lora, tinyLora(embeddingLength ?? 0, 2));
  await writePackOfWords({ ...common, name: 'cut', adapter: lora });
  const adapter = join(folders.packs, 'cut', 'adapter.gguf');
  await truncate(adapter, (await stat(adapter)).size - 100);
  await rehash(join(folders.packs, 'cut'), 'adapter.gguf');
  const query = `query ($adapter: String) {
    scoreParts(parts: { text: "Он стоял" }, choice: { pack: "cut", adapter: $adapter }) { sum provenance { adapter { name } } }
  }`;
  const { errors } = await api.answer(query);
  expect(errorsOf(errors)).toMatchObject([
    { code: 'PACK_UNREADABLE', message: expect.stringMatching(/ends before .*; at cut\/adapter\.gguf; expected/u) },
  ]);
  expect(JSON.stringify(errors)).not.toContain(folders.packs);
  expect((await api.ask(query, { adapter: 'none' })).scoreParts.provenance.adapter).toBeNull();
});

test.each([
  ['a file that is cut off', 'GGUF_TRUNCATED', async (path: string) => (await readFile(path)).subarray(0, 500_000)],
  ['a file that is no model', 'BAD_GGUF', async () => Buffer.from('<html>404: model not found</html>'.repeat(10))],
])('%s in the place of the model is told: %s', async (_, code, contents) => {
  const path = join(folders.packs, '..', 'broken.gguf');
  await writeFile(path, await contents(await testModel()));
  const broken = openTestModel(folders, { find: async () => path });
  const other = await openApi({ model: broken });
  try {
    for (const query of ['{ model { name } }', '{ scoreParts(parts: { text: "a" }) { sum } }']) {
      const { errors } = await other.answer(query);
      expect(errorsOf(errors)).toMatchObject([{ code, expected: expect.any(String) }]);
      expect(JSON.stringify(errors)).not.toContain(dirname(path));
    }
  } finally {
    await other.close();
    await broken.close();
  }
});
