import { openEnglishAnalyser } from '../../../src/reading/english/english-analyser.ts';
import { type Lexicons, parseLexicons } from '../../../src/reading/lexicon/lexicon.ts';
import { loadLexicons, WORD_CLASSES } from '../../../src/reading/lexicon/load-lexicons.ts';
import { openRussianAnalyser } from '../../../src/reading/russian/russian-analyser.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../../src/scene/inventory.ts';
import { LANGUAGES } from '../../../src/scene/scene.ts';

const lexicons = await loadLexicons();
const all: readonly Lexicons<string>[] = [lexicons.tension, lexicons.archetype, lexicons.atmosphere, lexicons.classes];
const parse = (text: string) => parseLexicons([{ name: 'fear.txt', text }], new Set(['fear', 'hope'] as const));

describe('the files', () => {
  test.each([
    ['tension', TENSIONS],
    ['archetype', ARCHETYPES],
    ['atmosphere', ATMOSPHERES],
    ['classes', Object.fromEntries(WORD_CLASSES.map((key) => [key, true]))],
  ] as const)('%s: every key has words in both languages', (name, inventory) => {
    const given: Lexicons<string> = lexicons[name];
    // Russian nouns tell gender by themselves.
    const keys = Object.keys(inventory).filter((key) => key !== 'male' && key !== 'female');
    for (const lang of LANGUAGES)
      expect(keys.filter((key) => !given[lang].entries.some((entry) => entry.key === key))).toEqual([]);
  });

  test('every Russian word is a lemma, or a form that no noun can be mistaken for', async () => {
    const analyser = await openRussianAnalyser();
    const isReached = (word: string): boolean =>
      [word, `это ${word}`, `его ${word}`, `не ${word}`, `${word} войти`].some((sentence) =>
        analyser.analyse(sentence).some(({ lemma, form, pos }) => lemma === word || (form === word && pos !== 'NOUN')),
      );
    const words = all.flatMap(({ ru }) => ru.entries.flatMap((entry) => entry.words));
    expect([...new Set(words)].filter((word) => !isReached(word))).toEqual([]);
  });

  test('every English word is a lemma or a form', () => {
    const analyser = openEnglishAnalyser();
    const isReached = (word: string): boolean =>
      [word, `to ${word} it`, `the ${word}`, `the ${word} man`, `it was ${word}`].some((sentence) =>
        analyser.analyse(sentence).some(({ lemma, form }) => lemma === word || form === word),
      );
    const words = all.flatMap(({ en }) => en.entries.flatMap((entry) => entry.words));
    expect([...new Set(words)].filter((word) => !isReached(word))).toEqual([]);
  });
});

describe('a line', () => {
  test('gives each word its key and signs', () => {
    const { ru, en } = parse('# comment\n\nfear | !сметь+ бояться> ёлка- | turn_pale/v # why\r\nhope | | hope/n+\n');
    expect(ru.entries).toMatchObject([
      { key: 'fear', words: ['сметь'], strength: 'strong', isDenied: true, takesAction: false, pos: null },
      { key: 'fear', words: ['бояться'], strength: 'normal', isDenied: false, takesAction: true },
      { key: 'fear', words: ['елка'], strength: 'weak' },
    ]);
    expect(en.entries.map(({ words, strength }) => [words.join(' '), strength])).toEqual([
      ['turn pale', 'normal'],
      ['hope', 'strong'],
    ]);
    expect([...(en.entries[1]?.pos ?? [])]).toEqual(['NOUN', 'PROPN']);
  });

  test.each([
    ['fear | страх\n', 'fear.txt:1'],
    ['# a\nfear | страх | fear | terror\n', 'fear.txt:2'],
    ['\n\nterror | ужас | terror\n', 'fear.txt:3'],
    ['fear | fear | fear\n', 'fear.txt:1'],
    ['fear | страх | страх\n', 'fear.txt:1'],
    ['fear | страх++ | fear\n', 'fear.txt:1'],
    ['fear | страх_ | fear\n', 'fear.txt:1'],
    ['fear | страх/x | fear\n', 'fear.txt:1'],
    ['fear | страх | fear\nfear | страх+ | \n', 'fear.txt:2'],
  ])('%j is refused at %s', (text, at) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'INTERNAL', details: expect.objectContaining({ at }) }),
    );
  });
});
