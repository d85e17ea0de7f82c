import type { FacetEvidence } from '../scene/facet.ts';
import type { Analyser, Token } from './token.ts';

/**
 * How a word joins its clause to another one. `complement`: fills a place of the other clause's verb (knew that …);
 * `relative`: describes a noun of it; `adverbial`: its time, cause or condition; `coordinate`: beside it.
 */
export type Link = 'coordinate' | 'adverbial' | 'complement' | 'relative';

/**
 * What is said of a word. `negated`: the word itself is denied (not afraid); `within`: it belongs to what is denied, or
 * does not come about (not daring to enter, afraid to knock); `faint`: hardly, едва.
 */
export type Polarity = 'plain' | 'negated' | 'within' | 'faint';

/**
 * What a noun does in its clause. `place`: head of a phrase that says where, when, whither or by what; `topic`: head of
 * another prepositional phrase (about, without, for); `modifier`: belongs to another noun (the door of the house).
 */
export type Role = 'place' | 'topic' | 'modifier' | 'none';

export interface Subject {
  /** The lemma, with a capital if it is a name. */
  readonly key: string;
  /** Tokens `[from, to)` it rests on; the predicate itself where nothing else names the subject. */
  readonly from: number;
  readonly to: number;
  readonly confidence: number;
  readonly by: FacetEvidence;
  /** A word of its own names it; otherwise the verb's ending only. */
  readonly isNamed: boolean;
  /** A personal pronoun of the third person, which may mean whoever was named before. */
  readonly isAnaphor: boolean;
  readonly person: '1' | '2' | '3';
  readonly number: 'Sing' | 'Plur' | null;
  readonly gender: 'Masc' | 'Fem' | 'Neut' | null;
}

/** What the reader asks of a language; everything else is common to all. */
export interface Grammar {
  readonly analyser: Analyser;
  /** Words that belong together may stand in either order. */
  readonly freeWordOrder: boolean;
  /** @param opens whether `i` begins the sentence or follows a comma or another sign that parts clauses */
  linkAt(tokens: readonly Token[], i: number, opens: boolean): Link | null;
  /** Whether the word alone makes a clause: a finite verb, or what stands for one. */
  isPredicate(token: Token): boolean;
  /** Whether the word could be the subject of a verb that is still to come. */
  mayBeSubject(token: Token): boolean;
  /** @param own the clause's tokens without those of clauses inside it, in order */
  subjectOf(tokens: readonly Token[], own: readonly number[], predicate: number | null): Subject | null;
  /** @param segments for each token the number of its stretch between signs and clause borders */
  polarities(tokens: readonly Token[], segments: readonly number[]): readonly Polarity[];
  roles(tokens: readonly Token[]): readonly Role[];
  /** Whether the word takes an action as its complement: dared to go, afraid of going, боялся войти. */
  governsAction(tokens: readonly Token[], i: number): boolean;
  /** What to look the word up by, best first. */
  lookupKeys(token: Token): readonly string[];
}
