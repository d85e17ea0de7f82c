import { readFile } from 'node:fs/promises';
import { parse, subscribe } from 'graphql';
import { createContext } from '../../src/api/context.ts';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { type Answer, EVERYONE, LIMITS, openApi, type TestApi } from './open-api.ts';

const TEXTS = {
  ru: await readFile('data/stories/ru/tolstoy-rabotnik-emelyan.txt', 'utf8'),
  en: await readFile('data/stories/en/poe-masque-of-the-red-death.txt', 'utf8'),
};
const BYTES_MAX = 2 ** 18;

const JOB = `id kind corpus document state cancelRequested attempts createdAt startedAt finishedAt
  progress { stage subject done total unit fraction rate }
  error { code message retriable }
  result { __typename
    ... on ReadJobResult { unchanged sceneCount scenesAdded couplings notices document { name sceneCount } }
    ... on CoupleJobResult { scenes addedCount: added removed }
    ... on CollapseJobResult { revision occurrences levels { level occurrences } bare { tokenizer ofPositions } }
    ... on AgentMergeJobResult { unchanged scenes couplings }
  }`;

let reader: Reader;
let api: TestApi;

beforeAll(() => {
  reader = inlineReader(openSentenceReader, { bytesMax: BYTES_MAX, sceneLengthMax: 2000 });
});

afterAll(() => reader.close());

beforeEach(async () => {
  api = await openApi({ limits: { ...LIMITS, documentBytesMax: BYTES_MAX }, reader });
});

afterEach(() => api.close());

const start = async (task: object, key?: string): Promise<Answer> =>
  (
    await api.ask(`mutation ($input: StartJobInput!) { startJob(input: $input) { job { ${JOB} } } }`, {
      input: { task, key },
    })
  ).startJob.job;

const SUBSCRIPTION = parse(`subscription ($id: ID!) { job(id: $id) { ${JOB} } }`);

/** What a client is told of a job until it is over. */
const follow = async (id: string, signal = new AbortController().signal): Promise<Answer[]> => {
  const contextValue = createContext(api.services, {
    principal: EVERYONE,
    signal,
    logger: { warn: () => undefined, error: () => undefined },
    requestId: 'follow',
  });
  const events = await subscribe({ schema: api.schema, document: SUBSCRIPTION, variableValues: { id }, contextValue });
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
  const told: Answer[] = [];
  for await (const { data, errors } of events) {
    expect(errors).toBeUndefined();
    told.push(JSON.parse(JSON.stringify(data)).job);
  }
  return told;
};

const done = async (task: object): Promise<Answer> => (await follow((await start(task)).id)).at(-1);

describe.each([
  ['ru', 'сказки'],
  ['en', 'tales'],
] as const)('in %s', (lang, corpus) => {
  const text = TEXTS[lang];
  const read = { read: { corpus, name: 'рассказ', text } };

  test('a text is read by a job that tells how far it is, and what came of it', async () => {
    const begun = await start(read);
    expect(begun).toMatchObject({ kind: 'READ', corpus, document: 'рассказ', result: null, error: null });
    const told = await follow(begun.id);
    const last = told.at(-1);
    expect(last).toMatchObject({ id: begun.id, state: 'SUCCEEDED', attempts: 1, cancelRequested: false });
    expect(last.result).toMatchObject({ __typename: 'ReadJobResult', unchanged: false, document: { name: 'рассказ' } });
    expect(last.result.sceneCount).toBe(last.result.document.sceneCount);
    expect(last.result.sceneCount).toBeGreaterThan(80);
    expect(last.result.couplings).toBeGreaterThan(0);
    const fractions = told.flatMap(({ progress }) => (progress === null ? [] : [progress.fraction]));
    expect(fractions.length).toBeGreaterThan(0);
    for (const fraction of fractions) expect(fraction).toBeGreaterThanOrEqual(0);
    for (const fraction of fractions) expect(fraction).toBeLessThanOrEqual(1);
    expect(Date.parse(last.createdAt)).toBeLessThanOrEqual(Date.parse(last.startedAt));
    expect(Date.parse(last.startedAt)).toBeLessThanOrEqual(Date.parse(last.finishedAt));
    const { node, job } = await api.ask(
      `query ($id: ID!) { node(id: $id) { ... on Job { ${JOB} } } job(id: $id) { ${JOB} } }`,
      { id: begun.id },
    );
    expect(node).toEqual(last);
    expect(job).toEqual(last);
  });

  test('jobs of one corpus run in the order in which they were started, whichever kind they are', async () => {
    const ids: string[] = [];
    for (const task of [read, { collapse: { corpus } }, { recouple: { corpus } }, { couple: { corpus } }])
      ids.push((await start(task)).id);
    for (const id of ids) await follow(id);
    const { jobs } = await api.ask(`query { jobs { nodes { ${JOB} } pageInfo { hasNextPage } } }`);
    expect(jobs.nodes.map(({ kind }: Answer) => kind)).toEqual(['COUPLE', 'RECOUPLE', 'COLLAPSE', 'READ']);
    expect(jobs.nodes.map(({ state }: Answer) => state)).toEqual(Array(4).fill('SUCCEEDED'));
    const [couple, recouple, collapse, reading] = jobs.nodes;
    expect(couple.result).toMatchObject({ __typename: 'CoupleJobResult', scenes: 0 });
    expect(recouple.result).toMatchObject({ __typename: 'CoupleJobResult', scenes: reading.result.sceneCount });
    expect(collapse.result).toMatchObject({ __typename: 'CollapseJobResult', bare: { tokenizer: 'o200k_base' } });
    expect(collapse.result.levels.at(-1).occurrences).toBe(1);
    for (let i = 1; i < 4; i++)
      expect(Date.parse(jobs.nodes[i].finishedAt)).toBeLessThanOrEqual(Date.parse(jobs.nodes[i - 1].startedAt));
  });

  test('agents are merged and parted by jobs', async () => {
    await done(read);
    const { facets } = await api.ask(
      'query ($corpus: String!) { facets(filter: { corpus: $corpus, kind: AGENT }, first: 2) { nodes { key } } }',
      { corpus },
    );
    const [alias, into] = facets.nodes.map(({ key }: Answer) => key);
    const merged = await done({ mergeAgents: { corpus, alias, into } });
    expect(merged.result).toMatchObject({ __typename: 'AgentMergeJobResult', unchanged: false });
    expect(merged.result.scenes).toBeGreaterThan(0);
    expect((await done({ mergeAgents: { corpus, alias, into } })).result).toMatchObject({ unchanged: true, scenes: 0 });
    expect((await done({ undoMerge: { corpus, alias } })).result).toMatchObject({ scenes: merged.result.scenes });
    const { state, error } = await done({ undoMerge: { corpus, alias } });
    expect([state, error.code]).toEqual(['FAILED', 'MERGE_NOT_FOUND']);
  });
});

test('a job that cannot be done fails with a code, once, and can be retried by hand', async () => {
  const failed = await done({ couple: { corpus: 'нет такого' } });
  expect(failed).toMatchObject({ state: 'FAILED', attempts: 1, error: { code: 'CORPUS_NOT_FOUND', retriable: false } });
  await done({ read: { corpus: 'нет такого', name: 'a', text: TEXTS.en } });
  const { retryJob } = await api.ask('mutation ($id: ID!) { retryJob(id: $id) { job { state error { code } } } }', {
    id: failed.id,
  });
  expect(retryJob.job).toEqual({ state: 'QUEUED', error: null });
  expect((await follow(failed.id)).at(-1)).toMatchObject({ state: 'SUCCEEDED', error: null });
  const { errors } = await api.answer('mutation ($id: ID!) { retryJob(id: $id) { job { state } } }', { id: failed.id });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['JOB_NOT_OVER']);
});

test('the same task under the same key is the same job, another one under it is refused', async () => {
  const read = { read: { corpus: 'a', name: 'b', text: TEXTS.en } };
  const first = await start(read, 'ключ');
  expect((await start(read, 'ключ')).id).toBe(first.id);
  expect((await start(read)).id).not.toBe(first.id);
  const { errors } = await api.answer('mutation ($input: StartJobInput!) { startJob(input: $input) { job { id } } }', {
    input: { task: { read: { ...read.read, text: `${TEXTS.en} ` } }, key: 'ключ' },
  });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['JOB_KEY_TAKEN']);
});

test('a list of jobs is paged by state and kind', async () => {
  for (let i = 0; i < 7; i++)
    await done(i % 2 === 0 ? { couple: { corpus: `c${i}` } } : { recouple: { corpus: `c${i}` } });
  const corpora: string[] = [];
  let after: string | null = null;
  do {
    const { jobs } = await api.ask(
      'query ($after: String) { jobs(filter: { kinds: [COUPLE], states: [FAILED] }, first: 2, after: $after) { nodes { corpus } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    corpora.push(...jobs.nodes.map(({ corpus }: Answer) => corpus));
    after = jobs.pageInfo.hasNextPage ? jobs.pageInfo.endCursor : null;
  } while (after !== null);
  expect(corpora).toEqual(['c6', 'c4', 'c2', 'c0']);
  const { jobs } = await api.ask('query { jobs(filter: { states: [QUEUED, SUCCEEDED] }) { nodes { id } } }');
  expect(jobs.nodes).toEqual([]);
});

test.each([
  ['no task', '{ task: {} }', 'GRAPHQL_VALIDATION_FAILED'],
  ['two tasks', '{ task: { couple: { corpus: "a" }, recouple: { corpus: "a" } } }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a bad name', '{ task: { couple: { corpus: "" } } }', 'BAD_NAME'],
  ['no text', '{ task: { read: { corpus: "a", name: "b", text: "" } } }', 'EMPTY_DOCUMENT'],
  ['an empty key', '{ task: { couple: { corpus: "a" } }, key: "" }', 'BAD_ARGUMENT'],
])('%s is refused before there is a job', async (_, input, code) => {
  const { errors } = await api.answer(`mutation { startJob(input: ${input}) { job { id } } }`);
  expect(errors.map(({ extensions }) => extensions.code)).toContain(code);
  expect((await api.ask('query { jobs { nodes { id } } }')).jobs.nodes).toEqual([]);
});

test('what is no job is not found, and another kind of id is refused', async () => {
  const id = Buffer.from(`Job:${'0'.repeat(32)}`).toString('base64url');
  expect(await api.ask('query ($id: ID!) { job(id: $id) { id } node(id: $id) { id } }', { id })).toEqual({
    job: null,
    node: null,
  });
  const { errors } = await api.answer('mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }', { id });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['JOB_NOT_FOUND']);
  await expect(follow(id)).rejects.toThrow(/not there \(any more\)/u);
  const corpus = Buffer.from('Corpus:a').toString('base64url');
  const wrong = await api.answer('query ($id: ID!) { job(id: $id) { id } }', { id: corpus });
  expect(wrong.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_ARGUMENT']);
});

test('a subscription ends when its client is gone', async () => {
  const client = new AbortController();
  const { id } = await start({ read: { corpus: 'a', name: 'b', text: TEXTS.ru } });
  client.abort();
  expect(await follow(id, client.signal)).toEqual([]);
  await follow(id);
});
