import fc from 'fast-check';
import { BudgetTally } from '../../src/activation/budget.ts';
import { hyperlexemeText, positionsOf, RUNGS } from '../../src/activation/rung.ts';
import type { Facet } from '../../src/scene/facet.ts';
import { figureOf } from '../../src/scene/figure.ts';
import { hyperlexeme } from '../../src/scene/hyperlexeme.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { anyScene } from '../arbitrary/scene.ts';

const byLength = (text: string): number => text.length;
const facet = (key: string): Facet => ({ key, start: 0, end: 1, confidence: 0.9, by: 'word' });
const door: Scene = {
  id: 'x' as Scene['id'],
  position: 0,
  kind: 'scene',
  start: 0,
  end: 34,
  text: 'он стоял у двери, не решаясь войти',
  lang: 'ru',
  agent: { ...facet('он'), entity: 'он' },
  tension: facet('restraint'),
  context: [facet('дверь')],
  atmosphere: facet('silence'),
  archetype: facet('threshold'),
};

test('a scene takes its text, its hyperlexeme with agent and context, three morphemes, one, one', () => {
  expect(hyperlexemeText(door, 'ru')).toBe('порогтишинасдерживание[он; дверь]');
  expect(hyperlexemeText(door, 'en')).toBe('thresholdsilencerestraint[он; дверь]');
  expect(RUNGS.map((rung) => positionsOf(door, rung, 'ru', byLength))).toEqual([34, 33, 3, 1, 1]);
});

test('a scene in which nothing stands still takes one position', () => {
  const bare: Scene = { ...door, agent: null, tension: null, context: [], atmosphere: null, archetype: null };
  expect(hyperlexemeText(bare, 'ru')).toBe('сцена');
  expect(positionsOf(bare, 'facets', 'ru', byLength)).toBe(1);
});

test('rungs of added tokens never take more than three positions', () => {
  fc.assert(
    fc.property(anyScene, (scene) => {
      const facets = positionsOf(scene, 'facets', 'ru', byLength);
      expect(facets).toBeGreaterThanOrEqual(1);
      expect(facets).toBeLessThanOrEqual(3);
      expect(hyperlexemeText(scene, 'en').startsWith(hyperlexeme(figureOf(scene), 'en'))).toBe(true);
    }),
  );
});

test('median, p90, mean and total are those of the scenes, by language and kind', () => {
  fc.assert(
    fc.property(fc.array(anyScene, { minLength: 1, maxLength: 40 }), (scenes) => {
      const tally = new BudgetTally('ru');
      for (const scene of scenes)
        tally.add(scene, { text: scene.text.length, hyperlexeme: hyperlexemeText(scene, 'ru').length });
      expect(new BudgetTally('ru', tally.state).rows()).toEqual(tally.rows());
      const rows = tally.rows();
      expect(rows.reduce((sum, row) => sum + row.scenes, 0)).toBe(scenes.length);
      for (const { lang, kind, scenes: count, positions } of rows) {
        const lengths = scenes
          .filter((scene) => scene.lang === lang && scene.kind === kind)
          .map(({ text }) => text.length)
          .toSorted((x, y) => x - y);
        expect(count).toBe(lengths.length);
        expect(positions.text.total).toBe(lengths.reduce((sum, n) => sum + n, 0));
        expect(positions.text.median).toBe(lengths[Math.ceil(lengths.length / 2) - 1]);
        expect(positions.text.p90).toBe(lengths[Math.ceil(lengths.length * 0.9) - 1]);
        expect(positions.text.max).toBe(lengths.at(-1));
        expect(positions.code).toEqual({ total: count, mean: 1, median: 1, p90: 1, max: 1 });
      }
    }),
  );
});
