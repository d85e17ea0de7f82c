import { openEnglishAnalyser } from '../../../src/reading/english/english-analyser.ts';
import { verbBase } from '../../../src/reading/english/verb-bases.ts';
import { openWink } from '../../../src/reading/english/wink.ts';

const analyser = openEnglishAnalyser();
const tokenOf = (sentence: string, text: string) => analyser.analyse(sentence).find((token) => token.text === text);

describe('English words in their sentence', () => {
  test.each([
    ['He stood at the door.', 'stood', { lemma: 'stand', features: { VerbForm: 'Fin', Tense: 'Past' } }],
    ['He stood, not daring to enter.', 'daring', { lemma: 'dare', pos: 'VERB', features: { VerbForm: 'Ger' } }],
    ['He stood, not daring to enter.', 'enter', { features: { VerbForm: 'Inf' } }],
    ['The old man stared at him.', 'stared', { lemma: 'stare', features: { VerbForm: 'Fin' } }],
    ['The wolf chased the deer.', 'chased', { lemma: 'chase', pos: 'VERB', features: { VerbForm: 'Fin' } }],
    ['The gate was locked.', 'locked', { lemma: 'lock', features: { VerbForm: 'Part', Voice: 'Pass' } }],
    ['She was breathing.', 'breathing', { lemma: 'breathe', features: { VerbForm: 'Part' } }],
    ['He had gone.', 'gone', { lemma: 'go', features: { VerbForm: 'Part' } }],
    ['He could not bring himself to go.', 'bring', { lemma: 'bring', features: { VerbForm: 'Inf' } }],
    ['The man seated by the door stood up.', 'seated', { features: { VerbForm: 'Part' } }],
    ['They made him go.', 'go', { features: { VerbForm: 'Inf' } }],
    ['Open the door!', 'Open', { pos: 'VERB', features: { VerbForm: 'Fin', Mood: 'Imp' } }],
    ['Many people, old and young, argue.', 'argue', { features: { VerbForm: 'Fin', Mood: 'Ind' } }],
    ['The key was lost.', 'key', { pos: 'NOUN' }],
    ['The children swam home.', 'swam', { lemma: 'swim', pos: 'VERB' }],
    ['Mary hid the letter.', 'Mary', { pos: 'PROPN' }],
    ['Soldiers marched on.', 'Soldiers', { lemma: 'soldier', pos: 'NOUN', features: { Number: 'Plur' } }],
    ['She saw him.', 'him', { features: { Case: 'Acc', Person: '3' } }],
    ["She couldn't go.", "n't", { lemma: 'not', pos: 'PART' }],
    ['I won’t go.', 'wo', { lemma: 'will', pos: 'AUX', features: { Tense: 'Fut' } }],
    ["John's dog barked.", "'s", { pos: 'PART' }],
    ["It's cold.", "'s", { lemma: 'be', pos: 'AUX' }],
    ['a liberal-hearted farmer', 'liberal-hearted', { pos: 'ADJ' }],
    ['He said приве́т.', 'приве́т', { pos: 'X' }],
  ])('%s: %s', (sentence, text, expected) => {
    expect(tokenOf(sentence, text)).toMatchObject(expected);
  });
});

describe('the base of a regular form', () => {
  const { knows } = openWink();

  test.each([
    ['stared', 'stare'],
    ['starred', 'star'],
    ['daring', 'dare'],
    ['entering', 'enter'],
    ['stopped', 'stop'],
    ['falling', 'fall'],
    ['breathing', 'breathe'],
    ['cried', 'cry'],
    ['agreed', 'agree'],
    ['dying', 'die'],
    ['goes', 'go'],
    ['carries', 'carry'],
    ['bring', 'bring'],
    ['king', null],
    ['door', null],
  ])('%s → %s', (form, base) => {
    expect(verbBase(form, knows)).toBe(base);
  });
});

describe('wink', () => {
  test('tags word by word, whatever the words', () => {
    const words = ['gonna', 'cannot', 'dont', 'etc', "o'clock", ',', '5', 'x'.repeat(100), 'He', 'stood'];
    const tags = openWink().tag(words);
    expect(tags).toHaveLength(words.length);
    expect(tags.at(-1)).toMatchObject({ lemma: 'stand', pos: 'VERB' });
  });

  test('tags the same after more new words than it keeps', () => {
    const wink = openWink();
    const sentence = ['He', 'stood', 'at', 'the', 'door'];
    const before = wink.tag(sentence);
    for (let i = 0; i < 60; i++)
      wink.tag(Array.from({ length: 2_000 }, (_, k) => `qz${(i * 2_000 + k).toString(36)}x`));
    expect(wink.tag(sentence)).toEqual(before);
  });
});

test('instances are opened as often as one likes, and tag alike', () => {
  const words = ['The', 'old', 'prince', 'stood', 'at', 'the', 'door', '.'];
  const first = openWink().tag(words);
  for (let i = 0; i < 30; i++) expect(openWink().tag(words)).toEqual(first);
});
