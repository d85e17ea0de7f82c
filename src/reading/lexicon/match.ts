import type { Grammar, Polarity } from '../grammar.ts';
import type { Token } from '../token.ts';
import type { Entry, Lexicon } from './lexicon.ts';

/** A sentence as far as matching needs it. */
export interface Matchable {
  readonly tokens: readonly Token[];
  readonly polarity: readonly Polarity[];
  /** For each token the number of its stretch between signs and clause borders: phrases do not cross it. */
  readonly segmentOf: readonly number[];
  readonly grammar: Grammar;
}

export interface Match<Key extends string> {
  readonly entry: Entry<Key>;
  /** The tokens that matched, in the order of the entry's words. */
  readonly at: readonly number[];
}

/** Tokens that may lie between two words of a phrase: `look nervously for`, «сжал в гневе кулаки». */
const PHRASE_GAP_MAX = 4;
/** Before a preposition or particle fewer: `put it off`, but not `looked at the door for an hour`. */
const PARTICLE_GAP_MAX = 1;

const reachOf = ({ pos }: Token): number => (pos === 'ADP' || pos === 'PART' ? PARTICLE_GAP_MAX : PHRASE_GAP_MAX);

/**
 * The entries that hold at token `i`. The more particular stands for the less: a phrase for its first word, a denied
 * word for the word, a word with an action as its complement for the word alone.
 */
export const matchesAt = <Key extends string>(
  lexicon: Lexicon<Key>,
  sentence: Matchable,
  i: number,
): readonly Match<Key>[] => {
  const token = sentence.tokens[i];
  if (token === undefined || token.pos === 'PUNCT') return [];
  for (const word of sentence.grammar.lookupKeys(token)) {
    const matches = lexicon.entriesOf(word).flatMap((entry) => matchEntry(entry, sentence, i));
    if (matches.length > 0) return mostParticular(matches);
  }
  return [];
};

const rank = ({ entry }: Match<string>): number =>
  (entry.words.length > 1 ? 4 : 0) + (entry.takesAction ? 2 : 0) + (entry.isDenied ? 1 : 0);

const mostParticular = <Key extends string>(matches: readonly Match<Key>[]): readonly Match<Key>[] => {
  const best = Math.max(...matches.map(rank));
  return matches.filter((match) => rank(match) === best);
};

const matchEntry = <Key extends string>(entry: Entry<Key>, sentence: Matchable, i: number): readonly Match<Key>[] => {
  const token = sentence.tokens[i];
  if (token === undefined || !isOfPart(entry, token)) return [];
  const at = entry.words.length === 1 ? [i] : findPhrase(entry.words, sentence, i);
  if (at === null || (entry.isDenied && !at.some((t) => isDenied(sentence, t)))) return [];
  return entry.takesAction && !at.some((t) => sentence.grammar.governsAction(sentence.tokens, sentence.segmentOf, t))
    ? []
    : [{ entry, at }];
};

/** Denied itself, or an action that does not come about: could not bring herself, «не мог заставить себя». */
const isDenied = ({ tokens, polarity }: Matchable, i: number): boolean =>
  polarity[i] === 'negated' ||
  polarity[i] === 'faint' ||
  (polarity[i] === 'within' && tokens[i]?.features.VerbForm === 'Inf');

/** A name is not the word it is made of (Надежда, Sleepy Hollow), unless the entry asks for nouns. */
const isOfPart = ({ pos, isParticiple }: Entry<string>, token: Token): boolean => {
  if (isParticiple && token.features.VerbForm !== 'Part') return false;
  return pos === null ? token.pos !== 'PROPN' : pos.has(token.pos);
};

const findPhrase = (words: readonly string[], sentence: Matchable, first: number): readonly number[] | null => {
  const at = [first];
  for (const word of words.slice(1)) {
    const last = at.at(-1) ?? first;
    const next =
      findWord(word, sentence, last, +1) ??
      (sentence.grammar.freeWordOrder ? findWord(word, sentence, first, -1) : null);
    if (next === null) return null;
    at.push(next);
  }
  return at;
};

const findWord = (word: string, sentence: Matchable, from: number, step: 1 | -1): number | null => {
  for (let gap = 0; gap <= PHRASE_GAP_MAX; gap++) {
    const i = from + step * (gap + 1);
    const token = sentence.tokens[i];
    if (token === undefined || sentence.segmentOf[i] !== sentence.segmentOf[from]) return null;
    if (gap > reachOf(token)) continue;
    if (sentence.grammar.lookupKeys(token).includes(word)) return i;
  }
  return null;
};
