import { type Facet, FIGURE_CONFIDENCE_MIN } from '../../scene/facet.ts';
import type { TensionKey } from '../../scene/inventory.ts';
import type { Entry } from '../lexicon/lexicon.ts';
import { type Match, matchesAt } from '../lexicon/match.ts';
import type { ParsedSentence } from '../parsed-sentence.ts';
import { CONFIDENCES, type Evidence, positionFactor, spanOf, strongest, WEIGHTS } from './evidence.ts';
import { posturesIn } from './posture.ts';

/** What the main verb says counts more than what is said beside it. */
const FINITE_FACTOR = 1.1;
/** A denied or governing entry says more than a word alone (not daring to enter, beside waited), a phrase more yet. */
const PARTICULAR_FACTOR = 1.3;
const PHRASE_FACTOR = 1.5;
/** What stands within a denial, or does not come about, is only in the air. */
const WITHIN_FACTOR = 0.5;
/** `not daring to open`: the door is not opened, but that is not the point. */
const WITHIN_DENIAL_FACTOR = 0.7;

/** The tension of tokens `[from, to)`: words, then constructions, then, where neither stands, weak grammar. */
export const readTension = (sentence: ParsedSentence, from: number, to: number): Facet | null => {
  const words = lexicalEvidence(sentence, from, to);
  const forces = forceEvidence(sentence, from, to);
  const standing = [...words, ...forces, ...withheldMotion(sentence, from, to)].filter(
    ({ confidence }) => confidence >= FIGURE_CONFIDENCE_MIN,
  );
  if (standing.length > 0) return strongest([...standing, ...words.filter((word) => !standing.includes(word))]);
  return strongest([...words, ...forces, ...defaults(sentence, from, to)]);
};

const lexicalEvidence = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<TensionKey>[] => {
  const lexicon = sentence.lexicons.tension[sentence.grammar.analyser.lang];
  const evidence: Evidence<TensionKey>[] = [];
  for (let i = from; i < to; i++)
    for (const match of matchesAt(lexicon, sentence, i)) {
      const span = spanOf(sentence.tokens, match, from, to);
      const factor = polarityFactor(sentence, match, i);
      if (span === null || factor === 0) continue;
      const { entry } = match;
      evidence.push({
        key: entry.key,
        ...span,
        confidence: CONFIDENCES[entry.strength] * (factor < 1 ? 0.6 : 1),
        weight: WEIGHTS[entry.strength] * factor * positionFactor(i - from) * particularFactor(sentence, entry, i),
        by: 'word',
      });
    }
  return evidence;
};

const particularFactor = (sentence: ParsedSentence, entry: Entry<TensionKey>, i: number): number => {
  if (entry.words.length > 1) return PHRASE_FACTOR;
  if (entry.isDenied || entry.takesAction) return PARTICULAR_FACTOR;
  return sentence.tokens[i]?.features.VerbForm === 'Fin' ? FINITE_FACTOR : 1;
};

/** A denied word does not hold, unless the entry asks for the denial. */
const polarityFactor = (sentence: ParsedSentence, { entry }: Match<TensionKey>, i: number): number => {
  const polarity = sentence.polarity[i];
  if (entry.isDenied) return polarity === 'within' && entry.words.length === 1 ? WITHIN_DENIAL_FACTOR : 1;
  if (polarity === 'negated') return 0;
  return polarity === 'within' ? WITHIN_FACTOR : 1;
};

const forceEvidence = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<TensionKey>[] =>
  sentence.forces
    .filter(({ token }) => token >= from && token < to)
    .map(({ key, token, confidence }) => ({
      key,
      ...tokenSpan(sentence, token),
      confidence,
      weight: confidence * 3,
      by: 'grammar',
    }));

const tokenSpan = (sentence: ParsedSentence, i: number): { readonly start: number; readonly end: number } => ({
  start: sentence.tokens[i]?.start ?? 0,
  end: sentence.tokens[i]?.end ?? 0,
});

/** Staying where one is while a motion is denied, `stood at the gate without going in`: the motion is held back. */
const withheldMotion = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<TensionKey>[] => {
  if (posturesIn(sentence, from, to).length === 0) return [];
  const found: Evidence<TensionKey>[] = [];
  for (let i = from; i < to; i++)
    if (sentence.polarity[i] === 'negated' && sentence.classes[i]?.has('motion') === true)
      found.push({ key: 'restraint', ...tokenSpan(sentence, i), confidence: 0.55, weight: 2, by: 'rule' });
  return found.slice(0, 1);
};

/** Where nothing stands: what a posture, a motion or a hostile air suggest. Never enough for the figure. */
const defaults = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<TensionKey>[] => {
  const atmosphere = sentence.lexicons.atmosphere[sentence.grammar.analyser.lang];
  const found: Evidence<TensionKey>[] = [];
  const put = (key: TensionKey, i: number, confidence: number): void => {
    found.push({ key, ...tokenSpan(sentence, i), confidence, weight: confidence * 2, by: 'rule' });
  };
  for (let i = from; i < to; i++) {
    if (sentence.polarity[i] !== 'plain') continue;
    const classes = sentence.classes[i];
    if (classes?.has('posture') === true) put('calm', i, 0.3);
    else if (classes?.has('motion') === true && sentence.tokens[i]?.features.VerbForm === 'Fin')
      put('breakthrough', i, 0.3);
    if (matchesAt(atmosphere, sentence, i).some(({ entry }) => HOSTILE.has(entry.key))) put('threat', i, 0.35);
  }
  return found;
};

const HOSTILE: ReadonlySet<string> = new Set(['cold', 'wind', 'dark']);
