import type { Force, Polarity } from '../grammar.ts';
import type { Token } from '../token.ts';

/** Force dynamics told by grammar; confidences are estimates, to be replaced as annotated prose grows. */
export const russianForces = (tokens: readonly Token[], polarity: readonly Polarity[]): readonly Force[] =>
  tokens.flatMap((token, i) => forceAt(tokens, polarity, token, i) ?? []);

const forceAt = (tokens: readonly Token[], polarity: readonly Polarity[], token: Token, i: number): Force | null => {
  const { features, lemma } = token;
  if (polarity[i] === 'negated') {
    if (isAbsence(tokens, i)) return { key: 'lack', token: i, confidence: 0.55 };
    // «не поеду»: the speaker's own will, where a past tense would only report.
    if (features.Person === '1' && features.Tense === 'Fut') return { key: 'resistance', token: i, confidence: 0.7 };
    if (token.form !== lemma && isUnfulfilled(tokens, i)) return { key: 'restraint', token: i, confidence: 0.55 };
    return features.VerbForm === 'Fin' && lemma !== 'быть' ? { key: 'restraint', token: i, confidence: 0.35 } : null;
  }
  if (polarity[i] === 'within') return null;
  if (features.Mood === 'Imp') return { key: 'compulsion', token: i, confidence: 0.45 };
  if (token.form === 'чтобы' || token.form === 'чтоб') return { key: 'attraction', token: i, confidence: 0.3 };
  if (features.Tense === 'Fut' && features.VerbForm === 'Fin') return { key: 'hope', token: i, confidence: 0.3 };
  return i > 0 && (token.form === 'но' || token.form === 'однако')
    ? { key: 'blockage', token: i, confidence: 0.3 }
    : null;
};

/** «не было дороги», «не оказалось никого»: there is none. */
const isAbsence = (tokens: readonly Token[], i: number): boolean => {
  const { lemma, features } = tokens[i] as Token;
  if (!/^(?:быть|оказаться|остаться|найтись)$/u.test(lemma)) return false;
  if (features.Gender !== 'Neut' && features.Tense === 'Past') return false;
  return [-4, -3, -2, 1, 2, 3, 4].some(
    (d) => tokens[i + d]?.features.Case === 'Gen' && tokens[i + d - 1]?.pos !== 'ADP',
  );
};

/** «так и не вошёл»: what was to come did not. */
const isUnfulfilled = (tokens: readonly Token[], i: number): boolean =>
  tokens[i - 1]?.form === 'не' && tokens[i - 2]?.form === 'и' && tokens[i - 3]?.form === 'так';
