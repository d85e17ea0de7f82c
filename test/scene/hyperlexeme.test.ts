import fc from 'fast-check';
import { figureKey } from '../../src/scene/figure.ts';
import { figuresCalled, hyperlexeme, morphemes } from '../../src/scene/hyperlexeme.ts';
import { LANGUAGES } from '../../src/scene/scene.ts';
import { anyFigure } from '../arbitrary/figure.ts';

const keysCalled = (word: string): readonly string[] => figuresCalled(word).map(figureKey);

test('a figure of two or three morphemes is found by its hyperlexeme in either language, in any case', () => {
  expect(keysCalled('порогтишинасдерживание')).toEqual(['threshold.silence.restraint']);
  expect(keysCalled('ThresholdSilence')).toEqual(['threshold.silence.none']);
  fc.assert(
    fc.property(anyFigure, fc.constantFrom(...LANGUAGES), (figure, labels) => {
      const word = hyperlexeme(figure, labels);
      const isCompound = morphemes(figure, labels).length > 1;
      expect(keysCalled(word).includes(figureKey(figure))).toBe(isCompound);
      expect(keysCalled(word.toUpperCase())).toEqual(keysCalled(word));
    }),
  );
});

test.each(['порог', 'silence', 'сцена', 'scene', '', 'тишинапорог', 'порогтишинасдерживаниех', 'царь'])(
  '%j is the hyperlexeme of no figure, or of one morpheme alone',
  (word) => expect(figuresCalled(word)).toEqual([]),
);
