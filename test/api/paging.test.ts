import { digestOf } from '../../src/scene/digest.ts';
import { formatOccurrence } from '../../src/scene/hypertoken.ts';
import { corpusName } from '../../src/scene/name.ts';
import { allItems } from '../conformance/all-pages.ts';
import { type Answer, LIMITS, openApi, type TestApi } from './open-api.ts';
import { longStory, retellings } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  await api.write(longStory('повести', 'первая', 23, 'ru'));
  await api.write(longStory('повести', 'вторая', 9, 'ru'));
  for (let i = 0; i < 6; i += 1) await api.write(longStory(`tales ${i}`, 'one', 3, 'en'));
  await api.write(retellings('пересказы', 24, 'ru'));
  await api.ask('mutation { recouple(corpus: "пересказы") { scenes } collapse(corpus: "пересказы") { occurrences } }');
  await api.ask('mutation { recouple(corpus: "повести") { scenes } collapse(corpus: "повести") { occurrences } }');
});

afterAll(() => api.close());

/** Every list of the API, as a query of one page and the way to its connection. */
const LISTS: Readonly<Record<string, readonly [string, (data: Answer) => Answer]>> = {
  corpora: ['corpora(first: $first, after: $after) { ...P nodes { id } }', (data) => data.corpora],
  documents: [
    'corpus(name: "повести") { documents(first: $first, after: $after) { ...P nodes { id } } }',
    (data) => data.corpus.documents,
  ],
  scenes: [
    'scenes(filter: { corpus: "повести" }, first: $first, after: $after) { ...P nodes { id } }',
    (data) => data.scenes,
  ],
  'scenes of a document': [
    'document(corpus: "повести", name: "первая") { scenes(first: $first, after: $after) { ...P nodes { id } } }',
    (data) => data.document.scenes,
  ],
  hypertokens: ['hypertokens(first: $first, after: $after) { ...P nodes { id } }', (data) => data.hypertokens],
  occurrences: [
    'occurrences(filter: { corpus: "повести", level: 1 }, first: $first, after: $after) { ...P nodes { id } }',
    (data) => data.occurrences,
  ],
  'occurrences of a hypertoken': [
    'hypertoken(code: 1) { occurrences(first: $first, after: $after) { ...P nodes { id } } }',
    (data) => data.hypertoken.occurrences,
  ],
};

const pageQuery = (list: string): string => {
  const selection = list.replace(
    '...P',
    'edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }',
  );
  return `query ($first: Int!, $after: String) { ${selection} }`;
};

const walk = async (name: string, first: number): Promise<readonly string[]> => {
  const [list, find] = LISTS[name] ?? [];
  if (list === undefined || find === undefined) throw new TypeError(name);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: Answer = find(await api.ask(pageQuery(list), { first, after }));
    expect(page.nodes.length).toBeLessThanOrEqual(first);
    expect(page.pageInfo).toMatchObject({
      hasPreviousPage: after !== null,
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    });
    ids.push(...page.nodes.map(({ id }: { id: string }) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
};

test.each(Object.keys(LISTS))('a walk through %s skips nothing and gives nothing twice', async (name) => {
  const whole = await walk(name, 200);
  expect(whole.length).toBeGreaterThan(1);
  expect(new Set(whole).size).toBe(whole.length);
  for (const first of [1, 2, 7]) expect(await walk(name, first)).toEqual(whole);
});

test('a walk through the couplings of a scene gives each once, by falling weight', async () => {
  const { scenes } = await api.ask(
    '{ scenes(filter: { corpus: "повести" }, first: 10) { nodes { id couplings(first: 200) { nodes { weight other { id } } } } } }',
  );
  for (const { id, couplings } of scenes.nodes) {
    expect(couplings.nodes.length).toBeGreaterThan(2);
    for (const first of [1, 3]) {
      const walked: Answer[] = [];
      let after: string | null = null;
      do {
        const data: Answer = await api.ask(
          'query ($id: ID!, $first: Int!, $after: String) { scene(id: $id) { couplings(first: $first, after: $after) { nodes { weight other { id } } pageInfo { hasNextPage endCursor } } } }',
          { id, first, after },
        );
        const page: Answer = data.scene.couplings;
        walked.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(walked).toEqual(couplings.nodes);
    }
  }
});

test('a walk through an expansion gives each scene once, in the order of the form', async () => {
  const { occurrences } = await api.ask(
    '{ occurrences(filter: { corpus: "пересказы", level: 1 }, first: 200) { nodes { ref level scenes { id } } } }',
  );
  const motif = occurrences.nodes.find(({ level }: Answer) => level === 1);
  const walked: string[] = [];
  let after: string | null = null;
  do {
    const data: Answer = await api.ask(
      'query ($ref: OccurrenceRef!, $after: String) { expand(ref: $ref, first: 1, after: $after) { scenes { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }',
      { ref: motif.ref, after },
    );
    const page: Answer = data.expand.scenes;
    expect(page.totalCount).toBe(motif.scenes.length);
    walked.push(...page.nodes.map(({ id }: Answer) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(walked).toEqual(motif.scenes.map(({ id }: Answer) => id));
});

test('an expansion goes as deep as it is asked to, in the order of the form, a scene standing for itself', async () => {
  const { occurrences } = await api.ask(
    '{ occurrences(filter: { corpus: "повести", level: 9 }, first: 200) { nodes { ref level size } } }',
  );
  const top = occurrences.nodes.find(({ level }: Answer) => level > 1);
  expect(top.size).toBe(32);
  const expand = async (first: number | null, depth: number | null) => {
    const parts: Answer[] = [];
    const scenes: Answer[] = [];
    const couplings = new Set<string>();
    let after: string | null = null;
    do {
      const { expand: page }: Answer = await api.ask(
        `query ($ref: OccurrenceRef!, $first: Int, $depth: Int, $after: String) {
          expand(ref: $ref, first: $first, depth: $depth, after: $after) {
            occurrence { ref } parts { nodes { ref level size firstScene { id } } pageInfo { hasNextPage endCursor } }
            scenes { totalCount nodes { id ref: occurrence { ref } } pageInfo { hasNextPage endCursor } }
            couplings { scene { id } other { id } }
          }
        }`,
        { ref: top.ref, first, depth, after },
      );
      expect(page.scenes).toMatchObject({ totalCount: top.size, pageInfo: page.parts.pageInfo });
      expect(page.parts.nodes.length).toBeLessThanOrEqual(first ?? 200);
      parts.push(...page.parts.nodes);
      scenes.push(...page.scenes.nodes);
      for (const { scene, other } of page.couplings) couplings.add([scene.id, other.id].toSorted().join(' '));
      after = page.parts.pageInfo.hasNextPage ? page.parts.pageInfo.endCursor : null;
    } while (after !== null);
    return { parts, scenes, couplings };
  };
  const whole = await expand(null, null);
  expect(whole.scenes).toHaveLength(top.size);
  expect(whole.parts.map(({ firstScene }) => firstScene)).toEqual(whole.scenes.map(({ id }) => ({ id })));
  expect(whole.parts.map(({ ref }) => ({ ref }))).toEqual(whole.scenes.map(({ ref }) => ref));
  expect(whole.couplings.size).toBeGreaterThan(top.size);
  for (let depth = 1; depth <= top.level; depth++) {
    const expanded = await expand(3, depth);
    const { occurrence } = await api.ask(
      'query ($ref: OccurrenceRef!, $depth: Int!) { occurrence(ref: $ref) { parts(depth: $depth, first: 200) { nodes { ref level size firstScene { id } } } } }',
      { ref: top.ref, depth },
    );
    expect(expanded.parts).toEqual(occurrence.parts.nodes);
    expect(expanded.parts.reduce((sum, { size }) => sum + size, 0)).toBe(top.size);
    expect(expanded.scenes.map(({ ref }) => ref.ref)).toEqual(
      expanded.parts.filter(({ level }) => level === 0).map(({ ref }) => ref),
    );
  }
  expect(await expand(7, top.level)).toEqual(whole);
});

test('two hundred, or as many as a page may hold, are expanded at once when no number is given', async () => {
  const small = await openApi({ limits: { ...LIMITS, pageMax: 3 } });
  try {
    for (const [of, expected] of [
      [api, 200],
      [small, 3],
    ] as const) {
      await of.write(longStory('длинное', 'одно', 230, 'ru'));
      const scenes = await allItems((page) => of.store.scenes({ corpus: corpusName('длинное') }, page));
      const form = { form: 'всё', digest: digestOf('всё'), figures: [] };
      const groups = [{ ...form, scenes: scenes.map(({ id }) => id), bindings: [] }];
      const { revision = 0 } = (await of.store.corpus(corpusName('длинное'))) ?? {};
      await of.store.writeCollapse(corpusName('длинное'), { revision, groups });
      const [motif] = await of.store.motifsOfScenes(scenes.slice(0, 1).map(({ id }) => id));
      const ref = motif === null || motif === undefined ? null : formatOccurrence(motif);
      const { expand } = await of.ask(
        'query ($ref: OccurrenceRef!) { expand(ref: $ref) { parts { nodes { ref } pageInfo { hasNextPage } } scenes { nodes { text } } } }',
        { ref },
      );
      expect(expand.parts.pageInfo.hasNextPage).toBe(true);
      expect(expand.scenes.nodes).toEqual(scenes.slice(0, expected).map(({ text }) => ({ text })));
    }
  } finally {
    await small.close();
  }
});

test('documents added during a walk shift nothing', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  let added = 0;
  do {
    const data: Answer = await api.ask(
      'query ($after: String) { scenes(filter: { corpus: "tales 0" }, first: 1, after: $after) { nodes { text } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    seen.push(...data.scenes.nodes.map(({ text }: Answer) => text));
    after = data.scenes.pageInfo.hasNextPage ? data.scenes.pageInfo.endCursor : null;
    if (added < 2) {
      added += 1;
      await api.write(longStory('tales 0', `added ${added}`, 2, 'en'));
    }
  } while (after !== null);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(3 + 2 * 2);
});

test('fifty is a page when none is asked for', async () => {
  await api.write(longStory('повести', 'третья', 60, 'ru'));
  const { document } = await api.ask(
    '{ document(corpus: "повести", name: "третья") { scenes { totalCount nodes { id } } } }',
  );
  expect([document.scenes.totalCount, document.scenes.nodes.length]).toEqual([60, 50]);
});
