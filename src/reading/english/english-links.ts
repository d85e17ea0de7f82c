import type { Link } from '../grammar.ts';
import type { Token } from '../token.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const COORDINATORS = words('and but or nor');
/** Only at the border of a clause. */
const COORDINATORS_AT_BORDER = words('yet so');
const ADVERBIAL = words('because although though unless whenever while whilst when once if');
/** Conjunctions only before a subject and its verb; prepositions and adverbs otherwise. */
const ADVERBIAL_BEFORE_CLAUSE = words('as before after since until till for');
const RELATIVE = words('who whom whose which');
const COMPLEMENT = words('whether why how what lest');
/** Verbs that take `if` as `whether`. */
const ASKING = words('ask wonder know see doubt tell say care matter');
/** `at the hour when …` describes the hour. */
const TIMES = words('hour day time moment night year morning evening week minute instant season age period month way');
/** Words between the two parts of a comparison. */
const COMPARISON_REACH = 5;
/** Words that may stand between a conjunction and the verb of its clause. */
const CLAUSE_REACH_MAX = 12;

/** What joins the clause that begins at `i` to its neighbour; see {@link Link}. */
export const englishLinkAt = (tokens: readonly Token[], i: number, opens: boolean): Link | null => {
  const token = tokens[i];
  if (token === undefined) return null;
  const { form } = token;
  if (COORDINATORS.has(form)) return 'coordinate';
  if (opens && i > 0 && COORDINATORS_AT_BORDER.has(form)) return 'coordinate';
  if (RELATIVE.has(form)) return i === 0 ? null : 'relative';
  if (token.pos === 'ADP' && (tokens[i + 1]?.form === 'which' || tokens[i + 1]?.form === 'whom')) return 'relative';
  if (form === 'that') return thatLink(tokens, i);
  if (form === 'where') return i === 0 ? null : isNoun(lastWordBefore(tokens, i)) ? 'relative' : 'complement';
  if (form === 'when' && TIMES.has(tokens[i - 1]?.lemma ?? '')) return 'relative';
  if (form === 'as' && comparesBefore(tokens, i)) return 'complement';
  if (isContactClause(tokens, i)) return 'relative';
  if (form === 'as' && /^(?:if|though)$/u.test(tokens[i + 1]?.form ?? '')) return 'complement';
  if (form === 'if' && ASKING.has(tokens[i - 1]?.lemma ?? '')) return 'complement';
  if (ADVERBIAL.has(form)) return 'adverbial';
  if (COMPLEMENT.has(form)) return i === 0 ? null : 'complement';
  return ADVERBIAL_BEFORE_CLAUSE.has(form) && opensClause(tokens, i, opens) ? 'adverbial' : null;
};

/** `that` after a noun describes it, after a verb completes it; before a noun it points (`that evening`). */
const thatLink = (tokens: readonly Token[], i: number): Link | null => {
  const next = tokens[i + 1];
  if (i === 0 || next === undefined || isNoun(next) || next.pos === 'ADJ' || next.pos === 'PUNCT') {
    return i > 0 && isVerbal(tokens[i - 1]) && hasVerbAfter(tokens, i) ? 'complement' : null;
  }
  const before = lastWordBefore(tokens, i);
  if (before?.pos === 'ADP') return null;
  if (!hasVerbAfter(tokens, i)) return null;
  return isNoun(before) || before?.pos === 'PRON' ? 'relative' : 'complement';
};

/** `as he came`, `before the sun had set`, but not `before the door`, `as a child`. */
const opensClause = (tokens: readonly Token[], i: number, opens: boolean): boolean => {
  const next = tokens[i + 1];
  if (tokens[i]?.form === 'for') return opens && i > 0 && next?.features.Case === 'Nom' && hasVerbAfter(tokens, i);
  if (next === undefined || next.pos === 'VERB' || next.pos === 'PUNCT' || next.pos === 'ADP') return false;
  return hasVerbAfter(tokens, i);
};

const isNoun = (token: Token | undefined): boolean => token?.pos === 'NOUN' || token?.pos === 'PROPN';
const isVerbal = (token: Token | undefined): boolean =>
  token?.pos === 'VERB' || token?.pos === 'AUX' || token?.pos === 'ADJ';

const hasVerbAfter = (tokens: readonly Token[], i: number): boolean => {
  for (let j = i + 1; j <= i + CLAUSE_REACH_MAX; j++) {
    const token = tokens[j];
    if (token === undefined || /^[,;:.!?—–]$/u.test(token.text)) return false;
    if (token.features.VerbForm === 'Fin') return true;
  }
  return false;
};

/** `as far as`, `the same side as`, `such a noise as`. */
const comparesBefore = (tokens: readonly Token[], i: number): boolean =>
  tokens.slice(Math.max(0, i - COMPARISON_REACH), i).some(({ form }) => /^(?:as|same|so|such)$/u.test(form));

/** `the man I saw`: a subject pronoun right after a noun with its article, which no preposition governs. */
const isContactClause = (tokens: readonly Token[], i: number): boolean => {
  const token = tokens[i];
  const noun = tokens[i - 1];
  if (token?.features.Case !== 'Nom' || noun?.pos !== 'NOUN' || TIMES.has(noun.lemma)) return false;
  let j = i - 2;
  while (tokens[j]?.pos === 'ADJ' || tokens[j]?.pos === 'NOUN') j--;
  return (
    /^(?:the|a|an)$/u.test(tokens[j]?.form ?? '') && j > 0 && tokens[j - 1]?.pos !== 'ADP' && hasVerbAfter(tokens, i)
  );
};

const lastWordBefore = (tokens: readonly Token[], i: number): Token | undefined =>
  tokens[i - 1]?.pos === 'PUNCT' ? tokens[i - 2] : tokens[i - 1];
