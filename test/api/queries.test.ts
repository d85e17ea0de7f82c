import type { Language } from '../../src/scene/scene.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, retellings, STORIES, story } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  for (const lang of ['ru', 'en'] as const) {
    await api.write(story(lang));
    await api.ask('mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } }', { corpus: CORPORA[lang] });
  }
  await api.write(story('ru', 'вторая'));
  await api.ask('mutation { recouple(corpus: "сказки") { scenes } collapse(corpus: "сказки") { occurrences } }');
});

afterAll(() => api.close());

const sceneId = async (corpus: string, position: number): Promise<string> => {
  const { document } = await api.ask(
    'query ($corpus: String!) { document(corpus: $corpus, name: "story") { scenes { nodes { id } } } }',
    { corpus },
  );
  return document.scenes.nodes[position].id;
};

test('corpora are listed by name with their counts', async () => {
  const { corpora } = await api.ask(`{ corpora { nodes { name documentCount sceneCount uncoupledCount collapse } } }`);
  expect(corpora.nodes).toEqual([
    { name: 'tales', documentCount: 1, sceneCount: 6, uncoupledCount: 0, collapse: 'NONE' },
    { name: 'сказки', documentCount: 2, sceneCount: 12, uncoupledCount: 0, collapse: 'FRESH' },
  ]);
});

test('one corpus by name, and null for one that is not there', async () => {
  const data = await api.ask(`{
    there: corpus(name: "сказки") { name couplingCount revision documents { totalCount nodes { name lang } } }
    not: corpus(name: "сказка") { name }
  }`);
  expect(data.not).toBeNull();
  expect(data.there).toMatchObject({ name: 'сказки', couplingCount: expect.any(Number) });
  expect(data.there.couplingCount).toBeGreaterThan(0);
  expect(data.there.documents).toEqual({
    totalCount: 2,
    nodes: [
      { name: 'story', lang: 'RU' },
      { name: 'вторая', lang: 'RU' },
    ],
  });
});

test('a collapse is stale once the corpus has changed', async () => {
  const other = await openApi();
  try {
    const state = async () => (await other.ask('{ corpus(name: "tales") { collapse } }')).corpus.collapse;
    await other.write(story('en'));
    expect(await state()).toBe('NONE');
    await other.ask('mutation { recouple(corpus: "tales") { added } collapse(corpus: "tales") { added } }');
    expect(await state()).toBe('FRESH');
    await other.write(story('en', 'another'));
    expect(await state()).toBe('STALE');
  } finally {
    await other.close();
  }
});

describe.each<[Language, string, string]>([
  ['ru', 'порогсдерживание', 'сдерживание'],
  ['en', 'thresholdrestraint', 'restraint'],
])('in %s', (lang, hyperlexeme, tension) => {
  const corpus = CORPORA[lang];
  const labels = lang.toUpperCase();
  const sketches = STORIES[lang];

  test('a document gives its text by slices that put together are the text', async () => {
    const text = sketches.map((sketch) => `${sketch.text}\n`).join('');
    const { document } = await api.ask(
      `query ($corpus: String!) { document(corpus: $corpus, name: "story") {
        name lang version sha256 bytes length notices sceneCount key corpus { name }
        text a: text(end: 10) b: text(start: 10, end: 31) c: text(start: 31)
      } }`,
      { corpus },
    );
    expect(document).toMatchObject({
      name: 'story',
      lang: labels,
      version: 1,
      sceneCount: 6,
      corpus: { name: corpus },
    });
    expect(document.text).toBe(text);
    expect(document.a + document.b + document.c).toBe(text);
    expect(document.length).toBe(text.length);
    expect(document.bytes).toBe(Buffer.byteLength(text));
  });

  test('a scene gives its facets with the words they rest on, its figure and its code', async () => {
    const { scene } = await api.ask(
      `query ($id: ID!, $labels: Language!) { scene(id: $id) {
        text lang kind position start end
        agent { kind key entity label(labels: $labels) text confidence by }
        tension { kind key label(labels: $labels) text start end confidence by }
        context { key } atmosphere { key } archetype { key label(labels: $labels) }
        figure { key archetype { label(labels: $labels) } atmosphere { key } tension { key } hyperlexeme(labels: $labels) }
        hyperlexeme(labels: $labels) code ordinal occurrence { ref level }
        previous { text } next { text previous { text } }
      } }`,
      { id: await sceneId(corpus, 1), labels },
    );
    const text = sketches[1]?.text;
    expect(scene).toMatchObject({ text, lang: labels, kind: 'SCENE', position: 1, context: [], atmosphere: null });
    expect(scene.agent).toEqual({
      kind: 'AGENT',
      key: sketches[1]?.agent,
      entity: sketches[1]?.agent,
      label: sketches[1]?.agent,
      text: text?.slice(0, 1),
      confidence: 0.9,
      by: 'WORD',
    });
    expect(scene.tension).toMatchObject({ kind: 'TENSION', key: 'restraint', label: tension, start: scene.start });
    expect(scene.figure).toMatchObject({ key: 'threshold.none.restraint', hyperlexeme, atmosphere: null });
    expect(scene.hyperlexeme).toBe(hyperlexeme);
    expect(scene.occurrence).toEqual({ ref: `${scene.code}:${scene.ordinal}`, level: 0 });
    expect(scene.previous.text).toBe(sketches[0]?.text);
    expect(scene.next).toEqual({ text: sketches[2]?.text, previous: { text } });
  });

  test('the first scene has none before it and the last none after it', async () => {
    const edges = await api.ask(
      `query ($first: ID!, $last: ID!) {
      first: scene(id: $first) { previous { id } } last: scene(id: $last) { next { id } }
    }`,
      { first: await sceneId(corpus, 0), last: await sceneId(corpus, 5) },
    );
    expect(edges).toEqual({ first: { previous: null }, last: { next: null } });
  });

  test('labels are Russian unless another language is asked for', async () => {
    const { scene } = await api.ask('query ($id: ID!) { scene(id: $id) { hyperlexeme tension { label } } }', {
      id: await sceneId(corpus, 1),
    });
    expect(scene).toEqual({ hyperlexeme: 'порогсдерживание', tension: { label: 'сдерживание' } });
  });

  test('scenes are found by what stands in them', async () => {
    const found = async (filter: object) => {
      const { scenes } = await api.ask(
        'query ($filter: SceneFilter!) { scenes(filter: $filter) { totalCount nodes { text code } } }',
        { filter: { corpus, document: 'story', ...filter } },
      );
      expect(scenes.totalCount).toBe(scenes.nodes.length);
      return scenes.nodes;
    };
    const texts = async (filter: object) => (await found(filter)).map((scene: Answer) => scene.text);
    const who = sketches[0]?.agent;
    const where = sketches[0]?.context?.[0];
    expect(await texts({})).toEqual(sketches.map(({ text }) => text));
    expect(await texts({ facets: [{ kind: 'AGENT', key: who }] })).toEqual([0, 2, 3].map((i) => sketches[i]?.text));
    expect(
      await texts({
        facets: [
          { kind: 'CONTEXT', key: where },
          { kind: 'AGENT', key: who },
        ],
      }),
    ).toEqual([sketches[0]?.text]);
    expect(await texts({ kind: 'HALF' })).toEqual([]);
    expect(await texts({ lang: labels })).toHaveLength(6);
    const [first] = await found({ facets: [{ kind: 'TENSION', key: 'restraint' }] });
    expect(await texts({ code: first.code })).toEqual([sketches[1]?.text]);
  });

  test('couplings are told from either end, heaviest first, with reasons in words', async () => {
    const { scene } = await api.ask(
      `query ($id: ID!, $labels: Language!) { scene(id: $id) { id couplings { nodes {
        weight scene { id } other { id text couplings { nodes { weight other { id } } } }
        because { kind key label(labels: $labels) weight }
      } } } }`,
      { id: await sceneId(corpus, 2), labels },
    );
    const couplings = scene.couplings.nodes;
    const weights = couplings.map(({ weight }: Answer) => weight);
    expect(weights).toEqual(weights.toSorted((x: number, y: number) => y - x));
    const [heaviest] = couplings;
    expect(heaviest.scene.id).toBe(scene.id);
    expect(heaviest.other.text).toBe(sketches[3]?.text);
    expect(heaviest.other.couplings.nodes).toContainEqual({ weight: heaviest.weight, other: { id: scene.id } });
    const kinds = heaviest.because.map(({ kind }: Answer) => kind);
    expect(kinds).toContain('SEQUENCE');
    const release = heaviest.because.find(({ kind }: Answer) => kind === 'RELEASE');
    expect(release).toMatchObject({ key: 'fear>calm', label: lang === 'ru' ? 'страх → покой' : 'fear → calm' });
  });

  test('a subgraph holds the seed, what lies around it and the couplings among them', async () => {
    const { subgraph } = await api.ask(
      `query ($id: ID!) { subgraph(scene: $id, hops: 1, limit: 3) {
        seed { id } scenes { id } couplings { weight scene { id } other { id } } truncated
      } }`,
      { id: await sceneId(corpus, 2) },
    );
    const ids = subgraph.scenes.map(({ id }: Answer) => id);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(subgraph.seed.id);
    expect(subgraph.truncated).toBe(true);
    expect(subgraph.couplings.length).toBeGreaterThan(0);
    for (const { scene, other } of subgraph.couplings) {
      expect(ids).toContain(scene.id);
      expect(ids).toContain(other.id);
    }
  });
});

test('a scene is found by its global id and by the key of exports', async () => {
  const id = await sceneId('сказки', 0);
  const { scene } = await api.ask('query ($id: ID!) { scene(id: $id) { key } }', { id });
  const byKey = await api.ask('query ($id: ID!) { scene(id: $id) { id } }', { id: scene.key });
  expect(byKey.scene.id).toBe(id);
});

test('every kind of node is fetched again by its global id', async () => {
  const { corpus, occurrence, hypertoken } = await api.ask(`{
    corpus(name: "сказки") { id documents { nodes { id scenes(first: 1) { nodes { id } } } } }
    occurrence(ref: "Δ1:1") { id }
    hypertoken(code: "Δ1") { id }
  }`);
  const document = corpus.documents.nodes[0];
  const ids = [corpus.id, document.id, document.scenes.nodes[0].id, occurrence.id, hypertoken.id];
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
    ... on Corpus { name } ... on Document { name } ... on Scene { text } ... on Occurrence { ref } ... on Hypertoken { code }
  } }`;
  const { nodes } = await api.ask(query, { ids });
  expect(nodes).toEqual([
    { __typename: 'Corpus', id: ids[0], name: 'сказки' },
    { __typename: 'Document', id: ids[1], name: 'story' },
    { __typename: 'Scene', id: ids[2], text: STORIES.ru[0]?.text },
    { __typename: 'Occurrence', id: ids[3], ref: 'Δ1:1' },
    { __typename: 'Hypertoken', id: ids[4], code: 'Δ1' },
  ]);
  const one = await api.ask(
    'query ($id: ID!) { node(id: $id) { id ... on Hypertoken { occurrences { nodes { ref } } } } }',
    {
      id: ids[4],
    },
  );
  expect(one.node.occurrences.nodes[0]).toEqual({ ref: 'Δ1:1' });
});

test('a bad id among good ones is null with an error of its own', async () => {
  const id = await sceneId('сказки', 0);
  const { data, errors } = await api.answer('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [id, 'nonsense'],
  });
  expect(data.nodes).toEqual([{ id }, null]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ path: ['nodes', 1], extensions: { code: 'BAD_ARGUMENT' } });
});

test('hypertokens tell their figures and where they stand', async () => {
  const { hypertokens } = await api.ask(`{ hypertokens(filter: { corpus: "сказки", level: 0 }) { nodes {
    code level digest hyperlexeme en: hyperlexeme(labels: EN) figures { key } occurrenceCount
  } } }`);
  const first = hypertokens.nodes.find(({ figures }: Answer) => figures[0].key === 'none.cold.waiting');
  expect(first).toMatchObject({ level: 0, hyperlexeme: 'холодожидание', en: 'coldwaiting' });
  // Two documents of the Russian story and one English story.
  expect(first.occurrenceCount).toBe(3);
  const { hypertoken } = await api.ask(
    `query ($code: Code!) { hypertoken(code: $code) { occurrences(corpus: "tales") { nodes { ref scenes { text } bindings { slot agent } } } } }`,
    { code: first.code },
  );
  expect(hypertoken.occurrences.nodes).toEqual([
    {
      ref: `${first.code}:${hypertoken.occurrences.nodes[0].ref.split(':')[1]}`,
      scenes: [{ text: STORIES.en[0]?.text }],
      bindings: [{ slot: 0, agent: 'mary' }],
    },
  ]);
});

test('an occurrence of a motif expands to exactly its scenes and the couplings among them', async () => {
  await api.write(retellings('пересказы', 24, 'ru'));
  await api.ask('mutation { recouple(corpus: "пересказы") { scenes } collapse(corpus: "пересказы") { occurrences } }');
  const { occurrences } = await api.ask(
    '{ occurrences(filter: { corpus: "пересказы", level: 1 }) { nodes { ref level scenes { id motif { ref } } } } }',
  );
  const motif = occurrences.nodes.find(({ level }: Answer) => level === 1);
  expect(motif.scenes.length).toBeGreaterThan(1);
  for (const scene of motif.scenes) expect(scene.motif).toEqual({ ref: motif.ref });
  const { expand } = await api.ask(
    `query ($ref: OccurrenceRef!) { expand(ref: $ref) {
      occurrence { ref hypertoken { level figures { key } hyperlexeme } } hypertoken { code }
      scenes { totalCount nodes { id } } couplings { scene { id } other { id } }
    } }`,
    { ref: motif.ref },
  );
  const ids = motif.scenes.map(({ id }: Answer) => id);
  expect(expand.scenes).toEqual({ totalCount: ids.length, nodes: ids.map((id: string) => ({ id })) });
  expect(expand.occurrence.hypertoken).toMatchObject({ level: 1, hyperlexeme: expect.stringContaining('·') });
  expect(expand.couplings.length).toBeGreaterThanOrEqual(ids.length - 1);
  for (const { scene, other } of expand.couplings)
    expect([ids.includes(scene.id), ids.includes(other.id)]).toEqual([true, true]);
  await api.ask('mutation { deleteCorpus(name: "пересказы") { documents } }');
});

test('codes are read as people can type them', async () => {
  const data = await api.ask(
    `query ($code: Code!, $ref: OccurrenceRef!) {
      a: hypertoken(code: "Δ1") { code } b: hypertoken(code: "d1") { code } c: hypertoken(code: 1) { code }
      d: hypertoken(code: $code) { code } e: occurrence(ref: "1:1") { ref } f: occurrence(ref: $ref) { ref }
    }`,
    { code: 1, ref: 'D1:1' },
  );
  expect(data).toEqual({
    ...Object.fromEntries(['a', 'b', 'c', 'd'].map((alias) => [alias, { code: 'Δ1' }])),
    e: { ref: 'Δ1:1' },
    f: { ref: 'Δ1:1' },
  });
});

const SEARCHES: readonly (readonly [corpus: string, text: string, positions: readonly number[], agent: string])[] = [
  ['сказки', 'МЕТЕЛИ', [0, 5], 'Вронскому'],
  ['tales', 'storms', [0, 5], "John's"],
];

test.each(SEARCHES)(
  'in %s words are found in other forms, together with all other filters',
  async (corpus, text, positions, agent) => {
    const { scenes, waiting, facets, none } = await api.ask(
      `query ($corpus: String!, $text: String!, $agent: String!) {
      scenes(filter: { corpus: $corpus, document: "story", text: $text }, first: 1) {
        totalCount nodes { position } pageInfo { hasNextPage }
      }
      waiting: scenes(filter: { corpus: $corpus, text: $text, facets: [{ kind: TENSION, key: "waiting" }] }) {
        nodes { tension { key } }
      }
      none: scenes(filter: { corpus: $corpus, text: "нигде nowhere" }) { totalCount }
      facets(filter: { corpus: $corpus, text: $agent }) { nodes { kind key label sceneCount } }
    }`,
      { corpus, text, agent },
    );
    expect(scenes).toEqual({
      totalCount: positions.length,
      nodes: [{ position: positions[0] }],
      pageInfo: { hasNextPage: true },
    });
    expect(waiting.nodes.length).toBeGreaterThan(0);
    expect(none.totalCount).toBe(0);
    const key = corpus === 'tales' ? 'john' : 'вронский';
    expect(facets.nodes).toEqual([{ kind: 'AGENT', key, label: key, sceneCount: corpus === 'tales' ? 2 : 4 }]);
  },
);

test('facets are paged by kind and key, and found by what they are called', async () => {
  const page = async (after: string | null) =>
    (
      await api.ask(
        `query ($after: String) { facets(filter: { corpus: "tales" }, first: 3, after: $after) {
          nodes { kind key } pageInfo { hasNextPage endCursor } } }`,
        { after },
      )
    ).facets;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([...first.nodes, ...second.nodes].map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'AGENT john',
    'AGENT mary',
    'TENSION calm',
    'TENSION fear',
    'TENSION restraint',
    'TENSION waiting',
  ]);
  const named = await api.ask(
    '{ facets(filter: { corpus: "tales", text: "порогу" }) { nodes { kind key sceneCount } } }',
  );
  expect(named.facets.nodes).toEqual([{ kind: 'ARCHETYPE', key: 'threshold', sceneCount: 1 }]);
});

test('the inventory tells the keys that filters take', async () => {
  const data = await api.ask(`{
    tension: inventory(kind: TENSION) { kind key label en: label(labels: EN) } agent: inventory(kind: AGENT) { key }
    atmosphere: inventory(kind: ATMOSPHERE) { key } archetype: inventory(kind: ARCHETYPE) { key }
  }`);
  expect(data.tension).toContainEqual({ kind: 'TENSION', key: 'restraint', label: 'сдерживание', en: 'restraint' });
  expect([data.tension.length, data.atmosphere.length, data.archetype.length, data.agent.length]).toEqual([
    40, 14, 42, 0,
  ]);
});

test('what is not there is null', async () => {
  const data = await api.ask(`{
    document(corpus: "сказки", name: "нет") { id } other: document(corpus: "нет", name: "story") { id }
    scene(id: "00000000000000000000000000000000") { id } hypertoken(code: "Δ9999") { code }
    occurrence(ref: "Δ1:9999") { ref } subgraph(scene: "00000000000000000000000000000000") { truncated }
  }`);
  expect(Object.values(data)).toEqual([null, null, null, null, null, null]);
});
