import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { codeRow, sceneRow } from '../../src/model/row-key.ts';
import { figureDigest } from '../../src/scene/figure.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { documentId, LANGUAGES, type Language, sceneId } from '../../src/scene/scene.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { bearer, type KeyRing, openKeyRing } from '../server/keys.ts';
import { serve, type TestServer } from '../server/serve.ts';
import { end, PACK, type RecordingModel, recordingModel } from '../worker/model/recording-model.ts';
import type { Answer } from './open-api.ts';
import { CORPORA, STORIES, story } from './sketches.ts';

const DOOR = figureDigest({ archetype: 'threshold', atmosphere: 'none', tension: 'restraint' });

const sceneOf = (lang: Language, i: number) =>
  sceneId(documentId(corpusName(CORPORA[lang]), documentName('story')), STORIES[lang][i]?.text ?? '', 0);

let ring: KeyRing;
let server: TestServer;
let model: RecordingModel;

const answer = async (key: keyof KeyRing['keys'], query: string, variables: Record<string, unknown> = {}) => {
  const response = await server.post(query, variables, bearer(ring.keys[key]));
  return (await response.json()) as { readonly data: Answer; readonly errors?: readonly Answer[] };
};

const codesOf = ({ errors = [] }: { readonly errors?: readonly Answer[] }): readonly string[] =>
  errors.map(({ extensions }) => extensions.code);

beforeAll(async () => {
  const rows = [codeRow(DOOR), sceneRow(sceneOf('ru', 0)), sceneRow(sceneOf('en', 0))];
  model = recordingModel({
    predicted: [codeRow(DOOR)],
    pieces: (_, call) => [...rows.map((row) => ({ kind: 'row', row }) as const), end(call)],
  });
  ring = await openKeyRing();
  server = await serve({ authenticator: ring.authenticator, model: model as LanguageModel });
  for (const lang of LANGUAGES) {
    await server.api.write(story(lang));
    for (const task of ['recouple(corpus: $of) { scenes }', 'collapse(corpus: $of) { occurrences }'])
      expect(codesOf(await answer('admin', `mutation ($of: String!) { ${task} }`, { of: CORPORA[lang] }))).toEqual([]);
  }
});

afterAll(async () => {
  await server.close();
  ring.remove();
});

/** Codes of the errors of a subscription, by a real connection of its own. */
const streamed = async (key: keyof KeyRing['keys'], part: object): Promise<readonly string[]> => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: bearer(ring.keys[key]),
  });
  const query = 'subscription ($parts: [PromptPart!]!) { completion(parts: $parts) { __typename } }';
  const codes: string[] = [];
  try {
    for await (const event of client.iterate({ query, variables: { parts: [part] } }))
      codes.push(...codesOf(event as Answer));
  } catch (errors) {
    codes.push(...codesOf({ errors: errors as readonly Answer[] }));
  }
  await client.dispose();
  return codes;
};

/** All that puts parts to the model. */
const OPERATIONS = {
  completeParts: 'mutation ($parts: [PromptPart!]!) { completeParts(parts: $parts) { text } }',
  scoreParts: 'query ($parts: [PromptPart!]!) { scoreParts(parts: $parts) { sum } }',
  embedParts: 'query ($parts: [PromptPart!]!) { embedParts(lists: [$parts]) { embeddings { length } } }',
  modelBudget: 'query ($parts: [PromptPart!]!) { modelBudget(parts: $parts) { positions } }',
} as const;

describe.each(LANGUAGES)('of another workspace, in %s', (lang) => {
  const parts = async (): Promise<readonly (readonly [expected: string, part: object])[]> => {
    const { data } = await answer('read', 'query ($id: ID!) { scene(id: $id) { code ordinal id } }', {
      id: sceneOf(lang, 1),
    });
    const { code, ordinal, id } = data.scene;
    return [
      ['SCENE_NOT_FOUND', { scene: { scene: sceneOf(lang, 1) } }],
      ['SCENE_NOT_FOUND', { scene: { scene: id, rung: 'CODE' } }],
      ['CODE_NOT_FOUND', { code }],
      ['OCCURRENCE_NOT_FOUND', { occurrence: { ref: `${code}:${ordinal}` } }],
      [
        'CORPUS_NOT_FOUND',
        { context: { from: { query: lang === 'ru' ? 'страх' : 'fear' }, corpus: CORPORA[lang], tokens: 50 } },
      ],
      ['SCENE_NOT_FOUND', { context: { from: { scene: id }, tokens: 50 } }],
    ];
  };

  test.each(Object.entries(OPERATIONS))('nothing is put to the model: %s', async (name, query) => {
    for (const [expected, part] of await parts()) {
      const asked = model.asked.length;
      const refused = await answer('elsewhere', query, { parts: [part] });
      expect([name, codesOf(refused)]).toEqual([name, [expected]]);
      expect(model.asked.length).toBe(asked);
      // Whose it is may.
      if (!('context' in part)) expect(codesOf(await answer('read', query, { parts: [part] }))).toEqual([]);
    }
  });

  test('nor by a subscription', async () => {
    for (const [expected, part] of await parts()) {
      const asked = model.asked.length;
      expect(await streamed('elsewhere', part)).toEqual([expected]);
      expect(model.asked.length).toBe(asked);
      if (!('context' in part)) expect(await streamed('read', part)).toEqual([]);
    }
  });

  test('nor is it told by what the model says', async () => {
    const query = `mutation { completeParts(parts: { text: "a" }, choice: { pack: "${PACK}" }) {
      pieces { ... on CodeRow { code digest } ... on SceneRow { key scene { text } name: hyperlexeme } }
    } }`;
    const [here, there] = [await answer('read', query), await answer('elsewhere', query)];
    const texts = ({ data }: Answer) => data.completeParts.pieces.map(({ scene }: Answer) => scene?.text);
    expect(texts(here)).toContain(STORIES[lang][0]?.text);
    for (const { code, scene, name } of there.data.completeParts.pieces)
      expect([code ?? null, scene ?? null, name ?? null]).toEqual([null, null, null]);
    expect(JSON.stringify(there)).not.toContain(STORIES[lang][0]?.text);
  });

  test('its codes cannot be predicted from, nor its scenes read', async () => {
    const { data } = await answer('read', 'query ($id: ID!) { scene(id: $id) { code } }', { id: sceneOf(lang, 1) });
    const predict = `query ($codes: [Code!]!) { predictNext(codes: $codes, choice: { pack: "${PACK}" }) { codes { code { code } } } }`;
    const of = { codes: [data.scene.code] };
    expect(codesOf(await answer('elsewhere', predict, of))).toEqual(['CODE_NOT_FOUND']);
    expect((await answer('read', predict, of)).data.predictNext.codes[0].code.code).toBe(data.scene.code);
    const read = 'query ($scenes: [ID!]) { readScenes(scenes: $scenes) { scenes { text } } }';
    expect(codesOf(await answer('elsewhere', read, { scenes: [sceneOf(lang, 1)] }))).toEqual(['SCENE_NOT_FOUND']);
  });
});

test('each key has its own turn', async () => {
  const clients = new Set<string | undefined>();
  for (const key of ['read', 'write', 'elsewhere'] as const) {
    await answer(key, OPERATIONS.scoreParts, { parts: [{ text: 'a' }] });
    clients.add(model.asked.at(-1)?.call?.client);
  }
  expect(clients.size).toBe(3);
});

test('without a key the model is not asked', async () => {
  const asked = model.asked.length;
  for (const query of Object.values(OPERATIONS))
    expect((await server.post(query, { parts: [{ text: 'a' }] })).status).toBe(401);
  expect(model.asked.length).toBe(asked);
});

test.each(LANGUAGES)('what was deleted can no longer be put to the model, in %s', async (lang) => {
  const corpus = `${CORPORA[lang]} 2`;
  await server.api.write(sketchDocument(corpus, 'story', STORIES[lang], lang));
  const list =
    'query ($corpus: String!) { scenes(filter: { corpus: $corpus }, first: 1) { nodes { key id code ordinal text } } }';
  const { data } = await answer('read', list, { corpus });
  const { id, code, ordinal } = data.scenes.nodes[0];
  const parts = [{ scene: { scene: id } }];
  const occurrence = { parts: [{ occurrence: { ref: `${code}:${ordinal}` } }] };
  for (const query of Object.values(OPERATIONS)) {
    expect(codesOf(await answer('read', query, { parts }))).toEqual([]);
    expect(codesOf(await answer('read', query, occurrence))).toEqual([]);
  }
  await answer('admin', 'mutation ($of: String!) { deleteCorpus(name: $of) { scenes } }', { of: corpus });
  for (const query of Object.values(OPERATIONS)) {
    expect(codesOf(await answer('read', query, { parts }))).toEqual(['SCENE_NOT_FOUND']);
    expect(codesOf(await answer('read', query, occurrence))).toEqual(['OCCURRENCE_NOT_FOUND']);
    // A code is never taken back: it stands for the same, wherever it stands or does not.
    expect(codesOf(await answer('read', query, { parts: [{ code }] }))).toEqual([]);
  }
});

test('what another workspace has under the same names is its own', async () => {
  const elsewhere = server.api.database.workspace(workspaceName('elsewhere'));
  const { input, parts } = story('en');
  await elsewhere.writeDocument(input, parts());
  const query = 'query ($parts: [PromptPart!]!) { modelBudget(parts: $parts) { written { items { name } } } }';
  expect(codesOf(await answer('elsewhere', query, { parts: [{ scene: { scene: sceneOf('en', 0) } }] }))).toEqual([]);
  expect(codesOf(await answer('elsewhere', query, { parts: [{ scene: { scene: sceneOf('ru', 0) } }] }))).toEqual([
    'SCENE_NOT_FOUND',
  ]);
});
