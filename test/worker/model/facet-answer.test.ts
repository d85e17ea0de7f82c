import fc from 'fast-check';
import { FACET_KINDS, type FacetKind } from '../../../src/scene/facet.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { judgeAnswer, spanOfWords } from '../../../src/worker/model/facet-answer.ts';
import { facetQuestion, INVENTORIES, isClosed } from '../../../src/worker/model/facet-question.ts';
import { weakFacets } from '../../../src/worker/model/weak-facets.ts';
import { anyScene } from '../../arbitrary/scene.ts';

const anyKinds: fc.Arbitrary<readonly FacetKind[]> = fc.subarray([...FACET_KINDS], { minLength: 1 });

const anyAnswer = (kinds: readonly FacetKind[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(Object.fromEntries(kinds.map((kind) => [kind, fc.oneof(fc.string(), fc.jsonValue())])))
      .map((each) => JSON.stringify(each)),
  );

test('whatever a model says, every facet that was asked for is answered, for nothing or dropped, and answers hold', () => {
  const property = fc.property(
    anyScene,
    anyKinds.chain((kinds) => fc.tuple(fc.constant(kinds), anyAnswer(kinds))),
    (scene, [kinds, text]) => {
      const { answers, none, dropped } = judgeAnswer(scene, kinds, text);
      const told = [...answers.map(({ kind }) => kind), ...none, ...dropped.map(({ kind }) => kind)];
      expect(told.toSorted()).toEqual(kinds.toSorted());
      for (const { kind, key, start, end } of answers) {
        expect(start).toBeGreaterThanOrEqual(scene.start);
        expect(end).toBeLessThanOrEqual(scene.end);
        if (isClosed(kind)) expect(Object.hasOwn(INVENTORIES[kind], key)).toBe(true);
        else expect(scene.text.slice(start - scene.start, end - scene.start)).toBe(key);
      }
    },
  );
  fc.assert(property);
});

test('a question holds what is weak and nothing else, and the scene stands in it as one line of JSON', () => {
  const property = fc.property(anyScene, fc.double({ min: 0.1, max: 1, noNaN: true }), (scene, confidenceMin) => {
    const kinds = weakFacets(scene, confidenceMin);
    const { prompt, schema } = facetQuestion(scene, kinds);
    expect(Object.keys(schema['properties'] as object).toSorted()).toEqual(kinds.toSorted());
    expect(schema).toMatchObject({
      required: Object.keys(schema['properties'] as object),
      additionalProperties: false,
    });
    const [segment] = prompt.segments;
    const lines = segment?.kind === 'text' ? segment.text.split('\n') : [];
    expect(JSON.parse(lines.at(-1) ?? '')).toBe(scene.text);
    for (const kind of kinds) {
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
  const [segment] = facetQuestion(scene, ['tension']).prompt.segments;
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
