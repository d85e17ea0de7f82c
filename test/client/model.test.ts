import { mkdir } from 'node:fs/promises';
import { createClient } from '../../src/client/client.ts';
import { HypersceneClientError } from '../../src/client/client-error.ts';
import * as operations from '../../src/client/generated/operations.ts';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { codeRow } from '../../src/model/row-key.ts';
import { type Figure, figureDigest, figureKey } from '../../src/scene/figure.ts';
import { LANGUAGES } from '../../src/scene/scene.ts';
import { CORPORA, STORIES, story } from '../api/sketches.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { writePackOfWords } from '../model/llama/pack-of-words.ts';
import { testModel } from '../model/llama/test-model.ts';
import { serve, type TestServer } from '../server/serve.ts';

const DOOR: Figure = { archetype: 'threshold', atmosphere: 'none', tension: 'restraint' };

let folders: Awaited<ReturnType<typeof modelFolders>>;
let model: LanguageModel;
let server: TestServer;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  folders = await modelFolders();
  await mkdir(folders.packs);
  model = openTestModel(folders);
  const [path, base] = await Promise.all([testModel(), model.describe()]);
  const keys = { paris: codeRow(figureDigest(DOOR)) };
  await writePackOfWords({ packs: folders.packs, path, base, name: 'words', keys });
  server = await serve({ model });
  client = createClient({ url: `${server.url}/graphql` });
  for (const lang of LANGUAGES) {
    await server.api.write(story(lang));
    await client.request(operations.Collapse, { corpus: CORPORA[lang] });
  }
});

afterAll(async () => {
  await client.close();
  await server.close();
  await model.close();
  await folders.remove();
});

test('the model and its packs are described', async () => {
  const { model: told } = await client.request(operations.Model, {});
  expect(told).toMatchObject({ architecture: 'llama', context: 512, slots: 2, quantization: { type: 'Q4_1' } });
  const { model: with_ } = await client.request(operations.ModelPacks, {});
  expect(with_?.packs).toMatchObject([
    { name: 'words', codeRows: 2, predictedRows: 2, base: told?.sha256, unusable: null },
  ]);
});

describe.each(LANGUAGES)('in %s', (lang) => {
  const labels = lang === 'ru' ? 'RU' : 'EN';
  const door = async () => {
    const { scenes } = await client.request(operations.Scenes, { filter: { corpus: CORPORA[lang] } });
    const scene = scenes?.nodes.find(({ text }) => text === STORIES[lang][1]?.text);
    if (scene === undefined) throw new Error('the story is not here');
    return scene;
  };
  const choice = { pack: 'words', reproducible: true };

  test('a completion comes whole and piece by piece, and is the same', async () => {
    const { id, code } = await door();
    const parts = [{ scene: { scene: id, rung: 'CODE' as const } }, { code }, { text: lang === 'ru' ? 'Он' : 'He' }];
    const variables = { parts, choice, labels, tokensMax: 5 } as const;
    const { completeParts } = await client.request(operations.CompleteParts, variables);
    expect(completeParts).toMatchObject({
      reason: 'LENGTH',
      written: [
        { kind: 'SCENE', items: [{ rung: 'CODE' }] },
        { kind: 'CODE', items: [{ name: code }] },
        { kind: 'TEXT' },
      ],
      substitutions: [],
      usage: { generated: 5 },
      provenance: { pack: { name: 'words' }, batch: 'ALONE' },
    });
    let text = '';
    const kinds: string[] = [];
    for await (const { completion } of client.subscribe(operations.Completion, variables)) {
      if (completion === null) throw new Error('an event with an error');
      kinds.push(completion.__typename);
      if (completion.__typename === 'CompletionText') text += completion.text;
      if (completion.__typename === 'CompletionEnd') expect(completion.provenance).toEqual(completeParts?.provenance);
    }
    expect([kinds[0], kinds.at(-1)]).toEqual(['CompletionWritten', 'CompletionEnd']);
    expect(text).toBe(completeParts?.text);
  });

  test('codes are predicted, by the facets of their figures', async () => {
    const { code } = await door();
    const { predictNext } = await client.request(operations.PredictNext, { codes: [code], k: 2, choice, labels });
    expect(predictNext?.codes.map(({ code: { digest } }) => digest)).toContain(figureDigest(DOOR));
    const found = predictNext?.codes.find(({ code: each }) => each.code === code);
    expect(found?.code.figures).toEqual([{ key: figureKey(DOOR) }]);
    expect(found?.probability).toBeGreaterThan(0);
    expect(predictNext?.mass).toBeGreaterThanOrEqual(found?.probability ?? 1);
  });

  test('parts are scored, embedded and counted', async () => {
    const { id, text } = await door();
    const parts = [{ scene: { scene: id } }, { text: lang === 'ru' ? ' Он вошёл.' : ' He came in.' }];
    const { scoreParts } = await client.request(operations.ScoreParts, { parts, labels });
    expect(scoreParts?.parts).toHaveLength(2);
    expect(scoreParts?.tokens).toHaveLength(scoreParts?.tokenCount ?? 0);
    const { embedParts } = await client.request(operations.EmbedParts, { lists: [parts, [{ text }]], labels });
    for (const { length, base64 } of embedParts?.embeddings ?? []) {
      expect(length).toBe(576);
      expect(Buffer.from(base64, 'base64')).toHaveLength(4 * length);
    }
    expect(embedParts?.embeddings).toHaveLength(2);
    const { modelBudget } = await client.request(operations.ModelBudget, { parts, labels });
    expect(modelBudget?.positions).toBe(scoreParts?.tokenCount);
    expect(modelBudget?.memory?.kvBytes).toBe(23_040 * (modelBudget?.positions ?? 0));
  });

  test('what is wrong is an error with its code, whole or in a stream', async () => {
    const missing = { parts: [{ scene: { scene: '0'.repeat(32) } }], labels } as const;
    const refused = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => null,
        (error: unknown) => error,
      );
    const errors = [
      await refused(client.request(operations.ScoreParts, missing)),
      await refused(Array.fromAsync(client.subscribe(operations.Completion, missing))),
      await refused(client.request(operations.PredictNext, { codes: ['Δ1'], labels })),
    ];
    expect(errors.map((error) => error instanceof HypersceneClientError && error.code)).toEqual([
      'SCENE_NOT_FOUND',
      'SCENE_NOT_FOUND',
      'PACK_REQUIRED',
    ]);
  });
});
