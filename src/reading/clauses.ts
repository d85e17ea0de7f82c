import type { Grammar, Link } from './grammar.ts';
import { directSpeech } from './quotation.ts';
import { findSegments, type Segment } from './segments.ts';
import type { Token } from './token.ts';

/** A clause that no other clause holds, with all that is inside it; clauses follow each other without a gap. */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly link: Link | null;
  /** Its finite predicate; null in a sentence without a verb. */
  readonly predicate: number | null;
  /** Its tokens without those of the relative and complement clauses inside it, in order. */
  readonly own: readonly number[];
}

export interface Clauses {
  readonly clauses: readonly Clause[];
  /** For each token the number of its segment. */
  readonly segmentOf: readonly number[];
  /** For each token whether it stands in direct speech that is reported; a sentence that is all speech reports none. */
  readonly speech: readonly boolean[];
  /** The whole sentence is somebody's speech: never split. */
  readonly isAllSpeech: boolean;
}

/** Shallow clauses: finite predicates, signs and joining words; no tree. Linear in the number of tokens. */
export const findClauses = (tokens: readonly Token[], grammar: Grammar): Clauses => {
  const marked = directSpeech(tokens, grammar.isPredicate);
  const isAllSpeech = !tokens.some((token, i) => !marked[i] && grammar.isPredicate(token));
  const speech = isAllSpeech ? tokens.map(() => false) : marked;
  const segments = findSegments(tokens, speech, grammar);
  const segmentOf = new Array<number>(tokens.length).fill(0);
  for (const [number, { from, to }] of segments.entries()) segmentOf.fill(number, from, to);
  return {
    clauses: gatherClauses(segments, tokens, grammar),
    segmentOf,
    speech,
    isAllSpeech: isAllSpeech && marked.includes(true),
  };
};

/** A clause while its segments are gathered. */
interface Draft {
  readonly link: Link | null;
  readonly segments: Segment[];
  readonly own: Segment[];
  predicate: number | null;
}

const gatherClauses = (segments: readonly Segment[], tokens: readonly Token[], grammar: Grammar): readonly Clause[] => {
  const gatherer = new ClauseGatherer(tokens, grammar);
  for (const [i, segment] of segments.entries()) gatherer.take(segment, segments[i + 1]);
  return gatherer.finish().map(toClause);
};

/** Gathers segments into clauses, from left to right: what came before decides where a segment belongs. */
class ClauseGatherer {
  readonly #tokens: readonly Token[];
  readonly #grammar: Grammar;
  readonly #drafts: Draft[] = [];
  /** The clause inside the last one, while it is open: its words are not the outer clause's own. */
  #inner: { readonly hasPredicate: boolean } | null = null;
  /** Verbless segments that may belong to the clause to come. */
  #waiting: Segment[] = [];

  constructor(tokens: readonly Token[], grammar: Grammar) {
    this.#tokens = tokens;
    this.#grammar = grammar;
  }

  take(segment: Segment, next: Segment | undefined): void {
    const isInside = segment.link === 'relative' || segment.link === 'complement';
    if (isInside && !isComparison(segment)) this.#embed(segment);
    else if (segment.predicates.length === 0) this.#takeVerbless(segment, next);
    else this.#takeVerbal(segment);
  }

  finish(): readonly Draft[] {
    this.#flush();
    return this.#drafts;
  }

  #takeVerbless(segment: Segment, next: Segment | undefined): void {
    const host = this.#drafts.at(-1);
    if (host === undefined) this.#add(segment, true);
    else if (this.#announces(host, segment, next)) this.#begin(segment);
    else if (
      this.#waiting.length > 0 ||
      segment.link === 'coordinate' ||
      segment.link === 'adverbial' ||
      segment.after === 'stop'
    )
      this.#waiting.push(segment);
    else this.#add(segment, this.#inner === null);
  }

  #takeVerbal(segment: Segment): void {
    const host = this.#drafts.at(-1);
    const isOpen = host !== undefined && host.predicate === null;
    const { link, after } = segment;
    if (this.#inner !== null && !this.#inner.hasPredicate && link !== 'coordinate')
      this.#embed(segment, link !== 'adverbial');
    else if (link === 'adverbial' && (this.#inner !== null || (isOpen && this.#hasSubject(...host.own))))
      this.#embed(segment);
    else if (isOpen) this.#resume(host, segment);
    else if (this.#inner !== null && (after === 'nothing' || !this.#isIndependent(segment))) this.#embed(segment);
    else if (after === 'nothing' && isTwofold(host)) this.#embed(segment);
    else this.#begin(segment);
  }

  /** «когда он уехал, то дом, который …, опустел»: the subject of the clause to come. */
  #announces(host: Draft, segment: Segment, next: Segment | undefined): boolean {
    const follows = host.link === 'adverbial' && host.predicate !== null && next?.link === 'relative';
    return follows && this.#hasSubject(segment);
  }

  #add(segment: Segment, isOwn: boolean): void {
    let draft = this.#drafts.at(-1);
    if (draft === undefined) {
      draft = { link: null, segments: [], own: [], predicate: null };
      this.#drafts.push(draft);
    }
    draft.segments.push(segment);
    if (isOwn) draft.own.push(segment);
  }

  #flush(): void {
    for (const segment of this.#waiting) this.#add(segment, this.#inner === null);
    this.#waiting = [];
  }

  #begin(segment: Segment): void {
    if (segment.link !== null && this.#waiting[0]?.after === 'comma') this.#flush();
    const segments = [...this.#waiting, segment];
    const link = segment.link ?? segments[0]?.link ?? null;
    this.#drafts.push({ link, segments, own: [...segments], predicate: segment.predicates[0] ?? null });
    this.#waiting = [];
    this.#inner = null;
  }

  #resume(host: Draft, segment: Segment): void {
    this.#flush();
    this.#inner = null;
    this.#add(segment, true);
    host.predicate = segment.predicates[0] ?? null;
  }

  #embed(segment: Segment, hasPredicate = segment.predicates.length > 0): void {
    this.#flush();
    this.#add(segment, false);
    this.#inner = { hasPredicate };
  }

  #hasSubject(...segments: readonly Segment[]): boolean {
    return segments.some((segment) =>
      indices(segment).some((i) => this.#grammar.mayBeSubject(this.#tokens[i] as Token)),
    );
  }

  /** Names its own subject, so that it may leave the clause inside which it would stand. */
  #isIndependent(segment: Segment): boolean {
    return this.#grammar.subjectOf(this.#tokens, indices(segment), segment.predicates[0] ?? null)?.isNamed === true;
  }
}

/** Joining words alone wait for their verb («что, когда …»); with more words and no verb they compare («как столб»). */
const LINK_WORDS_MAX = 2;

const isComparison = ({ from, to, predicates }: Segment): boolean =>
  predicates.length === 0 && to - from > LINK_WORDS_MAX;

/** `He said he was ill and …`: a clause without a joining word inside another; what follows may belong to either. */
const isTwofold = (draft: Draft | undefined): boolean => (draft?.segments.at(-1)?.predicates.length ?? 0) > 1;

const indices = ({ from, to }: Segment): readonly number[] => Array.from({ length: to - from }, (_, k) => from + k);

const toClause = ({ link, segments, own, predicate }: Draft): Clause => ({
  from: segments[0]?.from ?? 0,
  to: segments.at(-1)?.to ?? 0,
  link,
  predicate,
  own: own.flatMap(indices),
});
