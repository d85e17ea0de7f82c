import type { Grammar } from '../grammar.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { WordClass } from '../lexicon/load-lexicons.ts';
import { wordsOf } from '../lexicon/words-of.ts';
import { openEnglishAnalyser } from './english-analyser.ts';
import { englishForces } from './english-forces.ts';
import { englishLinkAt } from './english-links.ts';
import { englishRoles } from './english-phrases.ts';
import { englishGovernsAction, englishPolarities } from './english-polarity.ts';
import { englishMayBeSubject, englishSubjectOf, isPerson } from './english-subject.ts';

const PARENTHESES: ReadonlySet<string> = new Set([
  'you know',
  'you see',
  'i think',
  'i thought',
  'i suppose',
  'i believe',
  'i say',
  'i fear',
  'i guess',
  'i confess',
  'i dare say',
  'it seems',
  'it seemed',
  'it is true',
  'they say',
  'let us say',
]);

export const openEnglishGrammar = (classes: Lexicon<WordClass>): Grammar => {
  const withholding = wordsOf(classes, 'withhold');
  const nouns = { part: wordsOf(classes, 'part'), passage: wordsOf(classes, 'passage') };
  const words = {
    person: wordsOf(classes, 'person'),
    male: wordsOf(classes, 'male'),
    female: wordsOf(classes, 'female'),
    body: wordsOf(classes, 'body'),
    time: wordsOf(classes, 'time'),
  };
  return {
    analyser: openEnglishAnalyser(),
    freeWordOrder: false,
    linkAt: englishLinkAt,
    isPredicate: ({ features }) => features.VerbForm === 'Fin',
    isParenthesis: (words) => PARENTHESES.has(words.map(({ form }) => form).join(' ')),
    mayBeSubject: englishMayBeSubject,
    subjectOf: (tokens, own, predicate) => englishSubjectOf(tokens, own, predicate, words),
    polarities: (tokens, segments) =>
      englishPolarities(tokens, segments, ({ lemma, form }) => withholding.has(lemma) || withholding.has(form)),
    roles: (tokens) => englishRoles(tokens, nouns, (token) => isPerson(token, words)),
    forces: englishForces,
    governsAction: englishGovernsAction,
    lookupKeys: ({ lemma, form }) => (lemma === form ? [lemma] : [lemma, form]),
  };
};
