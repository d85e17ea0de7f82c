import { type Facet, FIGURE_CONFIDENCE_MIN } from '../../scene/facet.ts';
import type { ArchetypeKey, TensionKey } from '../../scene/inventory.ts';
import type { Polarity, Role } from '../grammar.ts';
import { matchesAt } from '../lexicon/match.ts';
import type { ParsedSentence } from '../parsed-sentence.ts';
import { CONFIDENCES, type Evidence, positionFactor, spanOf, strongest, WEIGHTS } from './evidence.ts';

/** Where a scene takes place says more of its archetype than what it is about; what belongs to a thing says less. */
const ROLE_FACTORS: Readonly<Record<Role, number>> = { place: 1.15, none: 1, topic: 0.8, modifier: 0.6 };
/** What is denied is still what the scene turns on, though less; what is held back (not daring to enter) no less. */
const POLARITY_FACTORS: Readonly<Record<Polarity, number>> = { plain: 1, faint: 1, within: 1, negated: 0.5 };
const FINITE_FACTOR = 1.1;
const PARTICULAR_FACTOR = 1.1;
const CONFIDENCE_MAX = 0.9;

/** The archetype a tension goes with most often; a guess, only where the tension stands and no word says more. */
const ARCHETYPES_OF: Partial<Readonly<Record<TensionKey, ArchetypeKey>>> = {
  restraint: 'threshold',
  blockage: 'threshold',
  waiting: 'vigil',
  prohibition: 'transgression',
  pursuit: 'shadow',
  yielding: 'defeat',
  resistance: 'refusal',
  grief: 'loss',
  joy: 'feast',
  threat: 'shadow',
  exertion: 'ordeal',
  struggle: 'battle',
  concealment: 'secret',
  wonder: 'recognition',
  release: 'parting',
  loyalty: 'pact',
  lack: 'loss',
  longing: 'return',
  guilt: 'judgement',
  rupture: 'parting',
  love: 'union',
  flight: 'escape',
};
const GUESS = { confidence: 0.3, weight: 0.6 };

/** The archetype of tokens `[from, to)`. @param tension what was read there, on which a guess may rest */
export const readArchetype = (
  sentence: ParsedSentence,
  from: number,
  to: number,
  tension: Facet | null,
): Facet | null => {
  const words = lexicalEvidence(sentence, from, to);
  const isSure = tension !== null && tension.confidence >= FIGURE_CONFIDENCE_MIN;
  const guess = isSure ? ARCHETYPES_OF[tension.key as TensionKey] : undefined;
  if (tension === null || guess === undefined || words.some(({ confidence }) => confidence >= FIGURE_CONFIDENCE_MIN))
    return strongest(words);
  const { start, end } = tension;
  return strongest([...words, { key: guess, start, end, ...GUESS, by: 'rule' }]);
};

const lexicalEvidence = (sentence: ParsedSentence, from: number, to: number): readonly Evidence<ArchetypeKey>[] => {
  const lexicon = sentence.lexicons.archetype[sentence.grammar.analyser.lang];
  const evidence: Evidence<ArchetypeKey>[] = [];
  for (let i = from; i < to; i++)
    for (const match of matchesAt(lexicon, sentence, i)) {
      const span = spanOf(sentence.tokens, match, from, to);
      if (span === null) continue;
      const { entry } = match;
      const factor =
        ROLE_FACTORS[sentence.roles[i] ?? 'none'] *
        (entry.isDenied ? 1 : POLARITY_FACTORS[sentence.polarity[i] ?? 'plain']);
      const isFiniteVerb = sentence.tokens[i]?.features.VerbForm === 'Fin';
      const isParticular = entry.isDenied || entry.words.length > 1;
      evidence.push({
        key: entry.key,
        ...span,
        confidence: Math.min(CONFIDENCE_MAX, CONFIDENCES[entry.strength] * factor),
        weight:
          WEIGHTS[entry.strength] *
          factor *
          positionFactor(i - from) *
          (isFiniteVerb ? FINITE_FACTOR : 1) *
          (isParticular ? PARTICULAR_FACTOR : 1),
        by: 'word',
      });
    }
  return evidence;
};
