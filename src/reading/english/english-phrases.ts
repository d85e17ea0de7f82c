import type { PlaceNouns, Role } from '../grammar.ts';
import type { Token } from '../token.ts';
import { POSSESSIVES } from './closed-words.ts';

/** Prepositions whose phrase says neither where nor when. */
const TOPIC_PREPOSITIONS: ReadonlySet<string> = new Set('about without for of despite except like than as'.split(' '));
/** Prepositions that say what a passage leads to. */
const LEADING: ReadonlySet<string> = new Set('to into from'.split(' '));
/** Longest run of words between a preposition and the last noun of its phrase. */
const PHRASE_LENGTH_MAX = 8;

export const isNoun = (token: Token | undefined): boolean => token?.pos === 'NOUN' || token?.pos === 'PROPN';

const opensPhrase = (token: Token): boolean =>
  token.pos === 'ADP' ||
  (token.form === 'to' && token.pos === 'PART') ||
  // wink-nlp takes many prepositions before a noun for conjunctions or adverbs.
  ((token.pos === 'SCONJ' || token.pos === 'ADV') &&
    /^(?:for|before|behind|outside|inside|beside|above|below|near|past|opposite|at|by|within)$/u.test(token.form));

const describesNoun = (token: Token): boolean =>
  ['DET', 'ADJ', 'NUM', 'ADV'].includes(token.pos) ||
  token.form === "'s" ||
  POSSESSIVES.has(token.form) ||
  (token.pos === 'VERB' && token.features.VerbForm === 'Part') ||
  (token.pos === 'VERB' && token.features.VerbForm === 'Ger');

/**
 * The head of the noun phrase that begins at `from`: the last noun of its first run, over possessors and nouns that
 * stand before others (`her father's study door`).
 */
export const nounPhraseHead = (tokens: readonly Token[], from: number): number | null => {
  let head: number | null = null;
  for (let j = from; j < tokens.length && j < from + PHRASE_LENGTH_MAX; j++) {
    const token = tokens[j] as Token;
    if (isNoun(token)) head = j;
    else if (head !== null && token.form !== "'s" && token.text !== "'") return head;
    else if (head === null && !describesNoun(token)) return null;
  }
  return head;
};

/** @param isPerson whether a noun names a living being, which is no place */
export const englishRoles = (
  tokens: readonly Token[],
  nouns: PlaceNouns,
  isPerson: (token: Token) => boolean,
): readonly Role[] => {
  const roles = new Array<Role>(tokens.length).fill('none');
  for (const [i, token] of tokens.entries()) {
    if (isNoun(token) && (isNoun(tokens[i + 1]) || tokens[i + 1]?.form === "'s")) roles[i] = 'modifier';
    if (!opensPhrase(token)) continue;
    const head = nounPhraseHead(tokens, i + 1);
    if (head === null) continue;
    const owner = isNoun(tokens[i - 1]) ? tokens[i - 1] : undefined;
    if (token.form === 'of' && owner !== undefined)
      roles[head] = nouns.part.has(owner.lemma) && roles[i - 1] === 'place' ? 'place' : 'modifier';
    else if (TOPIC_PREPOSITIONS.has(token.form) || isPerson(tokens[head] as Token)) roles[head] = 'topic';
    else roles[head] = LEADING.has(token.form) && nouns.passage.has(owner?.lemma ?? '') ? 'modifier' : 'place';
    if (tokens[head + 1]?.form === 'and' || tokens[head + 1]?.form === 'or') {
      const other = nounPhraseHead(tokens, head + 2);
      const role = roles[head];
      if (other !== null && role !== undefined && tokens[other + 1]?.features.VerbForm !== 'Fin') roles[other] = role;
    }
  }
  return roles;
};
