import { stemmer as snowballRussian } from '@orama/stemmers/russian';
import { stem as stemEnglish } from 'porter2';
import { HypersceneError } from '../errors.ts';
import { remembered } from './remembered.ts';

/** Words of a query at most, and its length in UTF-16 code units. */
export const QUERY_TERMS_MAX = 32;
export const QUERY_LENGTH_MAX = 1000;
/** Texts that one call looks up, at most. */
export const TEXTS_MAX = 64;

/** No word of Russian or English is longer; what is, is no word and is kept as it stands. */
const STEM_LENGTH_MAX = 64;

/**
 * What does not tell words apart: accents (за́мок, café; also the dots of ё, but not the breve of й, which makes another
 * letter), soft hyphens and joiners, variation selectors, enclosing marks.
 */
const INVISIBLE = /(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f\p{Cf}\p{Me}\p{Variation_Selector}]/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/gu;
const POSSESSIVE = /(?<=\p{L})'s(?![\p{L}\p{N}])/gu;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

const CYRILLIC = /^\p{Script=Cyrillic}+$/u;
const LATIN = /^[a-z]+$/u;

/** NFKD first, so that accents are characters of their own; NFC last, so that what stays is one letter again. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(APOSTROPHES, "'")
    .replace(POSSESSIVE, '');

const VERB_ENDING = /^(?:[нл]|ен|[иы]л)$/u;

/**
 * Snowball takes Емельян, генерал and Михаил for verbs and cuts them shorter than Емельяну, генералу and Михаилу: what it
 * left there of such an ending is cut as well. Of pairs of forms of one lemma, in six Russian stories, it misses 27.7 % in
 * place of 28.8; of pairs that it takes for one word 29.2 % are two in place of 26.6. Stemming until nothing changes misses
 * 23.8 %, but 44.0 % are two words.
 */
const stemRussian = (word: string): string => {
  const once = snowballRussian(word) || word;
  const twice = snowballRussian(once);
  const isVerbEnding = once.startsWith(twice) && VERB_ENDING.test(once.slice(twice.length));
  return isVerbEnding && twice.length >= 3 ? twice : once;
};

/** Words whose stems are kept: some 5 MB. */
const STEMS_KEPT = 50_000;

/** By the script of the word, not the language of the text: a Russian text may hold English words. */
const stem = remembered(STEMS_KEPT, (word) => {
  if (word.length > STEM_LENGTH_MAX) return word;
  if (CYRILLIC.test(word)) return stemRussian(word);
  return LATIN.test(word) ? stemEnglish(word) || word : word;
});

/**
 * The search terms of a text, each once, in the order of their first standing: its words in lower case, without accents,
 * ё as е, cut to their stems by the Snowball stemmer of their script (Porter 2001). Hyphens and apostrophes part words; a
 * possessive 's is dropped. Nothing but letters, digits and their marks ever stands in a term.
 *
 * A stem is not idempotent: terms are computed from text, never from terms.
 */
export const termsOf = (text: string): readonly string[] => [
  ...new Set(Array.from(fold(text).matchAll(WORDS), ([word]) => stem(word))),
];

/**
 * What a query asks for: texts in which all of these terms stand. The longest come first, since long words are rare and
 * the first is what an engine looks up. No character has a meaning of its own: quotes, stars and operators part words.
 * @throws HypersceneError BAD_ARGUMENT for a query without a word, or with too many
 */
export const queryTerms = (query: string): readonly string[] =>
  checkedTerms(query).toSorted((x, y) => y.length - x.length);

/**
 * The same of each text, but in the order in which its words stand.
 * @throws HypersceneError BAD_ARGUMENT; PAGE_TOO_LARGE for more than {@link TEXTS_MAX}
 */
export const termsOfEach = (texts: readonly string[]): readonly (readonly string[])[] => {
  if (texts.length > TEXTS_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'too many texts', {
      expected: `at most ${TEXTS_MAX}`,
      came: String(texts.length),
    });
  return texts.map(checkedTerms);
};

const checkedTerms = (query: string): readonly string[] => {
  const refuse = (expected: string, came: string): never => {
    throw new HypersceneError('BAD_ARGUMENT', 'bad search text', { expected, came });
  };
  if (query.length > QUERY_LENGTH_MAX)
    refuse(`at most ${QUERY_LENGTH_MAX} UTF-16 code units`, `${query.length} of them`);
  const terms = termsOf(query);
  if (terms.length === 0) refuse('at least one word: letters or digits', JSON.stringify(query.slice(0, 80)));
  if (terms.length > QUERY_TERMS_MAX) refuse(`at most ${QUERY_TERMS_MAX} different words`, String(terms.length));
  return terms.toSorted((x, y) => y.length - x.length);
};

export const hasTerms = (text: string, terms: readonly string[]): boolean => {
  const standing = new Set(termsOf(text));
  return terms.every((term) => standing.has(term));
};
