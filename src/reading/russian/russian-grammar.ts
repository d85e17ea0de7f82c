import type { Grammar } from '../grammar.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { WordClass } from '../lexicon/load-lexicons.ts';
import { wordsOf } from '../lexicon/words-of.ts';
import type { Analyser, Token } from '../token.ts';
import { openRussianAnalyser } from './russian-analyser.ts';
import { russianForces } from './russian-forces.ts';
import { russianLinkAt } from './russian-links.ts';
import { russianRoles } from './russian-phrases.ts';
import { infinitiveOf, russianPolarities } from './russian-polarity.ts';
import { russianMayBeSubject, russianSubjectOf } from './russian-subject.ts';

/** @throws HypersceneError MISSING_ASSET */
export const openRussianGrammar = async (classes: Lexicon<WordClass>): Promise<Grammar> =>
  russianGrammar(await openRussianAnalyser(), classes);

const russianGrammar = (analyser: Analyser, classes: Lexicon<WordClass>): Grammar => {
  const withholding = wordsOf(classes, 'withhold');
  const body = wordsOf(classes, 'body');
  const nouns = { part: wordsOf(classes, 'part'), passage: wordsOf(classes, 'passage') };
  return {
    analyser,
    freeWordOrder: true,
    linkAt: russianLinkAt,
    isPredicate,
    isParenthesis: (words) => PARENTHESES.has(words.map(({ form }) => form).join(' ')),
    mayBeSubject: russianMayBeSubject,
    subjectOf: (tokens, own, predicate) => russianSubjectOf(tokens, own, predicate, ({ lemma }) => body.has(lemma)),
    polarities: (tokens, segments) => russianPolarities(tokens, segments, (token) => withholding.has(token.lemma)),
    roles: (tokens) => russianRoles(tokens, nouns),
    forces: russianForces,
    governsAction: (tokens, segments, i) => infinitiveOf(tokens, segments, i) !== null,
    lookupKeys,
  };
};

const PARENTHESES: ReadonlySet<string> = new Set([
  ...'кажется казалось говорят видно знаете знаешь видите видишь понимаете понимаешь признаюсь полагаю думаю'.split(
    ' ',
  ),
  ...'скажите скажи послушайте послушай поверьте поверь извините простите верите видимо значит разумеется'.split(' '),
  'может быть',
  'стало быть',
  'должно быть',
  'как говорят',
  'как известно',
  'как видно',
  'я думаю',
  'мне кажется',
  'слава богу',
]);

/** The form of a noun is no key: it may be another word («вина» is guilt, or of wine). */
const lookupKeys = ({ lemma, form, pos }: Token): readonly string[] => {
  if (pos === 'NOUN' || lemma === form) return [lemma];
  // «решается» is taken for the passive of «решать»: the reflexive verb is tried first.
  if (pos === 'VERB' && /с[яь]$/u.test(form) && !/с[яь]$/u.test(lemma)) return [`${lemma}ся`, lemma, form];
  return [lemma, form];
};

/** A finite verb, a short participle or adjective (заперты, рад), or «нет». */
const isPredicate = ({ features, pos, lemma }: Token): boolean =>
  ((pos === 'VERB' || pos === 'AUX') && features.VerbForm === 'Fin') ||
  (features.Variant === 'Short' && (features.VerbForm === 'Part' || pos === 'ADJ')) ||
  lemma === 'нет';
