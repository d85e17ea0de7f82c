import type { Features, Token } from '../token.ts';
import {
  BARE_INFINITIVE_VERBS,
  BE,
  BE_FINITE,
  DO_FINITE,
  HAVE,
  HAVE_FINITE,
  INDEFINITE_PRONOUNS,
  LOOKALIKES,
  MODALS,
  PARTICIPLES,
  PASTS,
  POSSESSIVES,
  UNCHANGING,
} from './closed-words.ts';

/** What governs a verb's form: the nearest auxiliary of its own group, or `to`. */
type Governor = 'modal' | 'have' | 'be' | 'do' | 'to' | null;

const FINITE: Features = { VerbForm: 'Fin', Mood: 'Ind' };
const PAST: Features = { ...FINITE, Tense: 'Past' };
const PRESENT: Features = { ...FINITE, Tense: 'Pres' };
const IMPERATIVE: Features = { VerbForm: 'Fin', Mood: 'Imp' };
const INFINITIVE: Features = { VerbForm: 'Inf' };
const GERUND: Features = { VerbForm: 'Ger' };
const PARTICIPLE: Features = { VerbForm: 'Part', Tense: 'Past' };
const PASSIVE: Features = { ...PARTICIPLE, Voice: 'Pass' };
const PROGRESSIVE: Features = { VerbForm: 'Part', Tense: 'Pres' };

/**
 * Adds VerbForm, and where known Tense, Mood and Voice, to verbs and auxiliaries: wink-nlp's tags have none. English
 * endings leave past tense and participle of most verbs alike; the auxiliary before, and what follows, decide.
 */
export const withVerbForms = (tokens: readonly Token[]): readonly Token[] => {
  const done: Token[] = [];
  for (const [i, token] of tokens.entries())
    done.push(
      token.pos === 'VERB' || token.pos === 'AUX'
        ? { ...token, features: { ...token.features, ...verbFeatures(token, i, done, tokens) } }
        : token,
    );
  return withReducedRelatives(done);
};

const verbFeatures = (token: Token, i: number, before: readonly Token[], tokens: readonly Token[]): Features => {
  const { form } = token;
  if (token.pos === 'AUX' && MODALS.has(form))
    return {
      ...FINITE,
      ...(form === 'will' || form === 'shall' || form === 'wo' || form === "'ll" ? { Tense: 'Fut' } : {}),
    };
  const governor = governorOf(before, i);
  if (token.lemma === 'would' && form === "'d") return FINITE;
  if (BE_FINITE.has(form) || HAVE_FINITE.has(form) || DO_FINITE.has(form) || form === "'s")
    return governor === 'modal' || governor === 'to' || (governor === 'do' && form === 'do') ? INFINITIVE : tense(form);
  if (form.endsWith('ing') && !LOOKALIKES.has(form)) return governor === 'be' ? PROGRESSIVE : GERUND;
  if (PARTICIPLES.has(form)) return governor === 'be' ? PASSIVE : PARTICIPLE;
  if (PASTS.has(form)) return governor === 'have' || governor === 'be' ? PARTICIPLE : PAST;
  const isBase = form === token.lemma;
  if (isBase && (governor === 'modal' || governor === 'to' || governor === 'do')) return INFINITIVE;
  if (isBase && !(UNCHANGING.has(form) && governor !== null)) return baseForm(token, i, before);
  if (!isBase && /s$/u.test(form) && !/ss$/u.test(form) && governor === null)
    return { ...PRESENT, Person: '3', Number: 'Sing' };
  if (governor === 'have') return PARTICIPLE;
  if (governor === 'be') return PASSIVE;
  return isAttributive(i, before, tokens) || isPassivePhrase(i, before, tokens) ? PARTICIPLE : PAST;
};

const tense = (form: string): Features => (/^(?:was|were|had|did)$/u.test(form) ? PAST : PRESENT);

/** Looks back over adverbs and `not`, and over one subject pronoun or noun of an inverted question (`did he go`). */
const governorOf = (before: readonly Token[], i: number): Governor => {
  let j = i - 1;
  while (j >= 0 && isSkippable(before[j])) j--;
  const direct = governorAt(before[j]);
  if (direct !== null) return direct;
  const subject = before[j];
  if (subject?.pos !== 'PRON' || !(subject.features.Case === 'Nom' || subject.features.Person !== undefined))
    return null;
  const auxiliary = before[j - 1]?.form === 'not' || before[j - 1]?.form === "n't" ? before[j - 2] : before[j - 1];
  return auxiliary?.pos === 'AUX' ? governorAt(auxiliary) : null;
};

const isSkippable = (token: Token | undefined): boolean =>
  token !== undefined && (token.pos === 'ADV' || token.form === 'not' || token.form === "n't" || token.lemma === 'all');

const governorAt = (token: Token | undefined): Governor => {
  if (token === undefined) return null;
  if (token.pos === 'PART' && token.form === 'to') return 'to';
  if (token.pos === 'ADP' && token.form === 'to') return 'to';
  if (token.pos !== 'AUX' && token.pos !== 'VERB') return null;
  if (MODALS.has(token.form) || token.form === "'d") return 'modal';
  if (BE.has(token.form) || token.form === "'s") return 'be';
  if (HAVE.has(token.form)) return 'have';
  return DO_FINITE.has(token.form) ? 'do' : null;
};

const isSubjectLike = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.features.Case === 'Nom' ||
    token.form === 'you' ||
    token.form === 'it' ||
    token.form === 'who' ||
    token.form === 'which' ||
    token.form === 'that' ||
    token.pos === 'NOUN' ||
    token.pos === 'PROPN' ||
    INDEFINITE_PRONOUNS.has(token.form));

const baseForm = (token: Token, i: number, before: readonly Token[]): Features => {
  let j = i - 1;
  while (j >= 0 && isSkippable(before[j])) j--;
  const previous = before[j];
  if (previous === undefined || previous.pos === 'PUNCT') {
    if (UNCHANGING.has(token.form)) return PAST;
    return previous?.text === ',' && continuesClause(before) ? PRESENT : IMPERATIVE;
  }
  if (previous.pos === 'CCONJ') return likeTheLastVerb(before);
  if (previous.features.Case === 'Acc' || previous.form === 'her') return INFINITIVE;
  const earlier = before.findLast((other) => other.pos === 'VERB' || other.pos === 'AUX');
  if (
    earlier !== undefined &&
    BARE_INFINITIVE_VERBS.has(earlier.lemma) &&
    previous !== undefined &&
    (previous === earlier || previous.features.Case !== 'Nom')
  )
    return INFINITIVE;
  if (UNCHANGING.has(token.form)) return PAST;
  return isSubjectLike(previous) ? PRESENT : FINITE;
};

/** After a comma: `many people, … , argue that`, `he goes, …, come`, but `John, come here`. */
const continuesClause = (before: readonly Token[]): boolean =>
  before.some(
    ({ features, pos }) =>
      (features.VerbForm === 'Fin' && features.Mood !== 'Imp') || (pos === 'NOUN' && features.Number === 'Plur'),
  );

/** Coordinated verbs share their form: `to go and see`. */
const likeTheLastVerb = (before: readonly Token[]): Features => {
  const last = before.findLast((other) => other.pos === 'VERB');
  if (last?.features.VerbForm === 'Inf') return INFINITIVE;
  return last?.features.Mood === 'Imp' ? IMPERATIVE : PRESENT;
};

/** `the locked gate`, `his outstretched hand`. */
const isAttributive = (i: number, before: readonly Token[], tokens: readonly Token[]): boolean => {
  const previous = before[i - 1];
  const next = tokens[i + 1];
  return (
    previous !== undefined &&
    (previous.pos === 'DET' || previous.pos === 'ADP' || previous.pos === 'ADJ' || POSSESSIVES.has(previous.form)) &&
    (next?.pos === 'NOUN' || next?.pos === 'ADJ' || next?.pos === 'PROPN')
  );
};

/** After a comma, without a subject, with an agent or cause: `, frightened by the noise`, `, filled with dread`. */
const isPassivePhrase = (i: number, before: readonly Token[], tokens: readonly Token[]): boolean =>
  (before[i - 1] === undefined || before[i - 1]?.pos === 'PUNCT') && /^(?:by|with)$/u.test(tokens[i + 1]?.form ?? '');

/**
 * `the man seated by the door stood up`: of two past forms in one stretch without comma, conjunction, relative word or
 * second subject, the first, followed by a preposition, is the participle.
 */
const withReducedRelatives = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token, i) =>
    token.features.Tense !== 'Past' ||
    token.pos !== 'VERB' ||
    token.features.VerbForm !== 'Fin' ||
    PASTS.has(token.form) ||
    !isReduced(tokens, i)
      ? token
      : { ...token, features: PARTICIPLE },
  );

const isReduced = (tokens: readonly Token[], i: number): boolean => {
  if (tokens[i + 1]?.pos !== 'ADP' || tokens[i - 1]?.pos !== 'NOUN') return false;
  for (let j = i + 2; j < tokens.length; j++) {
    const later = tokens[j] as Token;
    if (later.features.VerbForm === 'Fin') return true;
    if (['PUNCT', 'CCONJ', 'SCONJ', 'VERB'].includes(later.pos)) return false;
    if (later.features.Case === 'Nom' || /^(?:who|which|that|what|why|how|where|when|as)$/u.test(later.form))
      return false;
  }
  return false;
};
