import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, longStory, story } from './sketches.ts';

let reader: Reader;
let api: TestApi;

beforeAll(async () => {
  reader = inlineReader(openSentenceReader);
  api = await openApi({ reader });
  for (const lang of ['ru', 'en'] as const) {
    await api.write(story(lang));
    await api.write(longStory(`long ${lang}`, 'one', 210, lang));
    for (const corpus of [CORPORA[lang], `long ${lang}`])
      await api.ask(
        'mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } collapse(corpus: $corpus) { occurrences } }',
        { corpus },
      );
  }
});

afterAll(async () => {
  await api.close();
  await reader.close();
});

const ACTIVATE = `query ($query: String!, $corpus: String!) { activate(from: { query: $query }, corpus: $corpus) {
  corpus { name } seedCount seedsLeft litCount touched rounds residual truncated wordsLeft
  clues { kind key label(labels: EN) weight sceneCount takenCount }
  scenes { score coupled scene { text } because { kind key } through { weight because { kind } other { text } } }
} }`;

test.each([
  ['сказки', 'страх в метель', 'Анна боялась.', 'метель', ['Анна ждала поезда в метель.', 'Вронский вышел в метель.']],
  [
    'tales',
    'fear in a storm',
    'Mary was afraid.',
    'storm',
    ['Mary waited in the storm.', 'John went out into the storm.'],
  ],
])(
  'in %s a query lights up what answers to it and what is coupled with that',
  async (corpus, query, afraid, storm, stormy) => {
    const { activate } = await api.ask(ACTIVATE, { corpus, query });
    expect(activate).toMatchObject({
      corpus: { name: corpus },
      truncated: null,
      wordsLeft: [],
      seedsLeft: 0,
      seedCount: 3,
    });
    expect(activate.litCount).toBe(activate.scenes.length);
    expect(activate.clues).toContainEqual({
      kind: 'TENSION',
      key: 'fear',
      label: 'fear',
      weight: expect.closeTo(1),
      sceneCount: 1,
      takenCount: 1,
    });
    expect(activate.clues).toContainEqual(expect.objectContaining({ kind: 'CONTEXT', key: storm, sceneCount: 2 }));
    const textsOf = (key: string): readonly string[] =>
      activate.scenes
        .filter(({ because }: Answer) => because.some((clue: Answer) => clue.key === key))
        .map(({ scene }: Answer) => scene.text);
    expect(textsOf('fear')).toEqual([afraid]);
    expect(textsOf(storm).toSorted()).toEqual(stormy.toSorted());
    const reached = activate.scenes.filter(({ because }: Answer) => because.length === 0);
    expect(reached.length).toBeGreaterThan(0);
    for (const { through, coupled } of reached) {
      if (through.because.some(({ kind }: Answer) => kind !== 'SEQUENCE')) expect(coupled).toBe(true);
      expect(through.because.length).toBeGreaterThan(0);
      expect(activate.scenes.map(({ scene }: Answer) => scene.text)).toContain(through.other.text);
    }
  },
);

test('a code, an occurrence and a scene light up as well, the latter two without a corpus', async () => {
  const { scenes } = await api.ask(
    '{ scenes(filter: { corpus: "tales" }) { nodes { id key code occurrence { ref } } } }',
  );
  const [scene] = scenes.nodes;
  const data = await api.ask(
    `query ($code: Code!, $ref: OccurrenceRef!, $id: ID!, $key: ID!) {
      code: activate(from: { code: $code }, corpus: "tales") { ...A } ref: activate(from: { occurrence: $ref }) { ...A }
      id: activate(from: { scene: $id }) { ...A } key: activate(from: { scene: $key }) { ...A }
    } fragment A on Activation { corpus { name } clues { kind key } scenes { scene { key } } }`,
    { code: scene.code, ref: scene.occurrence.ref, id: scene.id, key: scene.key },
  );
  for (const { corpus, scenes: lit } of Object.values<Answer>(data)) {
    expect(corpus.name).toBe('tales');
    expect(lit[0].scene.key).toBe(scene.key);
    expect(lit.length).toBeGreaterThan(1);
  }
  expect(data.code.clues).toEqual([{ kind: 'CODE', key: scene.code }]);
  expect(data.ref.clues).toEqual([{ kind: 'OCCURRENCE', key: scene.occurrence.ref }]);
  expect(data.id.clues).toEqual([{ kind: 'SCENE', key: scene.key }]);
});

const ASSEMBLE = `query ($from: ActivationSource!, $corpus: String, $tokens: Int!, $rung: FoldedRung!) {
  assemble(from: $from, corpus: $corpus, tokens: $tokens, rung: $rung, labels: EN) {
    tokenizer tokens positions activation { litCount scenes { scene { key } } }
    pieces { form rung text positions occurrence { ref level } scenes { key text } } dropped { scene { key } why }
  }
}`;

test.each([
  ['long ru', 'герой боится в тишине'],
  ['long en', 'a hero is afraid in the silence'],
])(
  'in %s what lit up is put into a number of tokens, whole, folded, as motifs and as communities',
  async (corpus, query) => {
    const forms = new Set<string>();
    for (const [tokens, rung] of [
      [40, 'HYPERLEXEME'],
      [60, 'OCCURRENCE'],
      [200, 'CODE'],
    ] as const) {
      const { assemble } = await api.ask(ASSEMBLE, { from: { query }, corpus, tokens, rung });
      expect(assemble).toMatchObject({ tokenizer: 'o200k_base', tokens });
      expect(assemble.positions).toBeLessThanOrEqual(tokens);
      expect(assemble.pieces.reduce((sum: number, { positions }: Answer) => sum + positions, 0)).toBe(
        assemble.positions,
      );
      for (const { form, rung: on, text, occurrence, scenes } of assemble.pieces) {
        forms.add(form);
        expect(on).toBe(form === 'WHOLE' ? 'TEXT' : rung);
        if (form === 'WHOLE') expect(text).toBe(scenes[0].text);
        if (rung === 'OCCURRENCE' && form !== 'WHOLE') expect(text).toBe(occurrence.ref);
        if (form === 'COMMUNITY') expect(occurrence.level).toBeGreaterThan(1);
        else expect(occurrence.level).toBe(form === 'MOTIF' ? 1 : 0);
      }
      const placed = assemble.pieces.flatMap(({ scenes }: Answer) => scenes.map(({ key }: Answer) => key));
      const dropped = assemble.dropped.map(({ scene }: Answer) => scene.key);
      const lit = assemble.activation.scenes.map(({ scene }: Answer) => scene.key);
      expect(new Set([...placed, ...dropped]).size).toBe(placed.length + dropped.length);
      expect([...placed, ...dropped]).toEqual(expect.arrayContaining(lit));
    }
    expect(forms).toEqual(new Set(['WHOLE', 'FOLDED', 'MOTIF', 'COMMUNITY']));
  },
);

test('however many scenes are asked for, the statements are the same but for the rounds', async () => {
  const activate = `query ($limit: Int!) { activate(from: { query: "герой боится" }, corpus: "long ru", limit: $limit) {
    rounds scenes { scene { text document { name } occurrence { ref } } because { label } } } }`;
  const assemble = `query ($limit: Int!) { assemble(from: { query: "герой боится" }, corpus: "long ru", tokens: 2000, limit: $limit) {
    activation { rounds } pieces { occurrence { hypertoken { code } } scenes { text motif { ref } } } dropped { scene { text } } } }`;
  for (const query of [activate, assemble]) {
    const counts: number[] = [];
    // More than it starts from: else neither other scenes nor couplings are read.
    for (const limit of [40, 70, 200]) {
      const data = await api.ask(query, { limit });
      const { rounds } = data.activate ?? data.assemble.activation;
      counts.push((await api.reads(query, { limit })) - rounds);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(new Set(counts).size).toBe(1);
  }
});

test.each([
  ['no source', '{}'],
  ['two sources', '{ query: "x", code: "Δ1" }'],
  ['a source that is null', '{ query: null }'],
])('%s is refused before anything is read', async (_, from) => {
  const before = api.store.statistics().reads;
  const { data, errors } = await api.answer(`{ activate(from: ${from}, corpus: "tales") { litCount } }`);
  expect(data).toBeUndefined();
  expect(errors[0].message).toMatch(/OneOf|exactly one|non-null/iu);
  expect(api.store.statistics().reads).toBe(before);
});

test.each([
  ['from: { query: "…" }, corpus: "tales"', 'BAD_ARGUMENT'],
  ['from: { query: "storm" }', 'BAD_ARGUMENT'],
  ['from: { code: "Δ0" }', 'BAD_ARGUMENT'],
  ['from: { query: "storm" }, corpus: "нет"', 'CORPUS_NOT_FOUND'],
  ['from: { code: 999999 }, corpus: "tales"', 'CODE_NOT_FOUND'],
  ['from: { occurrence: "Δ0:999999" }', 'OCCURRENCE_NOT_FOUND'],
  ['from: { scene: "00000000000000000000000000000000" }', 'SCENE_NOT_FOUND'],
  ['from: { scene: "x" }', 'BAD_ARGUMENT'],
  ['from: { query: "storm" }, corpus: "tales", limit: 0', 'BAD_ARGUMENT'],
  ['from: { query: "storm" }, corpus: "tales", limit: 201', 'PAGE_TOO_LARGE'],
  ['from: { query: "storm" }, corpus: "tales", budget: 2001', 'BAD_ARGUMENT'],
])('activate(%s) is %s', async (args, code) => {
  const { errors } = await api.answer(`{ activate(${args}) { litCount } }`);
  expect(errors[0].extensions.code).toBe(code);
});

test('tokens from 1 on, and as many scenes as a page may have', async () => {
  const refusal = async (args: string): Promise<string> => {
    const { errors } = await api.answer(
      `{ assemble(from: { query: "storm" }, corpus: "tales", ${args}) { positions } }`,
    );
    return errors[0].extensions.code;
  };
  expect(await refusal('tokens: 0')).toBe('BAD_ARGUMENT');
  expect(await refusal('tokens: 10, limit: 201')).toBe('PAGE_TOO_LARGE');
});

test('what stands below the scenes counts as often as there may be scenes', async () => {
  const { errors } = await api.answer(`{ activate(from: { query: "storm" }, corpus: "tales", limit: 200) {
    scenes { scene { couplings(first: 200) { nodes { other { text } } } } } } }`);
  expect(errors[0].extensions.code).toBe('QUERY_TOO_LARGE');
});
