import type { Token } from '../token.ts';
import { BE, HAVE, LOOKALIKES, PASTS, POSSESSIVES, RARE_PASTS } from './closed-words.ts';
import { verbBase } from './verb-bases.ts';

/**
 * Mends tags that wink-nlp gets wrong often enough in prose to matter, each where its neighbours leave no doubt.
 * Measured on the sentences of the reading tests; a rule that only one sentence needed was left out.
 */
export const mendTags = (tokens: readonly Token[], knows: (word: string) => boolean): readonly Token[] => {
  const mended: Token[] = [];
  for (const [i, token] of tokens.entries()) mended.push(mend(token, mended[i - 1], tokens[i + 1], knows));
  return mended;
};

const mend = (
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  knows: (word: string) => boolean,
): Token => {
  if (token.form === "'s") return clitic(token, before, after);
  if (token.form === "'d") return { ...token, pos: 'AUX', lemma: 'would' };
  if (LOOKALIKES.has(token.form)) return token;
  if (token.pos === 'VERB') return withRegularLemma(token, knows);
  if (token.pos === 'ADJ' && isDeterminer(before) && endsNounPhrase(after)) return { ...token, pos: 'NOUN' };
  if (token.pos !== 'ADJ' && token.pos !== 'NOUN') return token;
  const base = hiddenVerb(token, before, after, knows);
  return base === null ? token : { ...token, pos: 'VERB', lemma: base, features: {} };
};

/** The base of a verb that wink-nlp takes for an adjective or noun; null if it is none. */
const hiddenVerb = (
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  knows: (word: string) => boolean,
): string | null => {
  const past = PASTS.get(token.form) ?? RARE_PASTS.get(token.form);
  if (past !== undefined) return isDeterminer(before) || before?.pos === 'ADJ' ? null : past;
  if (isOrder(before, after) && !QUANTITIES.has(token.form) && !/(?:ing|ed)$/u.test(token.form)) return token.form;
  // After `he`, only a verb ends in -ed.
  if (token.form.endsWith('ed') && before?.features.Case === 'Nom') return verbBase(token.form, () => true);
  const base = verbBase(token.form, knows);
  if (base === null) return null;
  return (token.form.endsWith('ing') ? isParticiple(before, after) : isPast(token, before, after)) ? base : null;
};

/** Adjectives and nouns that stand before an article by themselves: `such a man`, `half the town`. */
const QUANTITIES: ReadonlySet<string> = new Set('such half all both many quite double what'.split(' '));

/** `Open the door`, `Close your eyes`: a word that begins a sentence, before a determiner, is an order. */
const isOrder = (before: Token | undefined, after: Token | undefined): boolean =>
  (before === undefined || /^[.!?:«“"‘]$/u.test(before.text)) &&
  after !== undefined &&
  (after.pos === 'DET' || POSSESSIVES.has(after.form) || after.features.Case === 'Acc');

/** `star|ed` for stared: wink-nlp takes the shorter of two known bases. */
const withRegularLemma = (token: Token, knows: (word: string) => boolean): Token => {
  if (!/(?:ing|ed)$/u.test(token.form) || token.lemma === token.form) {
    const base = token.lemma === token.form && /(?:ing|ed)$/u.test(token.form) ? verbBase(token.form, knows) : null;
    return base === null ? token : { ...token, lemma: base };
  }
  const base = verbBase(token.form, knows);
  return base === `${token.lemma}e` ? { ...token, lemma: base } : token;
};

const clitic = (token: Token, before: Token | undefined, after: Token | undefined): Token => {
  if (before?.form === 'let')
    return { ...token, pos: 'PRON', lemma: 'we', features: { Case: 'Acc', Person: '1', Number: 'Plur' } };
  const verbal =
    before?.pos === 'PRON' ||
    before?.pos === 'ADV' ||
    before?.pos === 'DET' ||
    (after !== undefined &&
      ['DET', 'ADP', 'ADV', 'PART', 'PRON', 'PUNCT'].includes(after.pos) &&
      before?.pos !== 'PROPN');
  return verbal ? { ...token, pos: 'AUX', lemma: 'be' } : { ...token, pos: 'PART' };
};

const isDeterminer = (token: Token | undefined): boolean =>
  token !== undefined && (token.pos === 'DET' || POSSESSIVES.has(token.form));

const endsNounPhrase = (after: Token | undefined): boolean =>
  after === undefined || ['AUX', 'VERB', 'CCONJ'].includes(after.pos) || /^[.!?;]$/u.test(after.text);

/** A form in -ing that opens a phrase of its own: `not daring to enter`, `, trembling with cold`. */
const isParticiple = (before: Token | undefined, after: Token | undefined): boolean =>
  (before === undefined ||
    before.pos === 'PUNCT' ||
    before.pos === 'ADV' ||
    before.features.Case === 'Acc' ||
    ['not', 'without', 'and', 'never', 'hardly', 'while', 'when'].includes(before.form) ||
    BE.has(before.form)) &&
  (after === undefined || !['NOUN', 'PROPN', 'ADJ', 'VERB', 'AUX'].includes(after.pos));

/** A form in -ed between what can be its subject and what can be its object: `the wolf chased the deer`. */
const isPast = (token: Token, before: Token | undefined, after: Token | undefined): boolean =>
  token.form.endsWith('ed') &&
  token.pos === 'NOUN' &&
  before !== undefined &&
  ['NOUN', 'PROPN', 'PRON', 'ADV', 'CCONJ'].includes(before.pos) &&
  !HAVE.has(before.form) &&
  (after === undefined || ['DET', 'PRON', 'ADP', 'ADV', 'PART', 'PUNCT', 'CCONJ', 'SCONJ'].includes(after.pos));
