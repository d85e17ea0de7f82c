import { toAgent } from './facets/agent.ts';
import { readArchetype } from './facets/archetype.ts';
import { readAtmosphere } from './facets/atmosphere.ts';
import { readContext } from './facets/context.ts';
import { readTension } from './facets/tension.ts';
import type { Grammar } from './grammar.ts';
import { findParts, type Part } from './half-scenes.ts';
import type { ReadingLexicons } from './lexicon/load-lexicons.ts';
import { type ParsedSentence, parseSentence } from './parsed-sentence.ts';
import type { SceneDraft, SentenceReader } from './sentence-reader.ts';

/** Reads by grammar and lexicons alone: no model, no network, and the same sentence always the same way. */
export const deterministicReader = (grammar: Grammar, lexicons: ReadingLexicons): SentenceReader => ({
  lang: grammar.analyser.lang,
  read: (sentence) => {
    const parsed = parseSentence(sentence, grammar, lexicons);
    if (parsed.tokens.length === 0) return [];
    const parts = findParts(parsed.tokens, parsed.clauses, grammar);
    return parts.map((part) => toDraft(parsed, part, parts.length > 1));
  },
});

const toDraft = (sentence: ParsedSentence, { from, to, subject }: Part, isHalf: boolean): SceneDraft => {
  const agent = subject === null ? null : toAgent(subject, sentence.tokens);
  const tension = readTension(sentence, from, to);
  return {
    kind: isHalf ? 'half' : 'scene',
    start: sentence.tokens[from]?.start ?? 0,
    end: sentence.tokens[to - 1]?.end ?? 0,
    agent,
    tension,
    context: readContext(sentence, from, to, agent, subject),
    atmosphere: readAtmosphere(sentence, from, to),
    archetype: readArchetype(sentence, from, to, tension),
  };
};
