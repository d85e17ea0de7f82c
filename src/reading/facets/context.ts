import type { AgentFacet, Facet } from '../../scene/facet.ts';
import type { Role, Subject } from '../grammar.ts';
import type { ParsedSentence } from '../parsed-sentence.ts';
import type { Token } from '../token.ts';

const PLACE_CONFIDENCES: Readonly<Record<Role, number>> = { place: 0.85, modifier: 0.5, topic: 0.5, none: 0 };
const TIME_CONFIDENCE = 0.7;
const OBJECT_CONFIDENCE = 0.5;
const THING_CONFIDENCE = 0.4;
/** Objects stand for a context only where no place or time is named, and no more than these. */
const OBJECTS_MAX = 2;

/** The nouns that say where, when and by what tokens `[from, to)` take place; else what is acted on. */
export const readContext = (
  sentence: ParsedSentence,
  from: number,
  to: number,
  agent: AgentFacet | null,
  subject: Subject | null,
): readonly Facet[] => {
  const found: Facet[] = [];
  for (let i = from; i < to; i++) {
    if (continuesName(sentence, i) && i > from) continue;
    const confidence = isAgent(sentence, i, agent) ? 0 : confidenceAt(sentence, i);
    if (confidence > 0) found.push(toFacet(sentence, i, to, confidence));
  }
  const contexts = found.some(({ confidence }) => confidence > OBJECT_CONFIDENCE)
    ? found
    : [...found, ...objects(sentence, from, to, agent), ...thing(agent, subject)];
  const ordered = contexts.toSorted((a, b) => a.start - b.start || b.confidence - a.confidence);
  return [...Map.groupBy(ordered, ({ key }) => key).values()].flatMap(([first]) => first ?? []);
};

/** A thing that acts or is described (the gate was locked) is its own context, weakly. */
const thing = (agent: AgentFacet | null, subject: Subject | null): readonly Facet[] =>
  agent !== null && subject?.isThing === true
    ? [{ key: agent.key, start: agent.start, end: agent.end, confidence: THING_CONFIDENCE, by: 'grammar' }]
    : [];

/** A single letter is an initial or an abbreviation, which no lemma can be trusted for. */
const isNoun = (token: Token | undefined): boolean =>
  (token?.pos === 'NOUN' || token?.pos === 'PROPN') && token.text.length > 1;

const isAgent = (sentence: ParsedSentence, i: number, agent: AgentFacet | null): boolean => {
  const token = sentence.tokens[i];
  return (
    token !== undefined &&
    agent !== null &&
    ((token.start >= agent.start && token.end <= agent.end) || keyOf(token) === agent.key)
  );
};

const confidenceAt = (sentence: ParsedSentence, i: number): number => {
  if (!isNoun(sentence.tokens[i]) || sentence.polarity[i] === 'negated') return 0;
  const role = sentence.roles[i] ?? 'none';
  if (sentence.classes[i]?.has('vague') === true) return 0;
  // Whose it is says nothing of where: the door of her father.
  if (role === 'modifier' && isLiving(sentence, i)) return 0;
  if (role === 'none') return sentence.classes[i]?.has('time') === true ? TIME_CONFIDENCE : 0;
  return PLACE_CONFIDENCES[role];
};

const isLiving = ({ tokens, classes }: ParsedSentence, i: number): boolean =>
  tokens[i]?.features.Animacy === 'Anim' ||
  (['person', 'male', 'female'] as const).some((living) => classes[i]?.has(living) === true);

const objects = (sentence: ParsedSentence, from: number, to: number, agent: AgentFacet | null): readonly Facet[] => {
  const found: number[] = [];
  for (let i = from; i < to; i++)
    if (
      isNoun(sentence.tokens[i]) &&
      sentence.roles[i] === 'none' &&
      !isAgent(sentence, i, agent) &&
      !continuesName(sentence, i)
    )
      found.push(i);
  const isOblique = (i: number): boolean => sentence.tokens[i]?.features.Case !== 'Nom';
  return [...found.filter(isOblique), ...found.filter((i) => !isOblique(i))]
    .slice(0, OBJECTS_MAX)
    .map((i) => toFacet(sentence, i, to, OBJECT_CONFIDENCE));
};

/** The lemma; a name keeps its capital. */
const keyOf = ({ pos, lemma }: Token): string =>
  pos === 'PROPN' ? lemma.replaceAll(/(?<=^|-)\p{Ll}/gu, (letter) => letter.toUpperCase()) : lemma;

/** The second word of a name and those after it: «Анна Сергеевна» is one context. */
const continuesName = ({ tokens }: ParsedSentence, i: number): boolean =>
  tokens[i]?.pos === 'PROPN' &&
  tokens[i - 1]?.pos === 'PROPN' &&
  tokens[i]?.features.Case === tokens[i - 1]?.features.Case;

const toFacet = (sentence: ParsedSentence, i: number, to: number, confidence: number): Facet => {
  let end = i + 1;
  while (end < to && continuesName(sentence, end)) end++;
  const words = sentence.tokens.slice(i, end);
  const { start = 0 } = words[0] ?? {};
  return { key: words.map(keyOf).join(' '), start, end: words.at(-1)?.end ?? start, confidence, by: 'grammar' };
};
