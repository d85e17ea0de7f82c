import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '../../src/api/context.ts';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import { type Answer, EVERYONE, openApi, type TestApi } from './open-api.ts';
import { story } from './sketches.ts';

const STORIES = { ru: 'ru/tolstoy-rabotnik-emelyan.txt', en: 'en/poe-masque-of-the-red-death.txt' } as const;
const CORPUS = 'рассказы';

let reader: Reader;
let api: TestApi;
let texts: Readonly<Record<string, string>>;

beforeAll(async () => {
  reader = inlineReader(openSentenceReader);
  api = await openApi({ reader });
  const { store } = api;
  const { compute } = api.services;
  const read: Record<string, string> = {};
  for (const path of Object.values(STORIES)) {
    const text = await readFile(join(import.meta.dirname, '../../data/stories', path), 'utf8');
    await readIntoCorpus(
      { store, compute, reader },
      { corpus: corpusName(CORPUS), name: documentName(path), source: { text } },
    );
    read[path] = text;
  }
  texts = read;
  await api.ask('mutation ($corpus: String!) { collapse(corpus: $corpus) { occurrences } }', { corpus: CORPUS });
});

afterAll(async () => {
  await api.close();
  await reader.close();
});

const SEARCH = `query ($text: String!, $corpus: String!, $kinds: [SearchKind!], $first: Int, $after: String) {
  search(corpus: $corpus, text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount truncated wordsLeft clues { kind key label weight sceneCount }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { score } }
    nodes { score because { kind key label(labels: EN) } through { weight because { kind } other { key } } beside { key position }
      highlights { start end text }
      hit { __typename
        ... on Scene { key text start end position code document { name } motif { ref } }
        ... on CorpusFacet { facet: kind value: key label(labels: EN) sceneCount }
        ... on Hypertoken { code level hyperlexeme(labels: EN) occurrenceCount }
        ... on Occurrence { ref size scenes { text } } } } } }`;

const ask = async (text: string, rest: Record<string, unknown> = {}): Promise<Answer> =>
  (await api.ask(SEARCH, { corpus: CORPUS, text, ...rest })).search;

test.each([
  ['барабаны царя', 'ru', /барабан|цар/iu],
  ['chiming clocks', 'en', /chim|clock/iu],
] as const)('%s finds scenes with their words marked where they stand in the document', async (text, lang, word) => {
  const { nodes, totalCount, clues, wordsLeft } = await ask(text, { kinds: ['SCENE'], first: 20 });
  expect(totalCount).toBeGreaterThanOrEqual(20);
  expect(wordsLeft).toEqual([]);
  expect(clues.some(({ kind, sceneCount }: Answer) => kind === 'WORD' && sceneCount > 0)).toBe(true);
  const scores = nodes.map(({ score }: Answer) => score);
  expect(scores).toEqual(scores.toSorted((x: number, y: number) => y - x));
  expect(nodes[0].highlights.length).toBeGreaterThan(0);
  for (const { hit, because, highlights, through, beside } of nodes) {
    expect(hit.document.name).toBe(STORIES[lang]);
    expect(because.length > 0 || through !== null || beside !== null).toBe(true);
    for (const { start, end, text: shown } of highlights) {
      expect(shown).toMatch(word);
      expect(texts[STORIES[lang]]?.slice(start, end)).toBe(shown);
      expect(hit.text.slice(start - hit.start, end - hit.start)).toBe(shown);
    }
  }
});

test.each(['тишина', 'silence'])('%s is a facet, a hypertoken and scenes, each by its type', async (text) => {
  const { nodes } = await ask(text, { first: 200 });
  const of = (type: string): readonly Answer[] => nodes.filter(({ hit }: Answer) => hit.__typename === type);
  const facet = of('CorpusFacet').find(({ hit }) => hit.facet === 'ATMOSPHERE');
  expect(facet).toMatchObject({ score: 1, highlights: [], through: null, beside: null });
  expect(facet.hit).toMatchObject({ value: 'silence', label: 'silence', sceneCount: expect.any(Number) });
  expect(facet.because).toContainEqual({ kind: 'ATMOSPHERE', key: 'silence', label: 'silence' });
  const named = of('Hypertoken').find(({ hit }) => hit.level === 0 && hit.hyperlexeme === 'silence');
  expect(named.hit.occurrenceCount).toBeGreaterThan(0);
  const answering = of('Scene').filter(({ because }) => because.some(({ kind }: Answer) => kind === 'ATMOSPHERE'));
  expect(answering).toHaveLength(facet.hit.sceneCount);
});

test('a code, one of its places', async () => {
  const { scenes } = await api.ask(
    'query ($corpus: String!) { scenes(filter: { corpus: $corpus }, first: 1) { nodes { code occurrence { ref } } } }',
    { corpus: CORPUS },
  );
  const [{ code, occurrence }] = scenes.nodes;
  const { nodes } = await ask(`${code} ${occurrence.ref}`, { kinds: ['HYPERTOKEN'] });
  expect(
    nodes
      .slice(0, 2)
      .map(({ hit }: Answer) => hit.code ?? hit.ref)
      .toSorted(),
  ).toEqual([code, occurrence.ref].toSorted());
  expect(nodes.find(({ hit }: Answer) => hit.ref === occurrence.ref).hit).toMatchObject({
    size: 1,
    __typename: 'Occurrence',
  });
});

test('a walk by cursors gives all once in the order of one page', async () => {
  const whole = await ask('царь у двери', { first: 200 });
  const keyOf = ({ hit }: Answer): string => hit.key ?? hit.ref ?? hit.code ?? `${hit.facet} ${hit.value}`;
  const keys: string[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, edges, pageInfo, totalCount } = await ask('царь у двери', { first: 41, after });
    keys.push(...nodes.map(keyOf));
    expect(totalCount).toBe(whole.totalCount);
    expect(pageInfo).toMatchObject({ hasPreviousPage: after !== null, hasNextPage: keys.length < totalCount });
    expect(pageInfo.endCursor).toBe(edges.at(-1).cursor);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(keys).toEqual(whole.nodes.map(keyOf));
  expect(new Set(keys).size).toBe(whole.totalCount);
});

test('a page of 200 takes as many statements as one of 20, with all that stands below', async () => {
  for (const text of ['царь у двери', 'the clock in the black room', 'тишина']) {
    const counts: number[] = [];
    const variables = { corpus: CORPUS, text, kinds: ['SCENE'] };
    // What is kept until the next write is looked up by the first.
    await ask(text, variables);
    // The other end of a coupling is asked for only where it does not stand on the page itself.
    const query = SEARCH.replace('other { key }', '');
    for (const first of [20, 60, 200]) counts.push(await api.reads(query, { ...variables, first }));
    expect(counts[0]).toBeGreaterThan(5);
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  }
});

test.each([
  [{ text: '…' }, 'BAD_ARGUMENT'],
  [{ text: 'ц'.repeat(65536) }, 'BAD_ARGUMENT'],
  [{ text: 'царь', corpus: 'нет' }, 'CORPUS_NOT_FOUND'],
  [{ text: 'царь', corpus: '' }, 'BAD_NAME'],
  [{ text: 'царь', first: 0 }, 'BAD_ARGUMENT'],
  [{ text: 'царь', first: 201 }, 'PAGE_TOO_LARGE'],
  [{ text: 'царь', after: 'x' }, 'BAD_CURSOR'],
])('%j is refused', async (variables, code) => {
  const { errors } = await api.answer(SEARCH, { corpus: CORPUS, ...variables });
  expect(errors[0].extensions.code).toBe(code);
});

test('nothing of another workspace is found, by whatever name or code', async () => {
  const other = api.database.workspace(workspaceName('другие'));
  const { input, parts } = story('ru');
  await other.writeDocument(input, parts());
  await other.writeDocument(...(({ input: one, parts: of }) => [one, of()] as const)(story('en')));
  const [foreign] = (await other.scenes({ corpus: input.corpus }, { first: 1 })).items;
  const refused = await api.answer(SEARCH, { corpus: input.corpus, text: 'метель' });
  expect(refused.errors[0].extensions.code).toBe('CORPUS_NOT_FOUND');
  // Of the same name in both.
  await api.write(story('ru'));
  for (const text of [foreign?.item.id ?? '', 'Мэри storm', 'John']) {
    const { nodes } = await ask(text, { corpus: input.corpus });
    expect(nodes).toEqual([]);
  }
  const asOther = createContext(api.services, {
    principal: { ...EVERYONE, workspace: other.workspace },
    signal: new AbortController().signal,
    logger: { error: () => {}, warn: () => {} },
    requestId: 'req-other',
  });
  const { body } = await api.apollo.executeOperation(
    { query: SEARCH, variables: { corpus: CORPUS, text: 'царь' } },
    { contextValue: asOther },
  );
  if (body.kind !== 'single') throw new TypeError('an answer in parts');
  expect(body.singleResult.errors?.[0]?.extensions?.['code']).toBe('CORPUS_NOT_FOUND');
});
