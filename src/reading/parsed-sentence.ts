import { type Clauses, findClauses } from './clauses.ts';
import type { Grammar, Polarity, Role } from './grammar.ts';
import type { ReadingLexicons } from './lexicon/load-lexicons.ts';
import type { Token } from './token.ts';

/** A sentence with all that the facets are read from. */
export interface ParsedSentence {
  readonly grammar: Grammar;
  readonly lexicons: ReadingLexicons;
  readonly tokens: readonly Token[];
  readonly clauses: Clauses;
  readonly segmentOf: readonly number[];
  readonly polarity: readonly Polarity[];
  readonly roles: readonly Role[];
}

export const parseSentence = (sentence: string, grammar: Grammar, lexicons: ReadingLexicons): ParsedSentence => {
  const tokens = grammar.analyser.analyse(sentence);
  const clauses = findClauses(tokens, grammar);
  return {
    grammar,
    lexicons,
    tokens,
    clauses,
    segmentOf: clauses.segmentOf,
    polarity: grammar.polarities(tokens, clauses.segmentOf),
    roles: grammar.roles(tokens),
  };
};
