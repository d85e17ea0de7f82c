import fc from 'fast-check';
import { hasTerms, QUERY_LENGTH_MAX, QUERY_TERMS_MAX, queryTerms, termsOf } from '../../src/store/search-terms.ts';
import { ENGLISH, RUSSIAN, UNICODE } from '../conformance/prose.ts';

const SYNTAX = '+-"~*:()[]{}^\\/&|!?<>=$`;,.#@\'%';
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...RUSSIAN, ...ENGLISH, ...UNICODE),
  // Lone surrogates too.
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);

/** Forms of one word; each must find each other. */
const FORMS: readonly (readonly string[])[] = [
  ['порог', 'порога', 'порогу', 'порогом', 'пороге', 'пороги', 'порогов', 'порогами', 'ПОРОГ'],
  ['дверь', 'двери', 'дверью', 'дверей', 'дверям', 'Дверях'],
  ['царь', 'царя', 'царю', 'царём', 'цари', 'царями'],
  ['Емельян', 'Емельяна', 'емельяну', 'Емельяном'],
  ['Иван', 'Ивана', 'Ивану', 'Иваном', 'Иване'],
  ['генерал', 'генералу', 'генералом'],
  ['Семён', 'Семена', 'Семёну', 'Семеном'],
  ['стоял', 'стояла', 'стояли', 'стоять'],
  ['ёлка', 'елка', 'ёлки', 'Ёлкой', 'е\u0308лка'],
  ['чай', 'чаи\u0306'],
  ['замок', 'за\u0301мок', 'замо\u0301к', 'за\u00adмок'],
  ['door', 'doors', 'Door', 'DOORS', "door's", 'door\u2019s', 'doors\u2019'],
  ['reveller', 'revellers'],
  ['walk', 'walked', 'walking', 'walks'],
  ['café', 'cafe\u0301', 'cafe', 'Cafés'],
  ['chamber', 'chambers', 'cham\u00adber'],
  ['ﬁre', 'fire', 'fires'],
];

test.each(FORMS)('%s is found in any other form', (...forms) => {
  for (const form of forms) expect({ form, terms: termsOf(form) }).toEqual({ form, terms: termsOf(forms[0] ?? '') });
});

test('stems go by the script of each word, not by the language of the text', () => {
  expect(hasTerms('Он открыл браузеры и смотрел на windows', queryTerms('браузер window'))).toBe(true);
  expect(hasTerms('He said «двери» and closed the doors', queryTerms('дверь door'))).toBe(true);
});

test('other words are not found, й is not и, numbers are kept', () => {
  expect(hasTerms('Он стоял у двери', queryTerms('дверца'))).toBe(false);
  expect(termsOf('война')).not.toEqual(termsOf('воина'));
  expect(termsOf('В 1812 году, в 7-м полку; 3.14')).toEqual(['в', '1812', 'год', '7', 'м', 'полк', '3', '14']);
});

test('hyphens and apostrophes part words', () => {
  for (const text of ["Кто-то well-known O'Neil", 'кто то well known O Neil'])
    expect(termsOf(text)).toEqual(['кто', 'то', 'well', 'known', 'o', 'neil']);
});

test('the terms of any text are distinct and hold letters, digits and their marks only', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const terms = termsOf(text);
      expect(new Set(terms).size).toBe(terms.length);
      for (const term of terms) expect(term).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*$/u);
      expect(terms.every((term) => term.isWellFormed())).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('the terms of any text follow from its words alone: not from their order, their number, their case or what stands between', () => {
  fc.assert(
    fc.property(
      anyText,
      anyText,
      fc.array(fc.constantFrom(...SYNTAX), { minLength: 1, maxLength: 9 }),
      (a, b, signs) => {
        const both = [...termsOf(a), ...termsOf(b)].toSorted();
        expect(termsOf(`${b} ${signs.join(' ')} ${a} ${b}`).toSorted()).toEqual([...new Set(both)]);
        expect(termsOf(`"${a}"`.normalize('NFD'))).toEqual(termsOf(a));
      },
    ),
    { numRuns: 300 },
  );
});

test('prose is found by each of its words, and by all of them in capitals', () => {
  for (const sentence of [...RUSSIAN.slice(0, 200), ...ENGLISH.slice(0, 100)]) {
    const words = sentence.replaceAll(/['’]s\b/gu, '').match(/\p{L}+/gu) ?? [];
    for (const word of words) expect({ word, found: hasTerms(sentence, termsOf(word)) }).toEqual({ word, found: true });
    expect(termsOf(sentence.toUpperCase())).toEqual(termsOf(sentence));
  }
});

test('a query has no operators', () => {
  const plain = queryTerms('царь and дверь');
  for (const query of ['+царь AND дверь', '"царь" and -дверь*', '(царь) AND (дверь)~2', 'царь:[and] {дверь}^9 \\/'])
    expect(
      queryTerms(query)
        .filter((term) => !/^\d$/u.test(term))
        .toSorted(),
    ).toEqual(plain.toSorted());
});

test('a query without a word, or with too many, is told what a query is', () => {
  for (const query of ['', ' ', '+ - " ~ *', '\ud800', '🌧️', '\u0301'])
    expect(() => queryTerms(query)).toThrow('bad search text; expected at least one word');
  const many = Array.from({ length: QUERY_TERMS_MAX + 1 }, (_, i) => `${i}`);
  expect(() => queryTerms(many.join(' '))).toThrow(`at most ${QUERY_TERMS_MAX} different words; came 33`);
  expect(queryTerms(many.slice(1).join(' '))).toHaveLength(QUERY_TERMS_MAX);
  expect(() => queryTerms('a'.repeat(QUERY_LENGTH_MAX + 1))).toThrow(`at most ${QUERY_LENGTH_MAX} UTF-16 code units`);
});

test('the longest term of a query comes first', () => {
  expect(queryTerms('он не решался')[0]).toBe('реша');
});
