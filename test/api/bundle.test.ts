import type { Language } from '../../src/scene/scene.ts';
import { openApi, type TestApi } from './open-api.ts';
import { CORPORA, STORIES, story } from './sketches.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
  for (const lang of ['ru', 'en'] as const) {
    await api.write(story(lang));
    await api.ask(
      'mutation ($corpus: String!) { recouple(corpus: $corpus) { scenes } collapse(corpus: $corpus) { occurrences } }',
      { corpus: CORPORA[lang] },
    );
  }
});

afterAll(() => api.close());

/** The occurrence that holds all six scenes of a story. */
const wholeOf = async (corpus: string): Promise<string> => {
  const { occurrences } = await api.ask(
    'query ($corpus: String!) { occurrences(filter: { corpus: $corpus }, first: 200) { nodes { ref size } } }',
    { corpus },
  );
  return occurrences.nodes.find(({ size }: { readonly size: number }) => size === STORIES.ru.length).ref;
};

const BUNDLE = `query ($ref: OccurrenceRef!, $labels: Language!, $scenesMax: Int! = 5000) {
  bundle(ref: $ref, scenesMax: $scenesMax) {
    occurrence { ref size } scenesRead truncated
    agents { kind key label(labels: $labels) sceneCount } contexts { key sceneCount }
    tension { key label(labels: $labels) sceneCount } atmosphere { label(labels: $labels) sceneCount } archetype { label(labels: $labels) }
    hyperlexeme(labels: $labels) gloss(labels: $labels)
    tensionCurve { sceneCount tense tension { key } }
    spans { document { name } sceneCount from to start end } documentCount
    coherence coupledCount carried summary { text }
  }
}`;

test.each([
  [
    'ru',
    ['анна', 'вронский'],
    'метель',
    ['порогхолодпокой', 'анна и вронский: порог, холод, покой (спадает); вокруг: метель. 6 сцен, story 0–5'],
  ],
  [
    'en',
    ['mary', 'john'],
    'storm',
    ['thresholdcoldcalm', 'mary and john: threshold, cold, calm (falling); around: storm. 6 scenes, story 0–5'],
  ],
] as const)('tells a whole story in %s', async (lang: Language, agents, context, [lexeme, gloss]) => {
  const ref = await wholeOf(CORPORA[lang]);
  const { bundle } = await api.ask(BUNDLE, { ref, labels: lang.toUpperCase() });
  expect(bundle).toMatchObject({ occurrence: { ref, size: 6 }, scenesRead: 6, truncated: false, documentCount: 1 });
  expect(bundle.agents).toEqual([
    { kind: 'AGENT', key: agents[0], label: agents[0], sceneCount: 3 },
    { kind: 'AGENT', key: agents[1], label: agents[1], sceneCount: 2 },
  ]);
  expect(bundle.contexts).toEqual([{ key: context, sceneCount: 2 }]);
  expect(bundle.atmosphere.sceneCount).toBe(2);
  expect(bundle.tensionCurve.map(({ tense }: { readonly tense: number }) => tense)).toEqual([1, 1, 1, 1, 0, 0]);
  expect(bundle.spans).toEqual([
    { document: { name: 'story' }, sceneCount: 6, from: 0, to: 5, start: 0, end: expect.any(Number) },
  ]);
  expect(bundle.coherence).toBe(1);
  expect(bundle.coupledCount).toBe(6);
  expect(bundle.summary).toHaveLength(3);
  expect(bundle.carried).toBeGreaterThan(0.5);
  // Four tensions stand once each: the first by key is taken.
  expect([bundle.tension.key, bundle.hyperlexeme, bundle.gloss]).toEqual(['calm', lexeme, gloss]);
});

test('says when it read a part only', async () => {
  const { bundle } = await api.ask(BUNDLE, { ref: await wholeOf('tales'), labels: 'EN', scenesMax: 2 });
  expect(bundle).toMatchObject({ scenesRead: 2, truncated: true });
});

test.each([
  ['ref: "Δ0:999999"', 'OCCURRENCE_NOT_FOUND'],
  ['ref: "Δ0:1", scenesMax: 0', 'BAD_ARGUMENT'],
  ['ref: "Δ0:1", scenesMax: 20001', 'BAD_ARGUMENT'],
])('bundle(%s) is %s', async (args, code) => {
  const { errors } = await api.answer(`{ bundle(${args}) { scenesRead } }`);
  expect(errors[0].extensions.code).toBe(code);
});
