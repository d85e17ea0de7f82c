import type { Polarity } from '../grammar.ts';
import type { Token } from '../token.ts';
import { nounAfter } from './russian-phrases.ts';

const FAINT: ReadonlySet<string> = new Set(['едва', 'еле', 'вряд']);
const ABSENCE: ReadonlySet<string> = new Set(['нет', 'нету']);
/** Between «не» and what it denies. */
const DEGREE: ReadonlySet<string> = new Set(
  'очень особенно слишком совсем вовсе больше более так столь бы уж'.split(' '),
);

/**
 * «не» and «ни» deny the next word (over a word of degree), and what hangs on it stands within the denial up to the
 * next sign or conjunction; «без» denies its noun, «нет» the genitives beside it. What words of withholding govern
 * (боясь войти) does not come about either, unless they are denied themselves.
 */
export const russianPolarities = (
  tokens: readonly Token[],
  segments: readonly number[],
  isWithholding: (token: Token) => boolean,
): readonly Polarity[] => {
  const polarity = new Array<Polarity>(tokens.length).fill('plain');
  for (const [i, token] of tokens.entries()) {
    if (token.form === 'не' || token.form === 'ни') deny(tokens, segments, i, polarity, isWithholding);
    else if (token.form === 'без' || token.form === 'безо') markNoun(nounAfter(tokens, i), polarity);
    else if (ABSENCE.has(token.lemma)) denyGenitives(tokens, segments, i, polarity);
    else if (FAINT.has(token.form)) markNextVerb(tokens, i, polarity);
  }
  for (const [i, token] of tokens.entries())
    if (polarity[i] !== 'negated' && isWithholding(token) && infinitiveOf(tokens, segments, i) !== null)
      markWithin(tokens, segments, i, polarity);
  return polarity;
};

const deny = (
  tokens: readonly Token[],
  segments: readonly number[],
  negator: number,
  polarity: Polarity[],
  isWithholding: (token: Token) => boolean,
): void => {
  let target = negator + 1;
  while (DEGREE.has(tokens[target]?.form ?? '')) target++;
  const token = tokens[target];
  if (token === undefined || segments[target] !== segments[negator] || token.pos === 'PUNCT') return;
  // «не мог не войти» denies twice: the second verb comes about.
  polarity[target] = polarity[target] === 'within' && token.features.VerbForm === 'Inf' ? 'plain' : 'negated';
  if (polarity[target] === 'plain') return;
  if (token.pos === 'ADP') {
    // «не в силах войти»
    markNoun(nounAfter(tokens, target), polarity);
    markWithin(tokens, segments, target, polarity);
    return;
  }
  if (token.pos === 'DET' || token.pos === 'ADJ' || token.pos === 'NUM') markNoun(nounAfter(tokens, target), polarity);
  if (token.pos !== 'VERB' && token.pos !== 'AUX') return;
  if (token.lemma === 'быть') denyPredicative(tokens, segments, target, polarity);
  if (!isWithholding(token)) markWithin(tokens, segments, target, polarity);
};

const markNoun = (noun: number | null, polarity: Polarity[]): void => {
  if (noun !== null) polarity[noun] = 'negated';
};

/** «не был смел», «не было страха». */
const denyPredicative = (
  tokens: readonly Token[],
  segments: readonly number[],
  verb: number,
  polarity: Polarity[],
): void => {
  for (let j = verb + 1; j <= verb + 3 && segments[j] === segments[verb]; j++) {
    const token = tokens[j];
    const isPredicative =
      token?.features.Variant === 'Short' || token?.features.Case === 'Ins' || token?.features.Case === 'Gen';
    if (isPredicative && token?.pos !== 'DET' && token?.pos !== 'PRON') polarity[j] = 'negated';
  }
};

const denyGenitives = (
  tokens: readonly Token[],
  segments: readonly number[],
  absence: number,
  polarity: Polarity[],
): void => {
  for (let j = absence - 3; j <= absence + 4; j++)
    if (segments[j] === segments[absence] && tokens[j]?.pos === 'NOUN' && tokens[j]?.features.Case === 'Gen')
      polarity[j] = 'negated';
};

const markNextVerb = (tokens: readonly Token[], i: number, polarity: Polarity[]): void => {
  const j = tokens[i + 1]?.form === 'ли' ? i + 2 : i + 1;
  if (tokens[j]?.pos === 'VERB' && polarity[j] === 'plain') polarity[j] = 'faint';
};

/** Words after a denied verb that its denial reaches. */
const SCOPE_MAX = 12;

/** All that follows up to the next conjunction or sign, and an infinitive just before. */
const markWithin = (
  tokens: readonly Token[],
  segments: readonly number[],
  verb: number,
  polarity: Polarity[],
): void => {
  for (let j = verb + 1; j <= verb + SCOPE_MAX && segments[j] === segments[verb]; j++) {
    const pos = tokens[j]?.pos;
    if (pos === 'CCONJ' || pos === 'PUNCT') break;
    if (polarity[j] === 'plain') polarity[j] = 'within';
  }
  const infinitive = infinitiveOf(tokens, segments, verb);
  if (infinitive !== null && polarity[infinitive] === 'plain') polarity[infinitive] = 'within';
};

/** Words that may stand between a verb and its infinitive. */
const INFINITIVE_DISTANCE_MAX = 5;

/** The infinitive that the word at `i` governs: after it, or, Russian order being free, just before it. */
export const infinitiveOf = (tokens: readonly Token[], segments: readonly number[], i: number): number | null => {
  for (let j = i + 1; j <= i + INFINITIVE_DISTANCE_MAX && segments[j] === segments[i]; j++) {
    const token = tokens[j];
    if (token?.features.VerbForm === 'Inf') return j;
    if (token === undefined || token.pos === 'PUNCT' || token.pos === 'VERB' || token.pos === 'SCONJ') break;
  }
  for (let j = i - 1; j >= i - 3 && segments[j] === segments[i]; j--) {
    const token = tokens[j];
    if (token?.features.VerbForm === 'Inf') return j;
    if (token === undefined || (token.pos !== 'PART' && token.pos !== 'ADV')) break;
  }
  return null;
};
