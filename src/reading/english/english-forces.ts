import type { Force, Polarity } from '../grammar.ts';
import type { Token } from '../token.ts';

/** Force dynamics told by grammar; confidences are estimates, to be replaced as annotated prose grows. */
export const englishForces = (tokens: readonly Token[], polarity: readonly Polarity[]): readonly Force[] =>
  tokens.flatMap((token, i) => forceAt(tokens, polarity, token, i) ?? []);

const forceAt = (tokens: readonly Token[], polarity: readonly Polarity[], token: Token, i: number): Force | null => {
  const { features, lemma, pos } = token;
  const next = tokens[i + 1];
  if (isAbsence(tokens, i)) return { key: 'lack', token: i, confidence: 0.55 };
  if (polarity[i] === 'negated') {
    if (pos === 'AUX' && lemma === 'will') return { key: 'resistance', token: i, confidence: 0.7 };
    if (lemma === 'should' && tokens.slice(i + 1, i + 4).some((after) => after.lemma === 'have'))
      return { key: 'guilt', token: i, confidence: 0.6 };
    return isDeniedAct(tokens, i) ? { key: 'restraint', token: i, confidence: 0.35 } : null;
  }
  if (polarity[i] === 'within') return null;
  if (features.Mood === 'Imp') return { key: 'compulsion', token: i, confidence: 0.45 };
  if (lemma === 'have' && next?.form === 'to') return { key: 'compulsion', token: i, confidence: 0.6 };
  if (features.Tense === 'Fut') return { key: 'hope', token: i, confidence: 0.3 };
  return i > 0 && token.form === 'but' && pos === 'CCONJ' ? { key: 'blockage', token: i, confidence: 0.3 } : null;
};

/** `there was no …`, `there was nothing`. */
const isAbsence = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]?.form === 'there' &&
  tokens[i + 1]?.lemma === 'be' &&
  /^(?:no|not|n't|nothing|nobody)$/u.test(tokens[i + 2]?.form ?? '');

/** `did not answer`: a finite verb or its auxiliary, not `was not`. */
const isDeniedAct = (tokens: readonly Token[], i: number): boolean => {
  const { features, pos, lemma } = tokens[i] as Token;
  return features.VerbForm === 'Fin' && (pos === 'VERB' || lemma === 'do') && lemma !== 'be';
};
