import type { FacetEvidence } from '../scene/facet.ts';
import type { TensionKey } from '../scene/inventory.ts';
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
  /** Null where a verb's ending does not tell it: «стоял» goes with я, ты, он. */
  readonly person: '1' | '2' | '3' | null;
  /** A thing or place rather than a living being, as far as the language tells. */
  readonly isThing: boolean;
  /** Speaks of a group already named, one by one or all: никто, each. */
  readonly isQuantifier: boolean;
  /** A part of somebody: «рука не поднялась» has no agent of its own. */
  readonly isBodyPart: boolean;
  readonly number: 'Sing' | 'Plur' | null;
  readonly gender: 'Masc' | 'Fem' | 'Neut' | null;
}

/** Lemmas of nouns that shift where a scene takes place. */
export interface PlaceNouns {
  /** Parts of places, so that the place is the noun they belong to: the edge of the cliff. */
  readonly part: ReadonlySet<string>;
  /** Passages, so that what they lead to is not the place: the door to the garden. */
  readonly passage: ReadonlySet<string>;
}

/** A tension that a construction tells, whatever its words: there is no …, I will not …, had to …. */
export interface Force {
  readonly key: TensionKey;
  readonly token: number;
  /** From 0.5 on the construction is enough by itself; below, it only decides where no word does. */
  readonly confidence: number;
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
  /** Whether the words of a stretch between commas are put in, and no clause: кажется, I suppose. */
  isParenthesis(words: readonly Token[]): boolean;
  /** Whether the word could be the subject of a verb that is still to come. */
  mayBeSubject(token: Token): boolean;
  /** @param own the clause's tokens without those of clauses inside it, in order */
  subjectOf(tokens: readonly Token[], own: readonly number[], predicate: number | null): Subject | null;
  /** @param segments for each token the number of its stretch between signs and clause borders */
  polarities(tokens: readonly Token[], segments: readonly number[]): readonly Polarity[];
  roles(tokens: readonly Token[]): readonly Role[];
  /** Whether the word takes an action as its complement: dared to go, afraid of going, боялся войти. */
  governsAction(tokens: readonly Token[], segments: readonly number[], i: number): boolean;
  /** In the order of the text. */
  forces(tokens: readonly Token[], polarity: readonly Polarity[]): readonly Force[];
  /** What to look the word up by, best first. */
  lookupKeys(token: Token): readonly string[];
}
