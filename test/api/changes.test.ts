import { readFile } from 'node:fs/promises';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { Language } from '../../src/scene/scene.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { type Answer, LIMITS, openApi, type TestApi } from './open-api.ts';

const half = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8');
  return text.slice(0, text.indexOf('\n\n', text.length / 2));
};

/** Half of each story, 160 scenes and 80: nearly every test reads one. */
const TEXTS: Readonly<Record<Language, string>> = {
  ru: await half('data/stories/ru/tolstoy-rabotnik-emelyan.txt'),
  en: await half('data/stories/en/poe-masque-of-the-red-death.txt'),
};
const BYTES_MAX = 2 ** 18;

let reader: Reader;
let compute: ComputePool;
let api: TestApi;

beforeAll(() => {
  compute = openComputePool({ threadsMax: 1 });
  reader = inlineReader(openSentenceReader, { bytesMax: BYTES_MAX, sceneLengthMax: 2000 });
});

afterAll(async () => {
  await reader.close();
  await compute.close();
});

beforeEach(async () => {
  api = await openApi({ limits: { ...LIMITS, documentBytesMax: BYTES_MAX }, reader, compute });
});

afterEach(() => api.close());

const READ = `mutation ($input: ReadTextInput!) { readText(input: $input) {
  unchanged sceneCount scenesAdded scenesKept scenesDeleted couplings notices
  document { name lang version sceneCount length }
} }`;

const read = async (input: { corpus: string; name: string; text: string; lang?: string }): Promise<Answer> =>
  (await api.ask(READ, { input })).readText;

describe.each<[Language, string]>([
  ['ru', 'сказки'],
  ['en', 'tales'],
])('in %s', (lang, corpus) => {
  const text = TEXTS[lang];

  test('a text becomes scenes whose spans and facets point into it, and couplings among them', async () => {
    const report = await read({ corpus, name: 'рассказ', text });
    expect(report).toMatchObject({ unchanged: false, scenesKept: 0, scenesDeleted: 0 });
    expect(report.document).toMatchObject({ lang: lang.toUpperCase(), version: 1, length: text.length });
    expect(report.sceneCount).toBe(report.document.sceneCount);
    expect(report.sceneCount).toBeGreaterThan(80);
    expect(report.couplings).toBeGreaterThan(0);
    const { document } = await api.ask(
      `query ($corpus: String!) { document(corpus: $corpus, name: "рассказ") { scenes(first: 200) { nodes {
        text start end agent { text start end } tension { text start end } context { text start end }
        atmosphere { text start end } archetype { text start end }
      } } } }`,
      { corpus },
    );
    for (const { text: said, start, end, agent, tension, context, atmosphere, archetype } of document.scenes.nodes) {
      expect(text.slice(start, end)).toBe(said);
      for (const facet of [agent, tension, ...context, atmosphere, archetype].filter((given) => given !== null))
        expect(text.slice(facet.start, facet.end)).toBe(facet.text);
    }
  });

  test('the text is given back as it came, and again under the same name changes nothing', async () => {
    await read({ corpus, name: 'рассказ', text });
    const { document } = await api.ask(
      'query ($corpus: String!) { document(corpus: $corpus, name: "рассказ") { text } }',
      { corpus },
    );
    expect(document.text).toBe(text);
    const again = await read({ corpus, name: 'рассказ', text });
    expect(again).toMatchObject({ unchanged: true, scenesAdded: 0, scenesDeleted: 0, document: { version: 1 } });
    expect(again.sceneCount).toBe(again.document.sceneCount);
  });

  test('an added paragraph leaves the other scenes alone', async () => {
    const first = await read({ corpus, name: 'рассказ', text });
    const longer = `${lang === 'ru' ? 'Наступила ночь.' : 'Night fell.'}\n\n${text}`;
    const second = await read({ corpus, name: 'рассказ', text: longer });
    expect(second).toMatchObject({ unchanged: false, scenesAdded: 1, scenesDeleted: 0, scenesKept: first.sceneCount });
    expect(second.document.version).toBe(2);
  });

  test('collapsing twice changes nothing, and what was collapsed expands to exactly what it was', async () => {
    await read({ corpus, name: 'рассказ', text });
    const collapse = async () =>
      (
        await api.ask(
          'mutation ($corpus: String!) { collapse(corpus: $corpus) { corpus { collapse } revision afresh occurrences risen added kept deleted newCodes } }',
          { corpus },
        )
      ).collapse;
    const first = await collapse();
    expect(first).toMatchObject({ corpus: { collapse: 'FRESH' }, afresh: true, kept: 0, deleted: 0 });
    expect(first.added).toBe(first.occurrences);
    expect(first.occurrences).toBeGreaterThan(0);
    const same = { added: 0, kept: first.occurrences, deleted: 0, newCodes: 0 };
    expect(await collapse()).toMatchObject({ afresh: false, ...same });
    const { collapse: again } = await api.ask(
      `mutation ($corpus: String!) { collapse(corpus: $corpus, afresh: true) {
        afresh added kept deleted newCodes bare { scenes positions ofPositions tokenizer }
        description { before after dictionary }
      } }`,
      { corpus },
    );
    const bare = { scenes: expect.any(Number), positions: expect.any(Number), tokenizer: 'o200k_base' };
    expect(again).toMatchObject({ afresh: true, ...same, bare });
    expect(again.description.after).toBeLessThan(again.description.before * 1.01);
    expect(again.description.after).toBeGreaterThan(again.description.dictionary);
    expect(again.bare.ofPositions).toBeGreaterThan(again.bare.positions);
    const { hypertokens } = await api.ask(
      'query ($corpus: String!) { hypertokens(filter: { corpus: $corpus, level: 2 }, first: 1) { nodes { code } } }',
      { corpus },
    );
    const { occurrences } = await api.ask(
      'query ($code: Code!) { occurrences(filter: { code: $code }, first: 1) { nodes { ref size firstScene { id } } } }',
      hypertokens.nodes[0],
    );
    const [{ ref, size, firstScene }] = occurrences.nodes;
    const { expand } = await api.ask(
      'query ($ref: OccurrenceRef!) { expand(ref: $ref) { scenes { nodes { id } } couplings { weight } } }',
      { ref },
    );
    const ids = expand.scenes.nodes.map(({ id }: Answer) => id);
    expect(new Set(ids).size).toBe(size);
    expect(ids[0]).toBe(firstScene.id);
    expect(expand.couplings.length).toBeGreaterThanOrEqual(size - 1);
  });

  test('collapsed level by level, one hypertoken holds the corpus, and its parts lead down to every scene', async () => {
    const { sceneCount } = await read({ corpus, name: 'рассказ', text });
    const { collapse } = await api.ask(
      `mutation ($corpus: String!) { collapse(corpus: $corpus, resolution: 8, seed: 3) {
        occurrences levels { level occurrences resolution modularity }
      } }`,
      { corpus },
    );
    const { levels } = collapse;
    expect(levels.map(({ level }: Answer) => level)).toEqual(levels.map((_: Answer, i: number) => i + 1));
    expect(levels[0]).toMatchObject({ resolution: null, modularity: null });
    expect(levels[1]).toMatchObject({ resolution: 8, modularity: expect.any(Number) });
    expect(levels.at(-1).occurrences).toBe(1);
    const total = levels.reduce((sum: number, { occurrences }: Answer) => sum + occurrences, 0);
    expect(collapse.occurrences).toBe(total);
    const at = async (level: number) =>
      (
        await api.ask(
          `query ($corpus: String!, $level: Int!) { occurrences(filter: { corpus: $corpus, level: $level }, first: 200) {
            nodes { ref level size firstScene { id } scenes { id } holder { ref level } } } }`,
          { corpus, level },
        )
      ).occurrences.nodes;
    const [top, ...others] = await at(levels.length);
    expect([top.size, top.holder, top.scenes, others]).toEqual([sceneCount, null, [], []]);
    const { occurrence } = await api.ask(
      `query ($ref: OccurrenceRef!) { occurrence(ref: $ref) {
        parts(depth: 1, first: 200) { nodes { ref size holder { ref } hypertoken { figures { key } hyperlexeme } } }
        scenes: parts(first: 200) { nodes { level firstScene { id } } pageInfo { hasNextPage } }
      } }`,
      { ref: top.ref },
    );
    const sizes = occurrence.parts.nodes.reduce((sum: number, { size }: Answer) => sum + size, 0);
    expect(sizes).toBe(sceneCount);
    for (const part of occurrence.parts.nodes) {
      expect(part.holder.ref).toBe(top.ref);
      expect(part.hypertoken.figures.length).toBeGreaterThan(0);
    }
    expect(occurrence.scenes.nodes.every(({ level }: Answer) => level === 0)).toBe(true);
    const { expand } = await api.ask(
      `query ($ref: OccurrenceRef!) { expand(ref: $ref, first: 200) {
        scenes { totalCount nodes { id } } couplings { scene { id } other { id } }
      } }`,
      { ref: top.ref },
    );
    expect(expand.scenes.totalCount).toBe(sceneCount);
    const firsts = occurrence.scenes.nodes.map(({ firstScene }: Answer) => firstScene);
    expect(firsts).toEqual(expand.scenes.nodes);
  });

  test('a collapse with a resolution or seed that is none is refused', async () => {
    await read({ corpus, name: 'рассказ', text: text.slice(0, 2000) });
    for (const given of ['resolution: 0', 'resolution: -1', 'seed: -1']) {
      const { errors } = await api.answer(
        `mutation ($corpus: String!) { collapse(corpus: $corpus, ${given}) { added } }`,
        {
          corpus,
        },
      );
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_ARGUMENT']);
    }
  });

  test('recoupling tells how many scenes it coupled', async () => {
    const { sceneCount } = await read({ corpus, name: 'рассказ', text });
    const { recouple } = await api.ask(
      'mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes added corpus { uncoupledCount couplingCount } } }',
      { corpus },
    );
    expect(recouple).toMatchObject({ scenes: sceneCount, corpus: { uncoupledCount: 0 } });
    expect(recouple.corpus.couplingCount).toBeGreaterThan(0);
  });

  test('deleting a document leaves nothing of it behind', async () => {
    await read({ corpus, name: 'остаётся', text: text.slice(0, 3000) });
    const before = await everything();
    const { sceneCount } = await read({ corpus, name: 'рассказ', text });
    await api.ask('mutation ($corpus: String!) { collapse(corpus: $corpus) { occurrences } }', { corpus });
    const { document } = await api.ask(
      'query ($corpus: String!) { document(corpus: $corpus, name: "рассказ") { id } }',
      { corpus },
    );
    const { deleteDocument } = await api.ask(
      'mutation ($corpus: String!) { deleteDocument(corpus: $corpus, name: "рассказ") { deletedId documents scenes couplings occurrences } }',
      { corpus },
    );
    expect(deleteDocument).toMatchObject({ deletedId: document.id, documents: 1, scenes: sceneCount });
    expect(deleteDocument.couplings).toBeGreaterThan(0);
    expect(deleteDocument.occurrences).toBeGreaterThanOrEqual(sceneCount);
    expect(await api.ask('query ($id: ID!) { node(id: $id) { id } }', { id: document.id })).toEqual({ node: null });
    await api.ask('mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } }', { corpus });
    expect(await everything()).toEqual(before);
    // Motifs that were found while both documents were there stay, if all their scenes do.
    const left = await api.store.occurrences({ corpus: corpusName(corpus) }, { first: 1000 });
    const scenes = await api.store.scenesById(left.items.flatMap(({ item }) => item.scenes));
    expect(scenes).not.toContain(null);
  });

  test('deleting a corpus leaves no scene, coupling or occurrence', async () => {
    await read({ corpus, name: 'рассказ', text });
    await api.ask('mutation ($corpus: String!) { collapse(corpus: $corpus) { occurrences } }', { corpus });
    const { corpus: there } = await api.ask(
      'query ($corpus: String!) { corpus(name: $corpus) { id sceneCount couplingCount } }',
      { corpus },
    );
    const { deleteCorpus } = await api.ask(
      'mutation ($corpus: String!) { deleteCorpus(name: $corpus) { deletedId documents scenes couplings occurrences } }',
      { corpus },
    );
    expect(deleteCorpus).toMatchObject({
      deletedId: there.id,
      documents: 1,
      scenes: there.sceneCount,
      couplings: there.couplingCount,
    });
    const data = await api.ask(`{ corpora { nodes { id } } occurrences { nodes { id } } }`);
    expect(data).toEqual({ corpora: { nodes: [] }, occurrences: { nodes: [] } });
    const { hypertokens } = await api.ask('{ hypertokens(first: 200) { nodes { occurrenceCount } } }');
    expect(hypertokens.nodes.every(({ occurrenceCount }: Answer) => occurrenceCount === 0)).toBe(true);
  });
});

/** Scenes, couplings and the scenes' occurrences of every corpus, without what only grows. */
const everything = async (): Promise<Answer> => {
  const names = (await api.store.corpora({ first: 100 })).items.map(({ item }) => item.name);
  const parts: unknown[] = [];
  for (const name of names) {
    const scenes = await api.store.scenes({ corpus: corpusName(name) }, { first: 1000 });
    const couplings = await api.store.couplings(name, { first: 1000 });
    const occurrences = await api.store.occurrences({ corpus: name, level: 0 }, { first: 1000 });
    parts.push([scenes, couplings, occurrences].map(({ items }) => items.map(({ item }) => item)));
  }
  return parts;
};

test('a change is seen by what is asked after it in the same request', async () => {
  const data = await api.ask(
    `mutation ($one: ReadTextInput!, $two: ReadTextInput!) {
      one: readText(input: $one) { document { corpus { documentCount } } }
      two: readText(input: $two) { document { corpus { documentCount } } }
      deleteDocument(corpus: "сказки", name: "первая") { documents }
      collapse(corpus: "сказки") { corpus { documentCount } }
    }`,
    {
      one: { corpus: 'сказки', name: 'первая', text: 'Он стоял у двери, не решаясь войти.' },
      two: { corpus: 'сказки', name: 'вторая', text: 'Она ждала его в темноте.' },
    },
  );
  const counts = [data.one.document.corpus, data.two.document.corpus, data.collapse.corpus];
  expect(counts.map(({ documentCount }) => documentCount)).toEqual([1, 2, 1]);
});

test('the language can be told, and is found out otherwise', async () => {
  const langs = [];
  for (const [name, text, lang] of [
    ['a', 'Он стоял у двери, не решаясь войти. В комнате было тихо.', undefined],
    ['b', 'He stood at the door, not daring to enter. The room was quiet.', undefined],
    ['c', 'No. 5', 'RU'],
  ] as const)
    langs.push((await read({ corpus: 'сказки', name, text, ...(lang === undefined ? {} : { lang }) })).document.lang);
  expect(langs).toEqual(['RU', 'EN', 'RU']);
});

test.each([
  ['nothing', { corpus: 'сказки', name: 'a', text: '' }, 'EMPTY_DOCUMENT'],
  ['only white space', { corpus: 'сказки', name: 'a', text: ' \n\t ' }, 'EMPTY_DOCUMENT'],
  ['a corpus of no name', { corpus: ' ', name: 'a', text: 'Он стоял.' }, 'BAD_NAME'],
  ['a document of no name', { corpus: 'сказки', name: '', text: 'Он стоял.' }, 'BAD_NAME'],
  ['half a surrogate pair', { corpus: 'сказки', name: 'a', text: 'Он \ud83d стоял.' }, 'LONE_SURROGATE'],
  ['too much', { corpus: 'сказки', name: 'a', text: 'ночь '.repeat(BYTES_MAX / 8) }, 'DOCUMENT_TOO_LARGE'],
])('reading %s is refused and leaves nothing', async (_, input, code) => {
  const { errors } = await api.answer(READ, { input });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  expect(await api.ask('{ corpora { nodes { name } } }')).toEqual({ corpora: { nodes: [] } });
});

test.each([
  ['deleteDocument(corpus: "нет", name: "нет") { documents }', 'CORPUS_NOT_FOUND'],
  ['deleteCorpus(name: "нет") { documents }', 'CORPUS_NOT_FOUND'],
  ['collapse(corpus: "нет") { occurrences }', 'CORPUS_NOT_FOUND'],
  ['recouple(corpus: "нет") { scenes }', 'CORPUS_NOT_FOUND'],
])('%s is refused', async (field, code) => {
  const { errors } = await api.answer(`mutation { ${field} }`);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
});
