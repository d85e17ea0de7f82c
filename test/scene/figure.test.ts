import fc from 'fast-check';
import type { Facet } from '../../src/scene/facet.ts';
import { EMPTY_FIGURE, figureDigest, figureKey, figureOf, NONE, parseFigureKey } from '../../src/scene/figure.ts';
import { hyperlexeme } from '../../src/scene/hyperlexeme.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../src/scene/inventory.ts';
import { anyFigure } from '../arbitrary/figure.ts';

const facet = (key: string, confidence: number): Facet => ({ key, start: 0, end: 1, confidence, by: 'word' });

test('43 · 15 · 41 figures have as many keys and digests', () => {
  const keys = new Set<string>();
  const digests = new Set<string>();
  for (const archetype of [NONE, ...Object.keys(ARCHETYPES)])
    for (const atmosphere of [NONE, ...Object.keys(ATMOSPHERES)])
      for (const tension of [NONE, ...Object.keys(TENSIONS)]) {
        const figure = parseFigureKey(`${archetype}.${atmosphere}.${tension}`);
        if (figure === null) throw new Error('every combination is a figure');
        keys.add(figureKey(figure));
        digests.add(figureDigest(figure));
      }
  expect(keys.size).toBe(26_445);
  expect(digests.size).toBe(26_445);
});

test('a figure is read back from its key', () => {
  fc.assert(fc.property(anyFigure, (figure) => expect(parseFigureKey(figureKey(figure))).toEqual(figure)));
});

test.each([
  '',
  'none',
  'none.none',
  'none.none.none.none',
  'порог.тишина.сдерживание',
  'threshold.silence.',
  'toString.none.none',
])('%j is no figure', (key) => expect(parseFigureKey(key)).toBeNull());

test('a facet under confidence 0.5 stands as none', () => {
  expect(
    figureOf({
      archetype: facet('threshold', 0.5),
      atmosphere: facet('silence', 0.49),
      tension: facet('restraint', 1),
    }),
  ).toEqual({ archetype: 'threshold', atmosphere: 'none', tension: 'restraint' });
});

test('a key outside the inventory stands as none', () => {
  expect(figureOf({ archetype: facet('constructor', 1), atmosphere: null, tension: null })).toEqual(EMPTY_FIGURE);
});

test('the hyperlexeme compounds archetype, atmosphere and tension', () => {
  const figure = { archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' } as const;
  expect(hyperlexeme(figure, 'ru')).toBe('порогтишинасдерживание');
  expect(hyperlexeme(figure, 'en')).toBe('thresholdsilencerestraint');
});

test('what is none is left out, and a figure of nothing is called a scene', () => {
  expect(hyperlexeme({ ...EMPTY_FIGURE, archetype: 'refusal' }, 'ru')).toBe('отказотзова');
  expect(hyperlexeme(EMPTY_FIGURE, 'ru')).toBe('сцена');
  expect(hyperlexeme(EMPTY_FIGURE, 'en')).toBe('scene');
});

test('the digest of a figure never changes', () => {
  // A release that changed these would orphan every code that anybody has stored or exported.
  expect(figureDigest(EMPTY_FIGURE)).toMatchInlineSnapshot(`"5f88c380d4234951e2b98e74cf7299a9"`);
  expect(figureDigest({ archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' })).toMatchInlineSnapshot(
    `"f5f5c97bb2c536452ab0d70e69be70d0"`,
  );
});
