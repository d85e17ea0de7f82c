import type { Bundle } from '../../src/collapse/bundle.ts';
import { gloss } from '../../src/collapse/gloss.ts';
import { EMPTY_FIGURE } from '../../src/scene/figure.ts';
import type { DocumentName } from '../../src/scene/name.ts';
import type { DocumentId } from '../../src/scene/scene.ts';

const span = (from: number, to: number) => ({
  document: 'd' as DocumentId,
  documentName: 'Емельян.txt' as DocumentName,
  scenes: 39,
  from,
  to,
  start: 0,
  end: 1,
});

const curveOf = (...shares: readonly number[]) => shares.map((tense) => ({ scenes: 3, tense, tension: null }));

const BUNDLE: Bundle = {
  scenes: 39,
  agents: [
    { key: 'Емельян', scenes: 12 },
    { key: 'царь', scenes: 6 },
    { key: 'жена', scenes: 5 },
  ],
  contexts: ['дверь', 'река', 'барабан', 'город'].map((key, i) => ({ key, scenes: 9 - i })),
  tension: { key: 'restraint', scenes: 20 },
  atmosphere: { key: 'silence', scenes: 4 },
  archetype: { key: 'threshold', scenes: 7 },
  figure: { archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' },
  curve: curveOf(0, 0.2, 0.4, 0.6, 0.8, 1),
  spans: [span(12, 80)],
  documents: 1,
  coherence: 0.8,
  coupled: 39,
  summary: { scenes: [], carried: null },
};

it('says who, what, in what tension, among what, how many and where', () => {
  expect(gloss(BUNDLE, 'ru')).toBe(
    'Емельян и царь: порог, тишина, сдерживание (нарастает); вокруг: дверь, река, барабан. 39 сцен, Емельян.txt 12–80',
  );
  expect(gloss(BUNDLE, 'en')).toBe(
    'Емельян and царь: threshold, silence, restraint (rising); around: дверь, река, барабан. 39 scenes, Емельян.txt 12–80',
  );
});

it('leaves out what does not stand', () => {
  const bare = {
    ...BUNDLE,
    agents: [],
    contexts: [],
    tension: null,
    figure: EMPTY_FIGURE,
    scenes: 1,
    spans: [span(4, 4)],
  };
  expect(gloss(bare, 'ru')).toBe('сцены без фигуры. 1 сцена, Емельян.txt 4');
  expect(gloss(bare, 'en')).toBe('scenes without a figure. 1 scene, Емельян.txt 4');
});

it.each([
  [[1, 0.9, 0.5, 0.4, 0.2, 0], 'спадает', 'falling'],
  [[0.5, 0.5, 0.9, 0.1, 0.6, 0.5], null, null],
  [[0, 1], null, null],
] as const)('says where tension runs to: %j', (shares, ru, en) => {
  const bundle = { ...BUNDLE, curve: curveOf(...shares) };
  const course = (labels: 'ru' | 'en') => /\((.*?)\)/u.exec(gloss(bundle, labels))?.[1] ?? null;
  expect([course('ru'), course('en')]).toEqual([ru, en]);
});

it.each([
  [2, 3, '2 сцены, 3 документа', '2 scenes, 3 documents'],
  [21, 5, '21 сцена, 5 документов', '21 scenes, 5 documents'],
  [11, 21, '11 сцен, 21 документ', '11 scenes, 21 documents'],
])('counts %i scenes of %i documents in the forms of either language', (scenes, documents, ru, en) => {
  const bundle = { ...BUNDLE, scenes, documents };
  expect(gloss(bundle, 'ru')).toMatch(new RegExp(`${ru}$`, 'u'));
  expect(gloss(bundle, 'en')).toMatch(new RegExp(`${en}$`, 'u'));
});
