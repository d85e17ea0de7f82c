import { createClient } from '../../src/client/client.ts';
import { HypersceneClientError } from '../../src/client/client-error.ts';
import * as operations from '../../src/client/generated/operations.ts';
import { HypersceneError } from '../../src/errors.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { LIMITS } from '../api/open-api.ts';
import { CORPORA, longStory, story } from '../api/sketches.ts';
import { serve, type TestServer } from '../server/serve.ts';

const TEXTS = {
  ru: 'Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался.',
  en: 'The old prince stood at the door in silence. The girl came in, and the candle went out. The prince was afraid.',
} as const;

let reader: Reader;
let server: TestServer;
let url: string;

beforeAll(async () => {
  reader = await openReader({ bytesMax: LIMITS.documentBytesMax });
  server = await serve({ reader });
  url = `${server.url}/graphql`;
  for (const lang of ['ru', 'en'] as const) {
    await server.api.write(story(lang));
    await server.api.write(longStory(CORPORA[lang], 'long', 23, lang));
  }
});

afterAll(async () => {
  await server.close();
  await reader.close();
});

const QUICK = { baseMs: 1, maxMs: 5 };

const failure = async (promise: Promise<unknown>): Promise<HypersceneClientError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HypersceneClientError);
  return error as HypersceneClientError;
};

describe.each(['ru', 'en'] as const)('in %s', (lang) => {
  const corpus = `клиент ${lang}`;
  const labels = lang === 'ru' ? 'RU' : 'EN';

  test('a job is started, followed to its end by subscription, listed, and what it read is found by a search', async () => {
    const client = createClient({ url });
    const read = { corpus: `${corpus} job`, name: 'a', text: TEXTS[lang] };
    const { startJob } = await client.request(operations.StartJob, { input: { task: { read } } });
    const id = startJob?.job.id ?? '';
    const states: (string | undefined)[] = [];
    for await (const { job } of client.subscribe(operations.FollowJob, { id })) states.push(job?.state);
    expect(states.at(-1)).toBe('SUCCEEDED');
    const { jobs } = await client.request(operations.Jobs, { filter: { states: ['SUCCEEDED'] } });
    expect(jobs?.edges.map(({ node }) => node.id)).toContain(id);
    const text = lang === 'ru' ? 'цари у дверей' : 'princes at doors';
    const { search } = await client.request(operations.Search, { corpus: read.corpus, text, labels });
    const [first] = search?.edges ?? [];
    expect(first?.node.hit.__typename).toBe('Scene');
    expect(first?.node.highlights.length).toBeGreaterThan(0);
    await client.close();
  });

  test('a text is read, found, collapsed, expanded and deleted', async () => {
    const client = createClient({ url });
    const input = { corpus, name: 'a', text: TEXTS[lang] };
    const { readText } = await client.request(operations.ReadText, { input });
    expect(readText).toMatchObject({ unchanged: false, document: { name: 'a', lang: labels, version: 1 } });
    expect((await client.request(operations.ReadText, { input })).readText?.unchanged).toBe(true);

    const { scenes } = await client.request(operations.Scenes, { filter: { corpus }, labels });
    expect(scenes?.totalCount).toBe(readText?.sceneCount);
    expect(scenes?.nodes.map(({ text }) => text).join(' ')).toBe(TEXTS[lang]);

    const { collapse } = await client.request(operations.Collapse, { corpus });
    expect(collapse?.levels.length).toBeGreaterThan(0);
    const { occurrences } = await client.request(operations.Occurrences, { filter: { corpus, level: 9 } });
    const [top] = occurrences?.nodes ?? [];
    const { expand } = await client.request(operations.Expand, { ref: top?.ref ?? '', labels });
    // In the order of the form, which need not be that of the text.
    const ids = (nodes: readonly { readonly id: string }[] = []): readonly string[] =>
      nodes.map(({ id }) => id).toSorted();
    expect(ids(expand?.scenes.nodes)).toEqual(ids(scenes?.nodes));

    const { activate } = await client.request(operations.Activate, {
      from: { code: scenes?.nodes[0]?.code ?? '' },
      corpus,
    });
    expect(activate?.scenes.length).toBeGreaterThan(0);
    const { assemble } = await client.request(operations.Assemble, {
      from: { scene: scenes?.nodes[0]?.id ?? '' },
      tokens: 40,
    });
    expect(assemble?.positions).toBeLessThanOrEqual(40);
    const { deleteCorpus } = await client.request(operations.DeleteCorpus, { name: corpus });
    expect(deleteCorpus).toMatchObject({ documents: 1, scenes: readText?.sceneCount });
    expect((await client.request(operations.Corpus, { name: corpus })).corpus).toBeNull();
  });

  test('all items of a list come one by one, whatever the size of a page', async () => {
    const client = createClient({ url });
    const filter = { corpus: CORPORA[lang] };
    const whole = (await client.request(operations.Scenes, { filter, first: 200 })).scenes?.nodes.map(({ id }) => id);
    expect(whole?.length).toBe(29);
    for (const first of [1, 7, 29, 200]) {
      const ids: string[] = [];
      for await (const { id } of client.items(operations.Scenes, { filter, first }, ({ scenes }) => scenes))
        ids.push(id);
      expect(ids).toEqual(whole);
    }
    for await (const { id } of client.items(operations.Scenes, { filter, first: 2 }, ({ scenes }) => scenes)) {
      expect(id).toBe(whole?.[0]);
      break;
    }
  });

  test('an error says its code, its class, what was expected and whether to try again', async () => {
    const client = createClient({ url });
    const error = await failure(client.request(operations.Scenes, { filter: { corpus: CORPORA[lang] }, first: 0 }));
    expect(error).toMatchObject({ code: 'BAD_ARGUMENT', class: 'BAD_USER_INPUT', retriable: false, status: 200 });
    expect(error.errors[0]).toMatchObject({
      path: ['scenes'],
      extensions: { details: { expected: '1 to 200', came: '0' } },
    });
    const missing = await failure(client.request(operations.Scenes, { filter: { corpus: `нет ${lang}` } }));
    expect(missing).toMatchObject({ code: 'CORPUS_NOT_FOUND', class: 'NOT_FOUND' });
  });
});

test('no corpus, no items', async () => {
  const client = createClient({ url });
  const list = client.items(operations.Documents, { corpus: 'нет' }, ({ corpus }) => corpus?.documents);
  expect(await list.next()).toEqual({ done: true, value: undefined });
});

test('what a query lacks in part is told beside what there is', async () => {
  const client = createClient({ url });
  const operation = `{ corpora(first: 0) { nodes { name } } service { version } }`;
  const { data, error } = await client.answer(operation, {});
  expect(data).toEqual({ corpora: null, service: { version: '1.2.3' } });
  expect(error).toMatchObject({ code: 'BAD_ARGUMENT', data });
});

test('a query that is none is an error of GraphQL, and is sent once', async () => {
  let sent = 0;
  const counting: typeof fetch = (...args) => {
    sent += 1;
    return fetch(...args);
  };
  const client = createClient({ url, fetch: counting, backoff: QUICK });
  expect(await failure(client.request('{ corpora {', {}))).toMatchObject({ code: 'GRAPHQL_PARSE_FAILED', status: 400 });
  expect(await failure(client.request('{ nothing }', {}))).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  expect(sent).toBe(2);
});

/** The next calls of a method of the store fail with an error that is retriable, or not. */
const failing = (method: 'corpora' | 'clearCouplings', times: number, code: 'STORE_TIMEOUT' | 'STORE_CLOSED') => {
  const given = server.api.store[method] as (...args: unknown[]) => Promise<unknown>;
  const called = { times: 0 };
  const value = (...args: unknown[]) => {
    called.times += 1;
    if (called.times > times) return given.apply(server.api.store, args);
    return Promise.reject(new HypersceneError(code, 'not now'));
  };
  Object.defineProperty(server.api.store, method, { value, configurable: true });
  return {
    called,
    [Symbol.dispose]: () => Object.defineProperty(server.api.store, method, { value: given, configurable: true }),
  };
};

test('a query that may succeed later is tried again, as often as is said', async () => {
  const client = createClient({ url, backoff: { ...QUICK, retries: 2 } });
  {
    using store = failing('corpora', 2, 'STORE_TIMEOUT');
    expect((await client.request(operations.Corpora, {})).corpora?.nodes.length).toBeGreaterThan(1);
    expect(store.called.times).toBe(3);
  }
  using store = failing('corpora', 3, 'STORE_TIMEOUT');
  expect(await failure(client.request(operations.Corpora, {}))).toMatchObject({
    code: 'STORE_TIMEOUT',
    retriable: true,
  });
  expect(store.called.times).toBe(3);
});

test('what will not succeed is not tried again', async () => {
  const client = createClient({ url, backoff: QUICK });
  using store = failing('corpora', 1, 'STORE_CLOSED');
  expect(await failure(client.request(operations.Corpora, {}))).toMatchObject({
    code: 'STORE_CLOSED',
    retriable: false,
  });
  expect(store.called.times).toBe(1);
});

test('a change that was refused is tried again, one of two that was made is not', async () => {
  const client = createClient({ url, backoff: QUICK });
  const recouple = 'recouple(corpus: "tales") { scenes }';
  {
    using store = failing('clearCouplings', 1, 'STORE_TIMEOUT');
    expect(await client.request(`mutation { ${recouple} }`, {})).toEqual({ recouple: { scenes: 29 } });
    expect(store.called.times).toBe(2);
  }
  using store = failing('clearCouplings', 1, 'STORE_TIMEOUT');
  const error = await failure(client.request(`mutation { a: ${recouple} b: ${recouple} }`, {}));
  expect(error).toMatchObject({ code: 'STORE_TIMEOUT', data: { a: null, b: { scenes: 29 } } });
  expect(store.called.times).toBe(2);
});

test('a request that is aborted throws the reason, and one begun already waits no longer', async () => {
  const client = createClient({ url, backoff: { baseMs: 60_000, maxMs: 60_000 } });
  const reason = new Error('мне уже не нужно');
  await expect(client.request(operations.Corpora, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  using _ = failing('corpora', 1, 'STORE_TIMEOUT');
  const stop = new AbortController();
  const waiting = client.request(operations.Corpora, {}, { signal: stop.signal });
  setTimeout(() => stop.abort(reason), 200);
  await expect(waiting).rejects.toBe(reason);
});
