import { HypersceneError } from '../../src/errors.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, longStory, retellings, story } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  for (const lang of ['ru', 'en'] as const) await api.write(story(lang));
  await api.write(longStory('повести', 'первая', 12, 'ru'));
  await api.write(retellings('пересказы', 24, 'ru'));
  for (const name of [...Object.values(CORPORA), 'повести', 'пересказы'])
    await api.ask('mutation ($c: String!) { recouple(corpus: $c) { scenes } collapse(corpus: $c) { occurrences } }', {
      c: name,
    });
});

afterAll(() => api.close());

type Method = {
  [K in keyof GraphStore]: GraphStore[K] extends (...args: never[]) => Promise<unknown> ? K : never;
}[keyof GraphStore];

/** What is answered while the store refuses one of its methods, from the first call on or a later one. */
const without = async (method: Method, query: string, calls = 0): Promise<Answer> => {
  const given = api.store[method] as (...args: unknown[]) => Promise<unknown>;
  let left = calls;
  const refuse = (...args: unknown[]) => {
    left -= 1;
    if (left >= 0) return given.apply(api.store, args);
    return Promise.reject(new HypersceneError('STORE_TIMEOUT', 'the store took too long'));
  };
  Object.defineProperty(api.store, method, { value: refuse, configurable: true });
  try {
    return await api.answer(query);
  } finally {
    Object.defineProperty(api.store, method, { value: given, configurable: true });
  }
};

/** How often a query calls it: the last call is the field's own. */
const callsOf = async (method: Method, query: string): Promise<number> => {
  for (let calls = 0; ; calls += 1) if ((await without(method, query, calls)).errors.length === 0) return calls;
};

describe.each(Object.values(CORPORA))('in %s', (corpus) => {
  test('one of two root fields that is refused leaves the other', async () => {
    const { data, errors } = await api.answer(
      'query ($c: String!) { corpora(first: 0) { nodes { id } } scenes(filter: { corpus: $c }) { totalCount } }',
      { c: corpus },
    );
    expect(data).toEqual({ corpora: null, scenes: { totalCount: 6 } });
    expect(errors).toMatchObject([{ path: ['corpora'], extensions: { code: 'BAD_ARGUMENT' } }]);
  });

  test('one of two root fields that the store does not give leaves the other', async () => {
    const { data, errors } = await without(
      'hypertokens',
      `{ hypertokens { nodes { id } } corpus(name: "${corpus}") { sceneCount } }`,
    );
    expect(data).toEqual({ hypertokens: null, corpus: { sceneCount: 6 } });
    expect(errors).toMatchObject([
      { path: ['hypertokens'], extensions: { code: 'STORE_TIMEOUT', class: 'UNAVAILABLE', retriable: true } },
    ]);
  });

  test('what a change did is told though the next one fails', async () => {
    const { data, errors } = await api.answer(
      `mutation ($c: String!) {
        first: recouple(corpus: $c) { scenes }
        second: recouple(corpus: "нет такого") { scenes }
        third: recouple(corpus: $c) { corpus { name } }
      }`,
      { c: corpus },
    );
    expect(data).toEqual({ first: { scenes: 6 }, second: null, third: { corpus: { name: corpus } } });
    expect(errors).toMatchObject([{ path: ['second'], extensions: { code: 'CORPUS_NOT_FOUND' } }]);
  });
});

/** A field that the store is asked for by itself: what is asked, the method that fails, where the answer has a hole. */
const FIELDS: Readonly<Record<string, readonly [string, Method, string]>> = {
  'Corpus.documents': ['corpus(name: "повести") { name documents { totalCount } }', 'documents', 'documents'],
  'Corpus.agentMerges': [
    'corpus(name: "повести") { name agentMerges { nodes { alias } } }',
    'agentMerges',
    'agentMerges',
  ],
  'Document.corpus': ['document(corpus: "повести", name: "первая") { name corpus { name } }', 'corpus', 'corpus'],
  'Document.scenes': [
    'document(corpus: "повести", name: "первая") { name scenes { nodes { text } } }',
    'scenesInRanges',
    'scenes',
  ],
  'Scene.document': [
    'scenes(filter: { corpus: "повести" }) { nodes { text document { name } } }',
    'documentsById',
    'document',
  ],
  'Scene.occurrence': [
    'scenes(filter: { corpus: "повести" }) { nodes { text occurrence { ref } } }',
    'occurrencesByRef',
    'occurrence',
  ],
  'Scene.motif': [
    'scenes(filter: { corpus: "пересказы" }) { nodes { text motif { ref } } }',
    'motifsOfScenes',
    'motif',
  ],
  'Scene.next': ['scenes(filter: { corpus: "повести" }) { nodes { text next { text } } }', 'scenesInRanges', 'next'],
  'Scene.couplings': [
    'scenes(filter: { corpus: "повести" }) { nodes { text couplings { nodes { weight } } } }',
    'couplingsOf',
    'couplings',
  ],
  'the other end of a coupling': [
    'scenes(filter: { corpus: "повести" }, first: 1) { nodes { text couplings { nodes { other { text } } } } }',
    'scenesById',
    'couplings',
  ],
  'SceneConnection.totalCount': [
    'scenes(filter: { corpus: "повести" }) { totalCount nodes { text } }',
    'countScenes',
    'totalCount',
  ],
  'Hypertoken.occurrences': [
    'hypertoken(code: 1) { code occurrences { nodes { ref } } }',
    'occurrences',
    'occurrences',
  ],
  'Occurrence.firstScene': ['occurrence(ref: "Δ1:1") { ref firstScene { text } }', 'scenesById', 'firstScene'],
  'Occurrence.scenes': ['occurrence(ref: "Δ1:1") { ref scenes { text } }', 'scenesById', 'scenes'],
  'Occurrence.holder': ['occurrence(ref: "Δ1:1") { ref holder { ref } }', 'holdersOf', 'holder'],
  'Occurrence.parts': ['occurrence(ref: "Δ1:1") { ref parts { nodes { ref } } }', 'parts', 'parts'],
  'Occurrence.hypertoken': ['occurrence(ref: "Δ1:1") { ref hypertoken { code } }', 'hypertokensByCode', 'hypertoken'],
  'Activation.corpus': [
    'activate(from: { code: 1 }, corpus: "повести") { seedCount corpus { documentCount } }',
    'corpus',
    'corpus',
  ],
};

/** The answer with nothing in the fields of a name. */
const emptied = (answer: Answer, field: string): Answer => {
  if (Array.isArray(answer)) return answer.map((each) => emptied(each, field));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, name === field ? null : emptied(value, field)]),
  );
};

test.each(Object.keys(FIELDS))('where %s fails all else is there', async (name) => {
  const [query, method, field] = FIELDS[name] ?? ['', 'corpora' as const, ''];
  const whole = await api.ask(`{ ${query} }`);
  const calls = await callsOf(method, `{ ${query} }`);
  const { data, errors } = await without(method, `{ ${query} }`, calls - 1);
  expect(JSON.stringify(emptied(whole, field))).not.toBe(JSON.stringify(whole));
  expect(data).toEqual(emptied(whole, field));
  expect(errors.length).toBeGreaterThan(0);
  for (const { path, extensions } of errors) {
    expect(path).toContain(field);
    expect(extensions).toMatchObject({ code: 'STORE_TIMEOUT', retriable: true });
  }
});

test('a span that is refused leaves the document', async () => {
  const { data, errors } = await api.answer('{ document(corpus: "повести", name: "первая") { name text(start: -1) } }');
  expect(data).toEqual({ document: { name: 'первая', text: null } });
  expect(errors).toMatchObject([{ path: ['document', 'text'], extensions: { code: 'BAD_ARGUMENT' } }]);
});

test('a change is told though its corpus cannot be read afterwards', async () => {
  const query = 'mutation { recouple(corpus: "повести") { scenes corpus { name } } }';
  const reads = await callsOf('corpus', query);
  expect(reads).toBeGreaterThan(1);
  const { data, errors } = await without('corpus', query, reads - 1);
  expect(data).toEqual({ recouple: { scenes: 12, corpus: null } });
  expect(errors).toMatchObject([{ path: ['recouple', 'corpus'], extensions: { code: 'STORE_TIMEOUT' } }]);
});
