import { type Clauses, findClauses } from './clauses.ts';
import type { Force, Grammar, Role } from './grammar.ts';
import type { ReadingLexicons, WordClass } from './lexicon/load-lexicons.ts';
import { type Matchable, matchesAt } from './lexicon/match.ts';

/** A sentence with all that the facets are read from; the lists have one element a token. */
export interface ParsedSentence extends Matchable {
  readonly lexicons: ReadingLexicons;
  readonly clauses: Clauses;
  readonly roles: readonly Role[];
  /** The classes of each word; a phrase (stand up) stands for its first word. */
  readonly classes: readonly ReadonlySet<WordClass>[];
  /** In the order of the text. */
  readonly forces: readonly Force[];
}

export const parseSentence = (sentence: string, grammar: Grammar, lexicons: ReadingLexicons): ParsedSentence => {
  const tokens = grammar.analyser.analyse(sentence);
  const clauses = findClauses(tokens, grammar);
  const { segmentOf } = clauses;
  const polarity = grammar.polarities(tokens, segmentOf);
  const matchable = { grammar, tokens, segmentOf, polarity };
  const lexicon = lexicons.classes[grammar.analyser.lang];
  return {
    ...matchable,
    lexicons,
    clauses,
    roles: grammar.roles(tokens),
    classes: tokens.map((_, i) => toClasses(matchesAt(lexicon, matchable, i).map(({ entry }) => entry.key))),
    forces: grammar.forces(tokens, polarity),
  };
};

const NO_CLASSES: ReadonlySet<WordClass> = new Set();

const toClasses = (classes: readonly WordClass[]): ReadonlySet<WordClass> =>
  classes.length === 0 ? NO_CLASSES : new Set(classes);
