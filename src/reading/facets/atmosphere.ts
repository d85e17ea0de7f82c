import { type Facet, FIGURE_CONFIDENCE_MIN } from '../../scene/facet.ts';
import type { AtmosphereKey } from '../../scene/inventory.ts';
import type { Polarity } from '../grammar.ts';
import { matchesAt } from '../lexicon/match.ts';
import type { ParsedSentence } from '../parsed-sentence.ts';
import { CONFIDENCES, type Evidence, positionFactor, spanOf, strongest, WEIGHTS } from './evidence.ts';
import { posturesIn } from './posture.ts';

/** The door of a house is not the house. */
const MODIFIER_FACTOR = 0.55;
const POLARITY_FACTORS: Readonly<Record<Polarity, number>> = { plain: 1, faint: 1, within: 0.5, negated: 0 };
/** Just enough for the figure: someone who stays where they are and makes no sound stands in silence. */
const SILENCE_CONFIDENCE = 0.55;

/** The atmosphere of tokens `[from, to)`: a word that stands outranks the rule of silence, that a weak word. */
export const readAtmosphere = (sentence: ParsedSentence, from: number, to: number): Facet | null => {
  const word = strongest(lexicalEvidence(sentence, from, to));
  if (word !== null && word.confidence >= FIGURE_CONFIDENCE_MIN) return word;
  return silenceOfPosture(sentence, from, to) ?? word;
};

const lexicalEvidence = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<AtmosphereKey>[] => {
  const lexicon = sentence.lexicons.atmosphere[sentence.grammar.analyser.lang];
  const evidence: Evidence<AtmosphereKey>[] = [];
  for (let i = from; i < to; i++)
    for (const match of matchesAt(lexicon, sentence, i)) {
      const span = spanOf(sentence.tokens, match, from, to);
      const { entry } = match;
      const factor =
        (entry.isDenied ? 1 : POLARITY_FACTORS[sentence.polarity[i] ?? 'plain']) *
        (sentence.roles[i] === 'modifier' ? MODIFIER_FACTOR : 1);
      if (span === null || factor === 0) continue;
      evidence.push({
        key: entry.key,
        ...span,
        confidence: CONFIDENCES[entry.strength] * factor,
        weight: WEIGHTS[entry.strength] * factor * positionFactor(i - from),
        by: 'word',
      });
    }
  return evidence;
};

const silenceOfPosture = (sentence: ParsedSentence, from: number, to: number): Facet | null => {
  const [posture] = posturesIn(sentence, from, to);
  if (posture === undefined || isHeard(sentence, from, to)) return null;
  const { start, end } = sentence.tokens[posture] ?? { start: 0, end: 0 };
  return { key: 'silence' satisfies AtmosphereKey, start, end, confidence: SILENCE_CONFIDENCE, by: 'rule' };
};

/** Whether anybody speaks or anything sounds: not what is denied, feared or only intended. */
const isHeard = (sentence: ParsedSentence, from: number, to: number): boolean => {
  if (sentence.clauses.isAllSpeech) return true;
  for (let i = from; i < to; i++) {
    if (sentence.clauses.speech[i]) return true;
    const holds = sentence.polarity[i] === 'plain' || sentence.polarity[i] === 'faint';
    if (!holds || sentence.tokens[i]?.features.VerbForm === 'Inf') continue;
    const classes = sentence.classes[i];
    if (classes?.has('speech') === true || classes?.has('noise') === true) return true;
  }
  return false;
};
