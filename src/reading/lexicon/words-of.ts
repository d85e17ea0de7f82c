import type { Lexicon } from './lexicon.ts';

/** The single words of one key, for rules that ask nothing but whether a word is among them. */
export const wordsOf = <Key extends string>(lexicon: Lexicon<Key>, key: Key): ReadonlySet<string> =>
  new Set(lexicon.entries.flatMap((entry) => (entry.key === key && entry.words.length === 1 ? entry.words : [])));
