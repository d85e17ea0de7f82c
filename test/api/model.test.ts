import { setTimeout as delay } from 'node:timers/promises';
import { getOperationAST, parse, subscribe } from 'graphql';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { createContext } from '../../src/api/context.ts';
import { VALUES_MAX } from '../../src/api/limits.ts';
import { requiredScope } from '../../src/api/required-scope.ts';
import type { CompletionPiece, LanguageModel } from '../../src/model/language-model.ts';
import { codeRow, facetRow, sceneRow } from '../../src/model/row-key.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { figureDigest } from '../../src/scene/figure.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, sceneId } from '../../src/scene/scene.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { serve, type TestServer } from '../server/serve.ts';
import { end, PACK, recordingModel } from '../worker/model/recording-model.ts';
import { type Answer, EVERYONE, openApi, type TestApi } from './open-api.ts';
import { retellings, STORIES, story } from './sketches.ts';

const CORPORA = { ru: 'сказки', en: 'tales' } as const;
const PROVENANCE = `provenance {
  model { name sha256 } pack { name } adapter { name } seed slots batch threads kv { key value }
}`;
const USAGE = 'usage { prompt cached generated waited promptTime time }';
const SUBSTITUTIONS = 'substitutions { part name wanted written why }';

const fill = async (api: TestApi): Promise<void> => {
  for (const lang of ['ru', 'en'] as const) {
    await api.write(story(lang));
    await api.write(retellings(CORPORA[lang], 6, lang));
    await api.ask(
      'mutation ($of: String!) { recouple(corpus: $of) { scenes } collapse(corpus: $of) { occurrences } }',
      {
        of: CORPORA[lang],
      },
    );
  }
};

/** The key of a story's scene. */
const sceneOf = (lang: Language, i: number): string => {
  const text = STORIES[lang][i]?.text ?? '';
  return sceneId(documentId(corpusName(CORPORA[lang]), documentName('story')), text, 0);
};

const codesOf = (errors: readonly Answer[]): readonly string[] => errors.map(({ extensions }) => extensions.code);

/** The same model; what a completion gave, and whether it was taken to its end, is kept. */
const watching = (model: LanguageModel): { readonly watched: LanguageModel; readonly ends: string[] } => {
  const ends: string[] = [];
  async function* complete(...args: Parameters<LanguageModel['complete']>): AsyncGenerator<CompletionPiece> {
    let last = 'left';
    try {
      for await (const piece of model.complete(...args)) {
        if (piece.kind === 'end') last = piece.reason;
        yield piece;
      }
    } finally {
      ends.push(last);
    }
  }
  const watched = new Proxy(model, {
    get: (target, name) => {
      if (name === 'complete') return complete;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { watched, ends };
};

describe('a real model', () => {
  let folders: Awaited<ReturnType<typeof modelFolders>>;
  let model: LanguageModel;
  let ends: string[];
  let server: TestServer;
  let api: TestApi;

  beforeAll(async () => {
    folders = await modelFolders();
    model = openTestModel(folders);
    const watched = watching(model);
    ends = watched.ends;
    server = await serve({ model: watched.watched });
    api = server.api;
    await fill(api);
  });

  afterAll(async () => {
    await server.close();
    await model.close();
    await folders.remove();
  });

  const running = (): number => model.status().processes.reduce((all, process) => all + process.running, 0);
  const freed = async (): Promise<void> => {
    while (running() > 0) await delay(10);
  };

  test('is described from its file alone', async () => {
    const { model: described } = await api.ask(`{ model {
      name sha256 architecture parameters activeParameters weightBytes quantization { type bitsPerParameter } layers
      embeddingLength vocabulary trainedContext attention { heads kvHeads } experts { all used }
      kv { key value bytesPerPosition } context slots gpu packs { name } processes { state } waiting
    } }`);
    expect(described).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
      architecture: 'llama',
      parameters: 134_515_008,
      quantization: { type: 'Q4_1' },
      attention: { heads: 9, kvHeads: 3 },
      experts: null,
      kv: { key: 'F16', value: 'F16', bytesPerPosition: 23_040 },
      context: 512,
      slots: 2,
      packs: [],
      processes: [],
      waiting: 0,
    });
  });

  test.each(['ru', 'en'] as const)('goes on from mixed parts, and tells how they were written (%s)', async (lang) => {
    const { hypertokens } = await api.ask(
      'query ($corpus: String!) { hypertokens(filter: { level: 1, corpus: $corpus }) { nodes { code } } }',
      { corpus: CORPORA[lang] },
    );
    const [{ code }] = hypertokens.nodes;
    const parts = [
      { text: lang === 'ru' ? 'Жили-были Δ14. ' : 'Once upon a time Δ14. ' },
      { scene: { scene: sceneOf(lang, 0) } },
      { scene: { scene: sceneOf(lang, 1), rung: 'CODE' } },
      { code },
      { occurrence: { ref: `${code}:1` } },
      { context: { from: { scene: sceneOf(lang, 2) }, tokens: 60 } },
    ];
    const { completeParts: answer } = await api.ask(
      `mutation ($parts: [PromptPart!]!, $labels: Language!) {
        completeParts(parts: $parts, labels: $labels, tokensMax: 6, sampling: { temperature: 0.8, topK: 40, seed: 4294967295 }) {
          text reason pieces { __typename ... on CompletionText { text } }
          written { kind items { name rung } contextPositions droppedCount } ${SUBSTITUTIONS} ${USAGE} ${PROVENANCE}
        }
      }`,
      { parts, labels: lang.toUpperCase() },
    );
    expect(answer.written.map(({ kind }: Answer) => kind)).toEqual([
      'TEXT',
      'SCENE',
      'SCENE',
      'CODE',
      'OCCURRENCE',
      'CONTEXT',
    ]);
    expect(answer.written[0].items).toEqual([{ name: null, rung: 'TEXT' }]);
    expect(answer.written[1].items).toMatchObject([{ rung: 'TEXT' }]);
    expect(answer.written[4].items).toEqual([{ name: `${code}:1`, rung: 'HYPERLEXEME' }]);
    expect(answer.written[5].items.length).toBeGreaterThan(0);
    expect(answer.written[5].contextPositions).toBeLessThanOrEqual(60);
    expect(answer.substitutions).toMatchObject([
      { part: 2, wanted: 'CODE', written: 'HYPERLEXEME', why: 'NO_PACK' },
      { part: 3, name: code, wanted: 'CODE', written: 'HYPERLEXEME', why: 'NO_PACK' },
    ]);
    expect(answer.pieces).toEqual(answer.text === '' ? [] : [{ __typename: 'CompletionText', text: answer.text }]);
    expect(answer.usage.generated).toBeLessThanOrEqual(6);
    expect(answer.usage.prompt).toBeGreaterThan(30);
    expect(answer.provenance).toEqual({
      model: { name: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) },
      pack: null,
      adapter: null,
      seed: 4_294_967_295,
      slots: 2,
      batch: 'SHARED',
      threads: 1,
      kv: { key: 'F16', value: 'F16' },
    });
  });

  test('obeys a schema, stops before a text, and is the same every time where it is asked to be', async () => {
    const query = `mutation ($schema: String) {
      one: completeParts(parts: { text: "Fear or hope?" }, tokensMax: 8, schema: $schema) { text }
      two: completeParts(parts: { text: "Fear or hope?" }, tokensMax: 8, schema: $schema, choice: { reproducible: true }) {
        text provenance { batch seed }
      }
      three: completeParts(parts: { text: "1 2 3 4" }, tokensMax: 8, stop: ["5", "6"]) { text reason }
    }`;
    const { one, two, three } = await api.ask(query, { schema: JSON.stringify({ enum: ['fear', 'hope'] }) });
    expect(JSON.parse(one.text)).toMatch(/^(?:fear|hope)$/u);
    expect(two).toEqual({ text: one.text, provenance: { batch: 'ALONE', seed: null } });
    expect(three.text).not.toMatch(/[56]/u);
  });

  const COMPLETION = `subscription ($parts: [PromptPart!]!, $tokensMax: Int!) {
    completion(parts: $parts, tokensMax: $tokensMax) {
      __typename
      ... on CompletionWritten { written { kind } ${SUBSTITUTIONS} }
      ... on CompletionText { text }
      ... on CompletionEnd { reason ${USAGE} ${PROVENANCE} }
    }
  }`;

  const connect = () =>
    createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });

  test('gives a completion piece by piece: how it was written, what comes, the end', async () => {
    const client = connect();
    const variables = { parts: [{ scene: { scene: sceneOf('en', 0) } }, { text: '\nThen' }], tokensMax: 8 };
    const events: Answer[] = [];
    for await (const { data, errors } of client.iterate<Answer>({ query: COMPLETION, variables })) {
      expect(errors).toBeUndefined();
      events.push(data?.['completion']);
    }
    await client.dispose();
    expect(events[0]).toEqual({
      __typename: 'CompletionWritten',
      written: [{ kind: 'SCENE' }, { kind: 'TEXT' }],
      substitutions: [],
    });
    expect(events.slice(1, -1).length).toBeGreaterThan(1);
    for (const event of events.slice(1, -1)) expect(event).toMatchObject({ __typename: 'CompletionText' });
    expect(events.at(-1)).toMatchObject({
      __typename: 'CompletionEnd',
      usage: { generated: expect.any(Number) },
      provenance: { slots: 2, batch: 'SHARED' },
    });
    const { completeParts } = await api.ask(
      'mutation ($parts: [PromptPart!]!) { completeParts(parts: $parts, tokensMax: 8) { text } }',
      { parts: variables.parts },
    );
    expect(events.map(({ text = '' }) => text).join('')).toBe(completeParts.text);
  });

  const LONG = { parts: [{ text: 'The numbers from one to a thousand: 1, 2, 3, 4, 5, 6,' }], tokensMax: 400 };

  test.each(['unsubscribes', 'is gone'])('whoever %s frees the slot', async (how) => {
    ends.length = 0;
    const client = connect();
    const taken = client.iterate<Answer>({ query: COMPLETION, variables: LONG });
    await taken.next();
    await taken.next();
    expect(running()).toBe(1);
    if (how === 'unsubscribes') await taken.return?.();
    else client.terminate();
    await freed();
    expect(ends).toEqual(['left']);
    // An iterator of a connection that broke ends with what broke it.
    await taken.return?.()?.catch(() => undefined);
    await client.dispose();
  });

  test('an iterator that is returned frees the slot though nothing else aborts', async () => {
    ends.length = 0;
    const contextValue = createContext(api.services, {
      principal: EVERYONE,
      signal: new AbortController().signal,
      logger: pino({ level: 'silent' }),
      requestId: 'req-test',
    });
    const events = await subscribe({
      schema: api.schema,
      document: parse(COMPLETION),
      contextValue,
      variableValues: LONG,
    });
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
    await events.next();
    await events.next();
    const [, returned] = await Promise.all([events.next(), events.return(undefined)]);
    expect(returned.done).toBe(true);
    expect((await events.next()).done).toBe(true);
    await freed();
    expect(ends).toEqual(['left']);
  });

  test('what is wrong with a subscription is an answer with an error, and the connection stays', async () => {
    const client = connect();
    const answers = async (variables: Record<string, unknown>): Promise<readonly Answer[]> =>
      Array.fromAsync(client.iterate<Answer>({ query: COMPLETION, variables }));
    const missing = { parts: [{ scene: { scene: '0'.repeat(32) } }], tokensMax: 4 };
    const [refused, ...more] = await answers(missing);
    expect([refused.data, codesOf(refused.errors), more]).toEqual([undefined, ['SCENE_NOT_FOUND'], []]);
    // Only the model knows how long it is, once it reads it.
    const full = await answers({ parts: [{ text: 'one two three four '.repeat(200) }], tokensMax: 4 });
    expect(full.map(({ data, errors }) => [data.completion?.__typename, codesOf(errors ?? [])])).toEqual([
      ['CompletionWritten', []],
      [undefined, ['CONTEXT_FULL']],
    ]);
    const written = (await answers({ parts: [{ text: 'One' }], tokensMax: 1 }))[0];
    expect(written.data.completion.__typename).toBe('CompletionWritten');
    await client.dispose();
  });

  test('scores parts and tokens after what stands before them', async () => {
    const { scoreParts } = await api.ask(
      `query ($parts: [PromptPart!]!) { scoreParts(parts: $parts) {
        parts { tokenCount sum } tokens(from: 4, most: 2) { part text logProbability } tokenCount sum ${SUBSTITUTIONS} ${USAGE} ${PROVENANCE}
      } }`,
      { parts: [{ text: 'The capital of France is' }, { text: ' Paris' }] },
    );
    expect(scoreParts).toMatchObject({
      tokenCount: 6,
      parts: [{ tokenCount: 4 }, { tokenCount: 1 }],
      substitutions: [],
    });
    expect(scoreParts.tokens).toEqual([
      { part: 0, text: ' is', logProbability: expect.any(Number) },
      { part: 1, text: ' Paris', logProbability: scoreParts.parts[1].sum },
    ]);
    expect(scoreParts.sum).toBeCloseTo(scoreParts.parts[0].sum + scoreParts.parts[1].sum);
  });

  test('embeds lists of parts as vectors of length 1, as numbers and as bytes', async () => {
    const { embedParts } = await api.ask(
      `query ($lists: [[PromptPart!]!]!) { embedParts(lists: $lists) {
        embeddings { length vector base64 ${SUBSTITUTIONS} } ${USAGE} ${PROVENANCE}
      } }`,
      { lists: [[{ text: 'Анна боялась.' }], [{ scene: { scene: sceneOf('ru', 2), rung: 'FACETS' } }]] },
    );
    expect(embedParts.embeddings.map(({ substitutions }: Answer) => substitutions.length)).toEqual([0, 1]);
    for (const { length, vector, base64 } of embedParts.embeddings) {
      expect(length).toBe(576);
      expect(vector.reduce((all: number, each: number) => all + each * each, 0)).toBeCloseTo(1);
      const bytes = Buffer.from(base64, 'base64');
      expect(vector).toEqual(Array.from({ length }, (_, i) => bytes.readFloatLE(4 * i)));
    }
  });

  test('budgets parts in its own vocabulary', async () => {
    const { modelBudget } = await api.ask(
      `query ($parts: [PromptPart!]!) { modelBudget(parts: $parts) {
        positions parts { positions rungs { rung positions } } rungs { rung itemCount positions }
        memory { bytesPerPosition kvBytes contextKvBytes weightBytes predictedBytes }
        processes { model pack state running predictedBytes residentBytes restarts } written { kind } ${SUBSTITUTIONS} model { name }
      } }`,
      { parts: [{ text: 'Он: ' }, { scene: { scene: sceneOf('ru', 1) } }] },
    );
    expect(modelBudget.parts[0].rungs.map(({ positions }: Answer) => positions)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(modelBudget.parts[1].rungs).toMatchObject([
      { rung: 'TEXT', positions: modelBudget.parts[1].positions },
      { rung: 'HYPERLEXEME' },
      { rung: 'FACETS', positions: 2 },
      { rung: 'OCCURRENCE', positions: 1 },
      { rung: 'CODE', positions: 1 },
    ]);
    expect(modelBudget.rungs[0]).toEqual({ rung: 'TEXT', itemCount: 1, positions: modelBudget.parts[1].positions });
    expect(modelBudget.memory.kvBytes).toBe(23_040 * modelBudget.positions);
    expect(modelBudget.memory.contextKvBytes).toBe(23_040 * 512 * 2);
    expect(modelBudget.processes).toMatchObject([{ pack: null, state: 'READY', residentBytes: expect.any(Number) }]);
    expect(modelBudget.model.name).toBe(modelBudget.processes[0].model);
  });

  const score = (parts: string, more = ''): string => `{ scoreParts(parts: ${parts} ${more}) { sum } }`;
  const complete = (more: string): string => `mutation { completeParts(parts: { text: "a" } ${more}) { text } }`;

  test.each([
    ['an unknown scene', score(`{ scene: { scene: "${'0'.repeat(32)}" } }`), 'SCENE_NOT_FOUND'],
    ['an unknown code', score('{ code: "Δ9999" }'), 'CODE_NOT_FOUND'],
    ['an unknown occurrence', score('{ occurrence: { ref: "Δ9999:1" } }'), 'OCCURRENCE_NOT_FOUND'],
    ['an unknown pack', score('{ code: "Δ1" }', 'choice: { pack: "none-such" }'), 'PACK_NOT_FOUND'],
    ['no pack', '{ predictNext(codes: ["Δ1"]) { mass } }', 'PACK_REQUIRED'],
    ['too many codes to predict', '{ predictNext(codes: ["Δ1"], k: 201) { mass } }', 'PAGE_TOO_LARGE'],
    ['no parts', score('[]'), 'BAD_ARGUMENT'],
    ['a part with two fields', score('{ text: "a", code: "Δ1" }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['a part with none', score('{}'), 'GRAPHQL_VALIDATION_FAILED'],
    ['no tokens', complete('tokensMax: 0'), 'BAD_ARGUMENT'],
    ['too many tokens', complete('tokensMax: 4097'), 'BAD_ARGUMENT'],
    ['a seed that is none', complete('sampling: { seed: 0.5 }'), 'BAD_ARGUMENT'],
    ['no share', complete('sampling: { topP: 0 }'), 'BAD_ARGUMENT'],
    ['an empty stop', complete('stop: [""]'), 'BAD_ARGUMENT'],
    ['a schema that is none', complete('schema: "[]"'), 'BAD_ARGUMENT'],
    ['no such token', '{ scoreParts(parts: { text: "a" }) { tokens(from: -1) { text } } }', 'BAD_ARGUMENT'],
  ])('%s is refused', async (_, query, code) => {
    const { errors } = await api.answer(query);
    expect(codesOf(errors)).toEqual([code]);
  });

  test('what is too long is refused, by the text as by the context', async () => {
    const query = 'query ($text: String!) { scoreParts(parts: { text: $text }) { sum } }';
    const codeOf = async (text: string) => codesOf((await api.answer(query, { text })).errors);
    expect(await codeOf('a'.repeat(2 ** 20 + 1))).toEqual(['PROMPT_TOO_LARGE']);
    expect(await codeOf('слово '.repeat(600))).toEqual(['CONTEXT_FULL']);
  });
});

describe('a real model that has room for the inventories', () => {
  let folders: Awaited<ReturnType<typeof modelFolders>>;
  let reader: Reader;
  let model: LanguageModel;
  let api: TestApi;

  beforeAll(async () => {
    folders = await modelFolders();
    model = openTestModel(folders, { context: 2048 });
    reader = await openReader();
    api = await openApi({ model, reader });
    await fill(api);
  });

  afterAll(async () => {
    await api.close();
    await reader.close();
    await model.close();
    await folders.remove();
  });

  test.each(['ru', 'en'] as const)(
    'proposes facets that the reader is unsure of, and writes none, %s',
    async (lang) => {
      const query = `query ($scenes: [ID!], $text: String, $lang: Language) {
      readScenes(scenes: $scenes, text: $text, lang: $lang, first: 1, confidenceMin: 0.3) {
        truncated
        scenes { key text start end asked proposed { kind key by confidence } none dropped { kind why } ${PROVENANCE} }
      }
    }`;
      const key = sceneOf(lang, 0);
      const stored = STORIES[lang][0];
      const { readScenes } = await api.ask(query, { scenes: [key] });
      expect(readScenes).toMatchObject({ truncated: false, scenes: [{ key, text: stored?.text }] });
      const { readScenes: ofText } = await api.ask(query, {
        text: `${stored?.text} ${stored?.text}`,
        lang: lang.toUpperCase(),
      });
      expect(ofText.truncated).toBe(true);
      for (const { asked, proposed, none, dropped, provenance } of [...readScenes.scenes, ...ofText.scenes]) {
        const told = [...proposed, ...dropped].map(({ kind }: { kind: string }) => kind);
        expect(asked).toEqual(expect.arrayContaining([...told, ...none]));
        for (const { by } of proposed) expect(by).toBe('MODEL');
        expect(provenance === null).toBe(asked.length === 0);
      }
      expect(codesOf((await api.answer(query, { scenes: [key], text: 'both' })).errors)).toEqual(['BAD_ARGUMENT']);
      expect(codesOf((await api.answer(query)).errors)).toEqual(['BAD_ARGUMENT']);
    },
  );
});

describe('reading with a model', () => {
  const TEXT = { ru: 'Пыль лежала на рояле.', en: 'Dust lay on the piano.' } as const;
  const FILLED =
    'modelFacets { model sceneCount askedCount filledCount noneCount unfitCount lessSureCount tooLongCount }';
  const READ = `mutation ($input: ReadTextInput!) {
    readText(input: $input) {
      unchanged ${FILLED}
      document { version filledBy scenes { nodes { tension { kind key by confidence } archetype { by } } } }
    }
  }`;
  let folders: Awaited<ReturnType<typeof modelFolders>>;
  let model: LanguageModel;
  let reader: Reader;
  let api: TestApi;

  beforeAll(async () => {
    folders = await modelFolders();
    model = openTestModel(folders, { context: 1024 });
    reader = await openReader();
    api = await openApi({ model, reader });
  });

  afterAll(async () => {
    await api.close();
    await reader.close();
    await model.close();
    await folders.remove();
  });

  const counts = (filled: Record<string, number>): number =>
    ['filledCount', 'noneCount', 'unfitCount', 'lessSureCount', 'tooLongCount'].reduce(
      (sum, each) => sum + (filled[each] ?? 0),
      0,
    );

  test.each(['ru', 'en'] as const)('tells what was filled, by whom, and knows it again, %s', async (lang) => {
    const input = { corpus: 'книги', name: lang, text: TEXT[lang], lang: lang.toUpperCase() };
    const modelFacets = { takenMin: 0 };
    const { readText } = await api.ask(READ, { input: { ...input, modelFacets } });
    const { name, sha256 } = await model.describe();
    expect(readText).toMatchObject({
      unchanged: false,
      modelFacets: { model: name, sceneCount: 1 },
      document: { version: 1, filledBy: expect.stringContaining(`${name}, ${sha256}, `) },
    });
    expect(counts(readText.modelFacets)).toBe(readText.modelFacets.askedCount);
    const { readText: again } = await api.ask(READ, { input: { ...input, modelFacets } });
    expect(again).toMatchObject({ unchanged: true, modelFacets: null, document: { version: 1 } });
    const { readText: plain } = await api.ask(READ, { input });
    expect(plain).toMatchObject({ unchanged: false, modelFacets: null, document: { version: 2, filledBy: null } });
    const facets = plain.document.scenes.nodes.flatMap((scene: Record<string, unknown>) => Object.values(scene));
    for (const facet of facets) expect(facet?.by).not.toBe('MODEL');
    const bad = await api.answer(READ, { input: { ...input, modelFacets: { trust: 2 } } });
    expect(codesOf(bad.errors)).toEqual(['BAD_ARGUMENT']);
  });

  test('a job fills facets too, and tells how far it is and what came of it', async () => {
    const read = { corpus: 'jobs', name: 'en', text: TEXT.en, modelFacets: { takenMin: 0, trust: 0.9 } };
    const start = 'mutation ($input: StartJobInput!) { startJob(input: $input) { job { id } } }';
    const { startJob } = await api.ask(start, { input: { task: { read } } });
    const query = `query ($id: ID!) { job(id: $id) {
      state error { code } result { ... on ReadJobResult { unchanged document { filledBy } ${FILLED} } }
    } }`;
    const over = async () => {
      for (;;) {
        const { job } = await api.ask(query, { id: startJob.job.id });
        if (!['QUEUED', 'RUNNING'].includes(job.state)) return job;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const { state, error, result } = await over();
    expect({ state, error }).toEqual({ state: 'SUCCEEDED', error: null });
    expect(result.document.filledBy).toMatch(/trust 0\.9$/u);
    expect(counts(result.modelFacets)).toBe(result.modelFacets.askedCount);
  });
});

test('without a model a text can be read, but not have its facets filled', async () => {
  const reader = await openReader();
  const api = await openApi({ reader });
  const query = 'mutation ($input: ReadTextInput!) { readText(input: $input) { unchanged } }';
  const input = { corpus: 'books', name: 'one', text: 'He came.' };
  expect(codesOf((await api.answer(query, { input: { ...input, modelFacets: { trust: 0.9 } } })).errors)).toEqual([
    'MODEL_NOT_FOUND',
  ]);
  expect(await api.ask(query, { input })).toEqual({ readText: { unchanged: false } });
  await api.close();
  await reader.close();
});

describe('around a model', () => {
  const UNSEEN = figureDigest({ archetype: 'feast', atmosphere: 'fire', tension: 'envy' });
  const scene = sceneOf('ru', 0);
  const keys = [codeRow(UNSEEN), facetRow('tension', 'fear'), sceneRow(scene as never)];
  const model = recordingModel({
    predicted: [codeRow(UNSEEN)],
    pieces: (_, call) => [
      { kind: 'text', text: 'и ' },
      { kind: 'text', text: 'вот' },
      ...keys.map((row): CompletionPiece => ({ kind: 'row', row })),
      end(call),
    ],
  });
  let api: TestApi;

  beforeAll(async () => {
    api = await openApi({ model });
    await fill(api);
  });

  afterAll(() => api.close());

  test('rows that come out are told by what they stand for', async () => {
    const { completeParts } = await api.ask(`mutation { completeParts(parts: { code: 1 }, choice: { pack: "${PACK}" }) {
      text pieces {
        __typename ... on CompletionText { text }
        ... on CodeRow { code level digest figures { key } name: hyperlexeme }
        ... on FacetRow { facet key label: hyperlexeme } ... on SceneRow { key scene { text } name: hyperlexeme }
      } ${SUBSTITUTIONS} provenance { pack { name } }
    } }`);
    expect(completeParts).toEqual({
      text: 'и вот',
      pieces: [
        { __typename: 'CompletionText', text: 'и вот' },
        {
          __typename: 'CodeRow',
          code: null,
          level: 0,
          digest: UNSEEN,
          figures: [{ key: 'feast.fire.envy' }],
          name: 'пирогоньзависть',
        },
        { __typename: 'FacetRow', facet: 'TENSION', key: 'fear', label: 'страх' },
        { __typename: 'SceneRow', key: scene, scene: { text: STORIES.ru[0]?.text }, name: expect.any(String) },
      ],
      substitutions: [],
      provenance: { pack: { name: PACK } },
    });
  });

  test('codes that may follow come with their figures and shares', async () => {
    const { predictNext } = await api.ask(`{ predictNext(codes: [1, "Δ2"], choice: { pack: "${PACK}" }, labels: EN) {
      codes { probability code { digest hyperlexeme figures { key } } } mass ${SUBSTITUTIONS} ${USAGE} ${PROVENANCE}
    } }`);
    expect(predictNext).toMatchObject({
      codes: [{ probability: 0.5, code: { digest: UNSEEN, figures: [{ key: 'feast.fire.envy' }] } }],
      mass: 0.5,
      substitutions: [],
    });
  });

  test('callers have turns by workspace and key', async () => {
    await api.ask(score('a'));
    expect(model.asked.at(-1)?.call?.client).toBe(`${EVERYONE.workspace} ${EVERYONE.id}`);
  });

  const score = (text: string): string => `{ scoreParts(parts: { text: "${text}" }) { sum } }`;

  test('as many statements for many parts as for one of each kind', async () => {
    const { scenes } = await api.ask('{ scenes(filter: { corpus: "tales" }, first: 18) { nodes { id code } } }');
    const query = `query ($parts: [PromptPart!]!) { modelBudget(parts: $parts) { positions } }`;
    const readsOf = (count: number) => {
      const some: readonly Answer[] = scenes.nodes.slice(0, count);
      const parts = some.flatMap(({ id, code }) => [
        { scene: { scene: id } },
        { code },
        { occurrence: { ref: `${code}:1` } },
      ]);
      return api.reads(query, { parts });
    };
    const one = await readsOf(1);
    expect(one).toBeGreaterThan(0);
    expect(await readsOf(18)).toBe(one);
  });

  test('an operation asks nine times at most, and fewer where the answers are long', async () => {
    const asked = (count: number, field: string): string =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`;
    const sum = 'scoreParts(parts: { text: "a" }) { sum }';
    await api.ask(asked(9, sum));
    const vectors = 'embedParts(lists: $lists) { embeddings { vector } }';
    const lists = (count: number) => ({ lists: Array.from({ length: count }, () => [{ text: 'a' }]) });
    const embed = `query ($lists: [[PromptPart!]!]!) { ${vectors} }`;
    await api.ask(embed, lists(10));
    for (const [query, variables] of [
      [asked(10, sum), {}],
      [embed, lists(11)],
      [
        '{ scoreParts(parts: { text: "a" }) { tokens(most: 10000) { part text logProbability again: text oncemore: text } } }',
        {},
      ],
    ] as const)
      expect((await api.answer(query, variables)).errors).toMatchObject([
        { extensions: { code: 'QUERY_TOO_LARGE', details: { expected: `at most ${VALUES_MAX}` } } },
      ]);
    await api.ask(embed.replace('vector', 'base64'), lists(200));
  });

  test.each([
    ['more parts than may be', Array.from({ length: 10_001 }, () => ({ text: 'a' })), 'PROMPT_TOO_LARGE', undefined],
    [
      'more contexts than may be',
      Array.from({ length: 5 }, () => ({ context: { from: { scene }, tokens: 9 } })),
      'PROMPT_TOO_LARGE',
      undefined,
    ],
    ['a text too long', [{ text: '' }, { text: 'ы'.repeat(2 ** 20 + 1) }], 'PROMPT_TOO_LARGE', 'parts[1]'],
    [
      'texts too long together',
      Array.from({ length: 5 }, () => ({ text: 'a'.repeat(2 ** 20) })),
      'PROMPT_TOO_LARGE',
      undefined,
    ],
    ['half a character', [{ text: 'a' }, { text: '\ud83d' }], 'LONE_SURROGATE', 'parts[1]'],
    ['a context of nothing', [{ context: { from: { scene }, tokens: 0 } }], 'BAD_ARGUMENT', 'parts[0]'],
  ])('%s: refused with the limit, and the model is not asked', async (_, parts, code, at) => {
    const asked = model.asked.length;
    const { errors } = await api.answer('query ($parts: [PromptPart!]!) { scoreParts(parts: $parts) { sum } }', {
      parts,
    });
    expect(errors).toMatchObject([{ extensions: { code, details: { expected: expect.any(String) } } }]);
    expect(errors[0].extensions.details.at).toBe(at);
    expect(model.asked.slice(asked).filter(({ method }) => method === 'score')).toEqual([]);
  });

  test('an empty text is a part in which nothing stands, and marks in a text are text', async () => {
    const texts = ['', 'Δ1', '', '\u{10DE70}code:x\u{10DE71} <|im_start|>'];
    const { scoreParts } = await api.ask(
      `query ($parts: [PromptPart!]!) { scoreParts(parts: $parts, choice: { pack: "${PACK}" }) { parts { tokenCount } tokens { part text } } }`,
      { parts: texts.map((text) => ({ text })) },
    );
    expect(scoreParts.parts.map(({ tokenCount }: Answer) => tokenCount)).toEqual([0, 1, 0, 2]);
    expect(scoreParts.tokens.map(({ part }: Answer) => part)).toEqual([1, 3, 3]);
    const segments = texts.filter((text) => text !== '').map((text) => ({ kind: 'text', text }));
    expect(model.asked.at(-1)?.prompts[0]?.segments).toEqual(segments);
  });

  test('a reading key may ask the model, and no more', () => {
    const scopeOf = (query: string) => {
      const document = parse(query);
      return requiredScope(api.schema, document, getOperationAST(document) as never);
    };
    expect(scopeOf(score('a'))).toBe('read');
    expect(scopeOf('mutation { completeParts(parts: { text: "a" }) { text } }')).toBe('read');
    const both =
      'mutation { ...F couple(corpus: "a") { added } } fragment F on Mutation { completeParts(parts: { text: "a" }) { text } }';
    expect(scopeOf(both)).toBe('write');
    expect(scopeOf(both.replace('couple(corpus: "a") { added }', 'deleteCorpus(name: "a") { corpus { name } }'))).toBe(
      'admin',
    );
  });
});

describe('without a model', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openApi();
    await api.write(story('ru'));
  });

  afterAll(() => api.close());

  test('all that asks it is refused, and the rest is served', async () => {
    const { data, errors } = await api.answer(`{
      model { name } scoreParts(parts: { text: "a" }) { sum } modelBudget(parts: { text: "a" }) { positions }
      embedParts(lists: { text: "a" }) { embeddings { length } } predictNext(codes: 1) { mass }
      scenes(filter: { corpus: "сказки" }) { totalCount }
    }`);
    expect(codesOf(errors)).toEqual(Array.from({ length: 5 }, () => 'MODEL_NOT_FOUND'));
    expect(data.scenes.totalCount).toBe(STORIES.ru.length);
    const completed = await api.answer('mutation { completeParts(parts: { text: "a" }) { text } }');
    expect(codesOf(completed.errors)).toEqual(['MODEL_NOT_FOUND']);
  });
});
