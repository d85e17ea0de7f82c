import type { WordClass } from '../lexicon/load-lexicons.ts';
import { matchesAt } from '../lexicon/match.ts';
import type { ParsedSentence } from '../parsed-sentence.ts';

/** The classes of the word at `i`; a phrase (stand up) stands for its first word. */
export const classesAt = (sentence: ParsedSentence, i: number): ReadonlySet<WordClass> =>
  new Set(
    matchesAt(sentence.lexicons.classes[sentence.grammar.analyser.lang], sentence, i).map(({ entry }) => entry.key),
  );

/** Tokens of `[from, to)` that are verbs of posture or staying and hold: not denied, not merely intended. */
export const posturesIn = (sentence: ParsedSentence, from: number, to: number): readonly number[] => {
  const found: number[] = [];
  for (let i = from; i < to; i++) {
    const holds = sentence.polarity[i] === 'plain' || sentence.polarity[i] === 'faint';
    if (holds && !sentence.clauses.speech[i] && classesAt(sentence, i).has('posture')) found.push(i);
  }
  return found;
};
