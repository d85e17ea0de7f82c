import fc from 'fast-check';
import type { MadeToken } from '../../../src/model/language-model.ts';
import { FACET_KINDS, type FacetKind } from '../../../src/scene/facet.ts';
import { TENSIONS } from '../../../src/scene/inventory.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { judgeAnswer, spanOfWords } from '../../../src/worker/model/facet-answer.ts';
import { facetQuestion, INVENTORIES, isClosed } from '../../../src/worker/model/facet-question.ts';
import { weakFacets } from '../../../src/worker/model/weak-facets.ts';
import { anyScene } from '../../arbitrary/scene.ts';

const anyKind: fc.Arbitrary<FacetKind> = fc.constantFrom(...FACET_KINDS);

const anyAnswer = (kind: FacetKind): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ [kind]: fc.oneof(fc.string(), fc.jsonValue()) }).map((each) => JSON.stringify(each)),
    fc
      .record({ words: fc.string(), key: fc.oneof(fc.string(), fc.constantFrom(...Object.keys(TENSIONS), 'none')) })
      .map((each) => JSON.stringify({ [kind]: each })),
  );

/** Tokens of a character or several, each as likely as the other. */
const tokensOf = (text: string, length: number): readonly MadeToken[] =>
  Array.from({ length: Math.ceil(text.length / length) }, (_, i) => ({
    end: Math.min(text.length, (i + 1) * length),
    probability: 0.5,
  }));

test('whatever a model says of a facet: it is for nothing, does not hold, or holds', () => {
  const property = fc.property(
    anyScene,
    anyKind.chain((kind) => fc.tuple(fc.constant(kind), anyAnswer(kind))),
    fc.integer({ min: 1, max: 5 }),
    (scene, [kind, text], length) => {
      const judged = judgeAnswer(scene, kind, { text, tokens: tokensOf(text, length) });
      if (typeof judged === 'string') return;
      const { key, start, end, probability } = judged;
      expect(judged.kind).toBe(kind);
      expect(start).toBeGreaterThanOrEqual(scene.start);
      expect(end).toBeLessThanOrEqual(scene.end);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(0.5);
      if (isClosed(kind)) expect(Object.hasOwn(INVENTORIES[kind], key)).toBe(true);
      else expect(scene.text.slice(start - scene.start, end - scene.start)).toBe(key);
    },
  );
  fc.assert(property);
});

test.each([
  ['{"tension":{"words":"he \\"key\\":\\"joy\\" {","key":"fear"}}', 'tension', '"fear"'],
  ['{ "tension" : { "words": "", "key" : "fear" } }', 'tension', '"fear"'],
  ['{"agent": "царь"}', 'agent', '"царь"'],
] as const)('the probability is that of the answer alone: %s', (text, kind, answer) => {
  const scene = { text: 'He saw the царь, in fear.', start: 0, end: 25, lang: 'en' } as Scene;
  const from = text.lastIndexOf(answer);
  // The quotation mark that opens it says nothing of what it will be.
  const tokens = [...text].map((_, i) => ({
    end: i + 1,
    probability: i > from && i < from + answer.length ? 0.5 : 0.9,
  }));
  const judged = judgeAnswer(scene, kind, { text, tokens });
  expect(judged).toMatchObject({ kind, probability: 0.5 ** (answer.length - 1) });
  expect(judgeAnswer(scene, kind, { text, tokens: null })).toMatchObject({ kind, probability: null });
});

test('a question holds one facet and nothing else, and the scene stands in it as one line of JSON', () => {
  const property = fc.property(anyScene, anyKind, (scene, kind) => {
    const { prompt, schema } = facetQuestion(scene, kind);
    expect(schema).toMatchObject({ required: [kind], additionalProperties: false });
    expect(Object.keys(schema['properties'] as object)).toEqual([kind]);
    const [segment] = prompt.segments;
    const lines = segment?.kind === 'text' ? segment.text.split('\n') : [];
    expect(JSON.parse(lines.at(-1) ?? '')).toBe(scene.text);
  });
  fc.assert(property);
});

test('what is asked for is what is weak', () => {
  const property = fc.property(anyScene, fc.double({ min: 0.1, max: 1, noNaN: true }), (scene, confidenceMin) => {
    for (const kind of weakFacets(scene, confidenceMin)) {
      const facets = kind === 'context' ? scene.context : [scene[kind]];
      expect(facets.every((facet) => facet === null || facet.confidence < confidenceMin)).toBe(true);
    }
  });
  fc.assert(property);
});

test.each([
  ['ru', 'сдерживание', 'Прочти сцену'],
  ['en', 'astonishment', 'Read the scene'],
] as const)('a question is in the language of the scene (%s)', (lang, label, task) => {
  const scene = { text: 'x', lang } as Scene;
  const [segment] = facetQuestion(scene, 'tension').prompt.segments;
  expect(segment).toMatchObject({ text: expect.stringContaining(label) });
  expect(segment).toMatchObject({ text: expect.stringContaining(task) });
});

test('what a person said, and a scene without a letter, are not asked about', () => {
  const facet = { key: 'fear', start: 0, end: 1, confidence: 0.1, by: 'person' } as const;
  const scene = {
    text: 'Он.',
    agent: null,
    tension: facet,
    context: [],
    atmosphere: null,
    archetype: null,
  } as unknown as Scene;
  expect(weakFacets(scene, 0.5)).toEqual(['agent', 'context', 'atmosphere', 'archetype']);
  expect(weakFacets({ ...scene, text: '* * *' }, 0.5)).toEqual([]);
});

test.each([
  ['Вронский стоял у двери.', 'двери', [17, 22]],
  ['Вронский стоял у двери.', '«Двери»!', [17, 22]],
  ['Вронский стоял у двери.', 'дверь', null],
  ['Вронский стоял у двери.', 'двер', null],
  ['The old  man waited.', 'old man', [4, 12]],
  ['Who (he?) came.', '(he?)', [5, 7]],
  ['Who came.', '…', null],
] as const)('words are found whole: in %s, %s', (text, words, span) => {
  const found = spanOfWords(text, words);
  expect(found && [found.start, found.end]).toEqual(span);
});
