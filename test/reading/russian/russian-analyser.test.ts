import fc from 'fast-check';
import { openRumorph } from '../../../src/reading/russian/rumorph.ts';
import { openRussianAnalyser } from '../../../src/reading/russian/russian-analyser.ts';

const analyser = await openRussianAnalyser();
const tokenOf = (sentence: string, text: string) => analyser.analyse(sentence).find((token) => token.text === text);

describe('Russian words in their sentence', () => {
  test.each([
    ['Он стоял у двери.', 'двери', { lemma: 'дверь', pos: 'NOUN', features: { Case: 'Gen' } }],
    ['Он стоял у двери, не решаясь войти.', 'решаясь', { lemma: 'решаться', features: { VerbForm: 'Conv' } }],
    ['Дети переправились через реку.', 'Дети', { lemma: 'ребенок', features: { Case: 'Nom', Number: 'Plur' } }],
    ['Ворота были заперты.', 'заперты', { lemma: 'запереть', features: { VerbForm: 'Part', Variant: 'Short' } }],
    ['Ей не хватало духу войти.', 'духу', { lemma: 'дух', features: { Case: 'Gen' } }],
    ['Отвечал важно Томский.', 'Томский', { pos: 'PROPN' }],
    ['Он вышел на Невский проспект.', 'Невский', { pos: 'ADJ' }],
    ['Она купила за\u0301мок.', 'за\u0301мок', { form: 'замок', pos: 'NOUN' }],
    ['Ёлка горела.', 'Ёлка', { form: 'елка', lemma: 'елка' }],
    ['Он прочёл 12 книг.', '12', { pos: 'NUM' }],
    ['Он ушёл…', '…', { pos: 'PUNCT' }],
    ['Он сказал 漢字.', '漢字', { text: '漢字' }],
  ])('%s: %s', (sentence, text, expected) => {
    expect(tokenOf(sentence, text)).toMatchObject(expected);
  });
});

describe('rumorph', () => {
  test('gives one analysis a word, whatever the words', async () => {
    const rumorph = await openRumorph();
    const word = fc.oneof(fc.constantFrom('дом', 'стоял', 'не', 'у'), fc.string({ unit: 'binary', maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const clean = words.map((text) => text.replaceAll(/\s/gu, ''));
        expect(rumorph.analyse(clean)).toHaveLength(clean.length);
      }),
    );
  });

  test('analyses sentences longer than one call takes', async () => {
    const rumorph = await openRumorph();
    const analyses = rumorph.analyse(new Array<string>(5_001).fill('двери'));
    expect(analyses).toHaveLength(5_001);
    expect(new Set(analyses.map((analysis) => analysis?.lemma))).toEqual(new Set(['дверь']));
  });
});
