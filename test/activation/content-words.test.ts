import { contentWords } from '../../src/activation/content-words.ts';

test.each([
  ['тихая тоска перед дождём', ['дождём', 'тихая', 'тоска']],
  ['Он стоял у двери, не решаясь войти', ['решаясь', 'войти', 'двери,', 'стоял']],
  ['quiet longing before the rain', ['longing', 'quiet', 'rain']],
  ['He stood at the door — not daring to go in.', ['daring', 'stood', 'door', 'go']],
])('of %j the words with content are taken, the longest first', (query, words) => {
  expect(contentWords(query)).toEqual(words);
});

test('where there are none with content, the others are words too', () => {
  expect(contentWords('он и она')).toEqual(['она', 'он', 'и']);
  expect(contentWords('not before')).toEqual(['before', 'not']);
});

test('a word that comes again, in other letters or between marks, is one', () => {
  expect(contentWords('Ёлка, ЕЛКА — «ёлка»!')).toHaveLength(1);
});

test('marks are no words', () => {
  expect(contentWords(' — … !? ')).toEqual([]);
});
