import type { Polarity } from '../grammar.ts';
import type { Token } from '../token.ts';
import { nounPhraseHead } from './english-phrases.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const BEFORE_VERB = words("not n't never neither");
const FAINT = words('hardly scarcely barely');
const NOBODY = words('nobody nothing none');
/** Words after a denied one that its denial reaches. */
const SCOPE_MAX = 12;
/** Words between a negation and the verb it denies. */
const TARGET_DISTANCE_MAX = 4;

/**
 * `not`, `never` deny the next verb or adjective with its auxiliary, or the noun right after; `no`, `without` their
 * noun; `nobody`, `nothing` the verb beside them. What hangs on a denied verb stands within the denial up to the next
 * sign or conjunction, and so does the action that a word of withholding takes (afraid to knock), unless that word is
 * denied itself.
 */
export const englishPolarities = (
  tokens: readonly Token[],
  segments: readonly number[],
  isWithholding: (token: Token) => boolean,
): readonly Polarity[] => {
  const polarity = new Array<Polarity>(tokens.length).fill('plain');
  const context: Context = { tokens, segments, polarity, isWithholding };
  for (const [i, token] of tokens.entries()) {
    if (BEFORE_VERB.has(token.form)) denyNext(context, i, 'negated');
    else if (FAINT.has(token.form)) denyNext(context, i, 'faint');
    else if (token.form === 'no' && token.pos !== 'PUNCT') denyNoun(context, i);
    else if (token.form === 'without') denyAfterWithout(context, i);
    else if (NOBODY.has(token.form)) denyBeside(context, i);
  }
  for (const [i, token] of tokens.entries())
    if (polarity[i] !== 'negated' && isWithholding(token) && englishGovernsAction(tokens, segments, i))
      markWithin(context, i);
  return polarity;
};

interface Context {
  readonly tokens: readonly Token[];
  readonly segments: readonly number[];
  readonly polarity: Polarity[];
  readonly isWithholding: (token: Token) => boolean;
}

const denyNext = (context: Context, negator: number, as: 'negated' | 'faint'): void => {
  const { tokens, segments, polarity } = context;
  const auxiliary = negator - 1;
  // `dared not go`, `knew not`: the verb before, which is no auxiliary, is denied.
  if (tokens[auxiliary]?.pos === 'VERB' && tokens[negator + 1]?.form !== 'to') {
    polarity[auxiliary] = as;
    markWithin(context, negator);
    return;
  }
  for (let j = negator + 1; j <= negator + TARGET_DISTANCE_MAX && segments[j] === segments[negator]; j++) {
    const token = tokens[j] as Token;
    if (token.pos === 'PUNCT' || token.pos === 'CCONJ') break;
    if (token.pos === 'DET' || token.pos === 'NUM') {
      const head = nounPhraseHead(tokens, j);
      if (head !== null) polarity[head] = as;
      if (tokens[auxiliary]?.pos !== 'AUX') return;
      break;
    }
    if (token.pos === 'VERB' || token.pos === 'ADJ' || token.pos === 'NOUN') {
      polarity[j] = as;
      if (tokens[auxiliary]?.pos === 'AUX') polarity[auxiliary] = as;
      if (token.pos !== 'NOUN' && !context.isWithholding(token)) markWithin(context, j);
      return;
    }
  }
  // `dared not`, `knew not`, `was not`: nothing follows that could be denied.
  const before = tokens[auxiliary];
  if (before?.pos === 'VERB' || before?.pos === 'AUX') {
    polarity[auxiliary] = as;
    markWithin(context, negator);
  }
};

const denyNoun = ({ tokens, polarity }: Context, i: number): void => {
  const head = nounPhraseHead(tokens, i + 1);
  if (head !== null) polarity[head] = 'negated';
};

/** `without a word`, `without daring to look`. */
const denyAfterWithout = (context: Context, i: number): void => {
  const { tokens, polarity } = context;
  const next = tokens[i + 1]?.pos === 'ADV' ? i + 2 : i + 1;
  if (tokens[next]?.features.VerbForm === 'Ger') {
    polarity[next] = 'negated';
    markWithin(context, next);
  } else denyNoun(context, i);
};

const denyBeside = (context: Context, i: number): void => {
  const { tokens, segments, polarity } = context;
  for (const j of [i + 1, i + 2, i + 3, i - 1, i - 2]) {
    if (tokens[j]?.pos !== 'VERB' || segments[j] !== segments[i]) continue;
    polarity[j] = 'negated';
    return;
  }
};

const markWithin = ({ tokens, segments, polarity }: Context, from: number): void => {
  for (let j = from + 1; j <= from + SCOPE_MAX && segments[j] === segments[from]; j++) {
    const pos = tokens[j]?.pos;
    if (pos === 'CCONJ' || pos === 'PUNCT') return;
    if (polarity[j] === 'plain') polarity[j] = 'within';
  }
};

/** `dared to go`, `dared not go`, `afraid of going`, `too timid even to knock`. */
export const englishGovernsAction = (tokens: readonly Token[], segments: readonly number[], i: number): boolean => {
  let j = i + 1;
  while (j <= i + 4 && (tokens[j]?.pos === 'ADV' || tokens[j]?.form === 'not' || tokens[j]?.form === "n't")) j++;
  const token = tokens[j];
  if (token === undefined || segments[j] !== segments[i]) return false;
  if (token.features.VerbForm === 'Inf') return true;
  const next = tokens[j + 1]?.pos === 'ADV' ? tokens[j + 2] : tokens[j + 1];
  if (token.form === 'to') return next?.features.VerbForm === 'Inf';
  return token.pos !== 'PUNCT' && /^(?:of|about|from|at)$/u.test(token.form) && next?.features.VerbForm === 'Ger';
};
