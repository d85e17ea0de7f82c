import { lookupForm, plainSpelling, type RawToken, splitTokens } from '../split-tokens.ts';
import type { Analyser, Features, PartOfSpeech, Token } from '../token.ts';
import { type Analysis, openRumorph, type Rumorph } from './rumorph.ts';

const NO_FEATURES: Features = {};
const FEATURE_SETS = new Map<string, Features>();

/** @throws HypersceneError MISSING_ASSET */
export const openRussianAnalyser = async (): Promise<Analyser> => {
  const rumorph = await openRumorph();
  return { lang: 'ru', analyse: (sentence) => analyse(sentence, rumorph) };
};

const analyse = (sentence: string, rumorph: Rumorph): readonly Token[] => {
  const raw = splitTokens(sentence);
  const analyses = rumorph.analyse(raw.map((token) => plainSpelling(token.text)));
  return raw.map((token, i) => toToken(token, analyses[i] ?? null, raw[i - 1], analyses[i + 1] ?? null));
};

const toToken = (
  token: RawToken,
  analysis: Analysis | null,
  before: RawToken | undefined,
  after: Analysis | null,
): Token => {
  const form = lookupForm(token.text);
  const pos = partOfSpeech(token, analysis, before, after);
  return {
    text: token.text,
    form,
    lemma: analysis === null || token.kind !== 'word' ? form : lookupForm(analysis.lemma),
    pos,
    features: analysis === null ? NO_FEATURES : features(analysis.features),
    start: token.start,
    end: token.end,
  };
};

const partOfSpeech = (
  token: RawToken,
  analysis: Analysis | null,
  before: RawToken | undefined,
  after: Analysis | null,
): PartOfSpeech => {
  if (token.kind === 'sign') return /^\p{P}/u.test(token.text) ? 'PUNCT' : 'SYM';
  if (token.kind === 'number') return 'NUM';
  if (analysis === null) return 'X';
  const pos = analysis.pos as PartOfSpeech;
  // Томский, Чекалинский: a surname in the form of an adjective, unless a noun follows (Невский проспект).
  const mayBeName = pos === 'NOUN' || (pos === 'ADJ' && !/^(?:NOUN|PROPN|ADJ|CCONJ)$/u.test(after?.pos ?? ''));
  return mayBeName && isNameInside(token.text, before) ? 'PROPN' : pos;
};

/** A noun with a capital, not after a stop or an opening sign: a name the dictionary does not list as one. */
const isNameInside = (text: string, before: RawToken | undefined): boolean =>
  /^\p{Lu}\p{Ll}/u.test(text) && before !== undefined && (before.kind !== 'sign' || before.text === ',');

/** The partitive (духу, чаю) does what the genitive does. */
const toFeature = (pair: string): readonly string[] => (pair === 'Case=Par' ? ['Case', 'Gen'] : pair.split('=', 2));

/** `Case=Nom|Number=Sing` → an object; the few hundred combinations that exist are kept. */
const features = (text: string): Features => {
  const known = FEATURE_SETS.get(text);
  if (known !== undefined) return known;
  const made: Features = Object.fromEntries(text.split('|').filter(Boolean).map(toFeature));
  FEATURE_SETS.set(text, made);
  return made;
};
