import type { Link } from '../grammar.ts';
import type { Token } from '../token.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const COORDINATORS = words('и а но или либо зато');
/** Only at the border of a clause; inside one they are particles. */
const COORDINATORS_AT_BORDER = words('да однако');
const ADVERBIAL = words('когда если хотя хоть пока покуда поскольку ибо едва лишь ежели коли только');
const ADVERBIAL_PHRASES: readonly (readonly string[])[] = [
  'потому что',
  'оттого что',
  'так как',
  'как только',
  'лишь только',
  'прежде чем',
  'после того как',
  'до того как',
  'перед тем как',
  'с тех пор как',
  'в то время как',
  'между тем как',
  'несмотря на то что',
  'благодаря тому что',
].map((phrase) => phrase.split(' '));
const COMPLEMENT = words('что чтобы чтоб дабы будто словно точно как почему зачем отчего сколько насколько ли');
/** Inside a sentence; at its beginning they ask. */
const QUESTION_LEMMAS = words('что кто какой каков сколько');
/** «в тот день, когда …» describes the day. */
const TIMES = words('день час время минута момент год ночь вечер утро раз тогда пора тот');
const PLACES = words('где куда откуда');

/** What joins the clause that begins at `i` to its neighbour; see {@link Link}. */
export const russianLinkAt = (tokens: readonly Token[], i: number, opens: boolean): Link | null => {
  const form = tokens[i]?.form ?? '';
  if (COORDINATORS.has(form) || (opens && COORDINATORS_AT_BORDER.has(form))) return 'coordinate';
  const begins = opens || tokens[i - 1]?.pos === 'CCONJ';
  if (!begins) return null;
  if (startsPhrase(tokens, i)) return 'adverbial';
  if (form === 'когда' && TIMES.has(lastWordBefore(tokens, i)?.lemma ?? '')) return 'relative';
  if (ADVERBIAL.has(form)) return 'adverbial';
  if (i === 0) return null;
  if (isRelative(tokens, i)) return 'relative';
  if (PLACES.has(form)) return isNominal(lastWordBefore(tokens, i)) ? 'relative' : 'complement';
  if (COMPLEMENT.has(form) || QUESTION_LEMMAS.has(tokens[i]?.lemma ?? '')) return 'complement';
  return tokens[i]?.pos === 'ADP' && QUESTION_LEMMAS.has(tokens[i + 1]?.lemma ?? '') ? 'complement' : null;
};

const startsPhrase = (tokens: readonly Token[], i: number): boolean =>
  ADVERBIAL_PHRASES.some((phrase) => phrase.every((word, k) => tokens[i + k]?.form === word));

/** который, чей, after at most a preposition and a noun of their own: «в котором», «окна которого». */
const isRelative = (tokens: readonly Token[], i: number): boolean => {
  for (let j = i; j < i + 4; j++) {
    const token = tokens[j];
    if (token === undefined || token.pos === 'VERB' || token.pos === 'AUX' || token.pos === 'PUNCT') return false;
    if (token.lemma === 'который' || (j === i && token.lemma === 'чей')) return true;
  }
  return false;
};

const lastWordBefore = (tokens: readonly Token[], i: number): Token | undefined =>
  tokens[i - 1]?.pos === 'PUNCT' ? tokens[i - 2] : tokens[i - 1];

const isNominal = (token: Token | undefined): boolean =>
  token?.pos === 'NOUN' || token?.pos === 'PROPN' || token?.pos === 'ADV';
