import type { Subject } from '../grammar.ts';
import type { Token } from '../token.ts';
import { INDEFINITE_PRONOUNS, NOMINATIVES, POSSESSIVES, PRONOUNS } from './closed-words.ts';
import { isNoun } from './english-phrases.ts';

/** Classes of nouns that the subject's gender and the choice among candidates ask for. */
export interface SubjectWords {
  readonly person: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
  readonly male: ReadonlySet<string>;
  readonly female: ReadonlySet<string>;
  readonly time: ReadonlySet<string>;
}

/** Titles before a name; they are no part of it. */
const TITLES: ReadonlySet<string> = new Set('mr mrs ms miss dr sir st prof'.split(' '));
const QUANTIFIERS: ReadonlySet<string> = new Set('nobody none all both each everyone everybody some'.split(' '));
/** Verbs whose `it` is nobody. */
const EMPTY_IT_VERBS: ReadonlySet<string> = new Set(
  'be seem appear rain snow grow become happen occur take'.split(' '),
);
/** Verbs that stand before their subject: after speech, and after a place (`in the dark stood a man`). */
const REPORTING: ReadonlySet<string> = new Set(
  'say cry ask reply answer exclaim shout whisper murmur mutter call remark return add continue think'.split(' '),
);
const PRESENTING: ReadonlySet<string> = new Set(
  'be stand sit lie hang come go live dwell run rise appear follow lurk shine begin fall lay wait remain hover'.split(
    ' ',
  ),
);
/** Signs after a title or an initial that stay inside a name. */
const isNameSign = (token: Token | undefined): boolean => token?.text === '.';

const isSubjectPronoun = (token: Token): boolean =>
  token.pos === 'PRON' &&
  token.features.Case !== 'Acc' &&
  token.features.Case !== 'Gen' &&
  (PRONOUNS.has(token.form) || INDEFINITE_PRONOUNS.has(token.form));

export const englishMayBeSubject = (token: Token): boolean =>
  isNoun(token) || isSubjectPronoun(token) || INDEFINITE_PRONOUNS.has(token.form);

/** The subject: a noun phrase or pronoun before the verb, outside prepositional phrases; else after it; else `you`. */
export const englishSubjectOf = (
  tokens: readonly Token[],
  own: readonly number[],
  predicate: number | null,
  words: SubjectWords,
): Subject | null => {
  if (predicate === null) return wholePhrase(tokens, own, words);
  const verb = tokens[predicate] as Token;
  if (verb.features.Mood === 'Imp') return imperative(predicate);
  const candidates = candidatesIn(
    tokens,
    own.filter((i) => i < predicate),
    words,
  );
  const pronoun = candidates.findLast((i) => PRONOUNS.has((tokens[i] as Token).form));
  const before = pronoun ?? candidates.find((i) => !isTime(tokens[i] as Token, words)) ?? candidates[0];
  if (before !== undefined)
    return isEmpty(tokens, before, predicate) ? null : describe(tokens, own, before, 0.9, words);
  const after = candidatesIn(
    tokens,
    own.filter((i) => i > predicate),
    words,
  )[0];
  const isInverted = after !== undefined && mayFollowVerb(tokens, own, predicate, after);
  return isInverted ? describe(tokens, own, after, 0.7, words) : null;
};

const isTime = (token: Token, words: SubjectWords): boolean => words.time.has(token.lemma);

/** A sentence without a verb: its first noun, with little confidence. */
const wholePhrase = (tokens: readonly Token[], own: readonly number[], words: SubjectWords): Subject | null => {
  const [first] = candidatesIn(tokens, own, words);
  return first === undefined ? null : describe(tokens, own, first, 0.4, words);
};

/** Heads of noun phrases and pronouns among the tokens given, those in prepositional phrases left out. */
const candidatesIn = (tokens: readonly Token[], among: readonly number[], words: SubjectWords): readonly number[] => {
  const found: number[] = [];
  let inPhrase = false;
  let wasInPhrase = false;
  let isObject = false;
  for (const [k, i] of among.entries()) {
    const token = tokens[i] as Token;
    const next = among[k + 1] === i + 1 ? tokens[i + 1] : undefined;
    // `from the repose of the place, and the character of its people`: what is joined to a phrase belongs to it.
    if (token.pos === 'CCONJ' && wasInPhrase) inPhrase = true;
    else if (token.pos === 'ADP' || (token.pos === 'SCONJ' && /^(?:for|with|of)$/u.test(token.form))) inPhrase = true;
    else if (token.pos === 'PUNCT' && token.text !== '.') {
      inPhrase = false;
      isObject = false;
    } else if (token.pos === 'VERB' && token.features.VerbForm !== 'Fin') isObject = !isAttributive(tokens, i);
    else if (isNoun(token)) {
      // `in the morning Ivan awoke`: a noun of time takes no name to itself.
      const isCompound = isNoun(next) && !(inPhrase && words.time.has(token.lemma));
      if (isCompound || next?.form === "'s" || next?.text === "'" || joinsName(tokens, i)) continue;
      if (!inPhrase && !isObject) found.push(i);
      wasInPhrase = inPhrase;
      inPhrase = false;
    } else if (isSubjectPronoun(token) && !(POSSESSIVES.has(token.form) && isNoun(next))) {
      if (!inPhrase && !isObject) found.push(i);
      inPhrase = false;
    } else if (
      INDEFINITE_PRONOUNS.has(token.form) &&
      (next?.pos === 'VERB' || next?.pos === 'AUX' || next?.pos === 'ADV')
    ) {
      if (!inPhrase && !isObject) found.push(i);
    } else if (token.pos === 'PRON' && token.features.Case === 'Acc') inPhrase = false;
  }
  return found;
};

/** `China's growing middle class`: a participle before its noun governs nothing. */
const isAttributive = (tokens: readonly Token[], i: number): boolean => {
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  return (
    (before?.pos === 'DET' || before?.pos === 'ADJ' || before?.form === "'s" || POSSESSIVES.has(before?.form ?? '')) &&
    (isNoun(after) || after?.pos === 'ADJ')
  );
};

/** `Mr` in `Mr. Brown`. */
const joinsName = (tokens: readonly Token[], i: number): boolean =>
  TITLES.has((tokens[i] as Token).form) && isNameSign(tokens[i + 1]) && tokens[i + 2]?.pos === 'PROPN';

/** `it was dark`, `there stood a hut`: nobody acts. */
const isEmpty = (tokens: readonly Token[], subject: number, predicate: number): boolean =>
  (tokens[subject] as Token).form === 'it' && EMPTY_IT_VERBS.has((tokens[predicate] as Token).lemma);

/** `said Holmes`, `in the dark stood a man`, `there lived a peasant`; an object has its own subject before. */
const mayFollowVerb = (tokens: readonly Token[], own: readonly number[], predicate: number, after: number): boolean => {
  if (after - predicate > 6) return false;
  if ((tokens[after] as Token).features.Case === 'Nom') return after - predicate <= 2;
  const first = own.find((i) => !['CCONJ', 'PUNCT'].includes((tokens[i] as Token).pos));
  const { lemma } = tokens[predicate] as Token;
  return REPORTING.has(lemma) || (first !== predicate && PRESENTING.has(lemma));
};

const imperative = (predicate: number): Subject => ({
  key: 'you',
  from: predicate,
  to: predicate + 1,
  confidence: 0.5,
  by: 'grammar',
  isNamed: false,
  isAnaphor: false,
  isThing: false,
  isBodyPart: false,
  isQuantifier: false,
  person: '2',
  number: null,
  gender: null,
});

const describe = (
  tokens: readonly Token[],
  own: readonly number[],
  head: number,
  confidence: number,
  words: SubjectWords,
): Subject => {
  const token = tokens[head] as Token;
  const first = own[0] ?? head;
  let from = head;
  if (token.pos === 'PROPN') while (from > first && isPartOfName(tokens, from - 1)) from--;
  const names = tokens.slice(from, head + 1).filter((part) => part.pos === 'PROPN' && !TITLES.has(part.form));
  const { Person, Number: number, Gender } = token.features;
  const isPersonal = PRONOUNS.has(token.form);
  return {
    key: names.length > 0 ? names.map(({ text }) => text).join(' ') : (NOMINATIVES.get(token.form) ?? token.lemma),
    from,
    to: head + 1,
    confidence,
    by: 'grammar',
    isNamed: true,
    isAnaphor: isPersonal && Person === '3',
    isThing: token.pos === 'NOUN' && !isPerson(token, words),
    isBodyPart: words.body.has(token.lemma),
    isQuantifier: QUANTIFIERS.has(token.form),
    person: Person === '1' || Person === '2' ? Person : '3',
    number: number === 'Sing' || number === 'Plur' ? number : null,
    gender: Gender === 'Masc' || Gender === 'Fem' || Gender === 'Neut' ? Gender : nounGender(token, words),
  };
};

const isPartOfName = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]?.pos === 'PROPN' ||
  (isNameSign(tokens[i]) && tokens[i - 1]?.pos === 'PROPN' && TITLES.has((tokens[i - 1] as Token).form));

/** Living beings: listed, or made with an ending that makes doers (traveller, villager, soldier's not: listed). */
export const isPerson = (
  { pos, lemma }: Token,
  { person, male, female }: Omit<SubjectWords, 'time' | 'body'>,
): boolean =>
  pos === 'PROPN' || person.has(lemma) || male.has(lemma) || female.has(lemma) || /(?:man|woman)$/u.test(lemma);

const nounGender = ({ lemma }: Token, { male, female }: SubjectWords): Subject['gender'] => {
  if (male.has(lemma)) return 'Masc';
  return female.has(lemma) ? 'Fem' : null;
};
