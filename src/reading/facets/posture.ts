import type { ParsedSentence } from '../parsed-sentence.ts';

/** Tokens of `[from, to)` that are verbs of posture or staying and hold: not denied, not merely intended. */
export const posturesIn = (sentence: ParsedSentence, from: number, to: number): readonly number[] => {
  const found: number[] = [];
  for (let i = from; i < to; i++) {
    const holds = sentence.polarity[i] === 'plain' || sentence.polarity[i] === 'faint';
    if (holds && !sentence.clauses.speech[i] && sentence.classes[i]?.has('posture') === true) found.push(i);
  }
  return found;
};
