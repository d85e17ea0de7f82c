import type { Grammar, Link } from './grammar.ts';
import { directSpeech } from './quotation.ts';
import type { Token } from './token.ts';

/** A stretch of tokens `[from, to)` between signs that part clauses and words that join them; signs end a stretch. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** The word it begins with, if that joins clauses. */
  readonly link: Link | null;
  /** What parts it from the stretch before. */
  readonly after: 'start' | 'nothing' | 'comma' | 'stop';
  /** Finite predicates outside direct speech, in order. */
  readonly predicates: readonly number[];
}

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

const COMMA = /^,$/u;
const STOP = /^[;:—–()[\]…!?]$|^\.{2,}$|^--+$/u;
/** Longest word before a full stop that may be an abbreviation: г., Mr., Prof. */
const ABBREVIATION_LENGTH_MAX = 4;

/** Shallow clauses: finite predicates, signs and joining words; no tree. Linear in the number of tokens. */
export const findClauses = (tokens: readonly Token[], grammar: Grammar): Clauses => {
  const marked = directSpeech(tokens, grammar.isPredicate);
  const isAllSpeech = !tokens.some((token, i) => !marked[i] && grammar.isPredicate(token));
  const speech = isAllSpeech ? tokens.map(() => false) : marked;
  const segments = findSegments(tokens, speech, grammar);
  const segmentOf = new Array<number>(tokens.length).fill(0);
  for (const [number, { from, to }] of segments.entries()) segmentOf.fill(number, from, to);
  return {
    clauses: assemble(segments, tokens, grammar),
    segmentOf,
    speech,
    isAllSpeech: isAllSpeech && marked.includes(true),
  };
};

// ── segments

const findSegments = (tokens: readonly Token[], speech: readonly boolean[], grammar: Grammar): readonly Segment[] => {
  const stretches = atSigns(tokens, speech);
  return stretches.flatMap((stretch) => atLinks(stretch, tokens, speech, grammar));
};

type Stretch = Pick<Segment, 'from' | 'to' | 'after'>;

const atSigns = (tokens: readonly Token[], speech: readonly boolean[]): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  let from = 0;
  let after: Segment['after'] = 'start';
  for (let i = 1; i < tokens.length; i++) {
    const sign = tokens[i - 1]?.text ?? '';
    const parts = !speech[i - 1] && (COMMA.test(sign) || STOP.test(sign) || isFullStop(tokens, i - 1));
    if (!parts || tokens[i]?.pos === 'PUNCT') continue;
    stretches.push({ from, to: i, after });
    after = COMMA.test(sign) ? 'comma' : 'stop';
    from = i;
  }
  if (tokens.length > 0) stretches.push({ from, to: tokens.length, after });
  return stretches;
};

/** Words of a parenthesis at most. */
const PARENTHESIS_MAX = 3;

const predicatesIn = (
  { from, to }: Pick<Segment, 'from' | 'to'>,
  tokens: readonly Token[],
  speech: readonly boolean[],
  grammar: Grammar,
): readonly number[] => {
  const predicates: number[] = [];
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (token !== undefined && !speech[i] && grammar.isPredicate(token)) predicates.push(i);
  }
  if (predicates.length === 0 || to - from > PARENTHESIS_MAX + 2) return predicates;
  const words = tokens.slice(from, to).filter(({ pos }) => pos !== 'PUNCT');
  return words.length <= PARENTHESIS_MAX && grammar.isParenthesis(words) ? [] : predicates;
};

/** A full stop inside a sentence: not after an abbreviation or initial, nor before a small letter. */
const isFullStop = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]?.text === '.' &&
  (tokens[i - 1]?.text.length ?? 0) > ABBREVIATION_LENGTH_MAX &&
  !/^\p{Ll}/u.test(tokens[i + 1]?.text ?? '');

/** Cuts a stretch before each joining word that has a predicate on both sides, or that begins a clause inside. */
const atLinks = (
  { from, to, after }: Stretch,
  tokens: readonly Token[],
  speech: readonly boolean[],
  grammar: Grammar,
): readonly Segment[] => {
  const predicates = predicatesIn({ from, to }, tokens, speech, grammar);
  const segments: Segment[] = [];
  let start = from;
  let link = speech[from] ? null : grammar.linkAt(tokens, from, true);
  let next = 0;
  const cut = (at: number): void => {
    const first = next;
    while (next < predicates.length && (predicates[next] as number) < at) next++;
    segments.push({
      from: start,
      to: at,
      link,
      after: start === from ? after : 'nothing',
      predicates: predicates.slice(first, next),
    });
    start = at;
  };
  const last = predicates.at(-1) ?? -1;
  for (let i = from + 1; i < Math.min(to, last); i++) {
    const joining = speech[i] ? null : grammar.linkAt(tokens, i, false);
    if (joining === null) continue;
    const hasLeft = (predicates[next] ?? Number.POSITIVE_INFINITY) < i || segments.length > 0;
    if ((joining === 'coordinate' || joining === 'adverbial') && !hasLeft) continue;
    if (i === start + 1 && link !== null) continue;
    cut(i);
    link = joining;
  }
  cut(to);
  return segments.flatMap((segment) => closeRelative(segment, tokens));
};

/**
 * English closes no relative clause by a comma: in `who had lost his son | stared at the candles` the second predicate
 * belongs to what the relative clause stands in. A predicate right after a subject of its own continues the clause.
 */
const closeRelative = (segment: Segment, tokens: readonly Token[]): readonly Segment[] => {
  if (segment.link !== 'relative' || segment.predicates.length < 2) return [segment];
  const second = segment.predicates.slice(1).find((p) => {
    const before = tokens[p - 1];
    return before?.features.Case !== 'Nom' && before?.pos !== 'CCONJ' && before?.form !== 'that';
  });
  if (second === undefined) return [segment];
  const at = tokens[second - 1]?.pos === 'ADV' ? second - 1 : second;
  return [
    { ...segment, to: at, predicates: segment.predicates.filter((p) => p < at) },
    { from: at, to: segment.to, link: null, after: 'nothing', predicates: segment.predicates.filter((p) => p >= at) },
  ];
};

// ── clauses

/** A clause while its segments are gathered. */
interface Draft {
  readonly link: Link | null;
  readonly segments: Segment[];
  readonly own: Segment[];
  predicate: number | null;
}

/**
 * Gathers segments into clauses, from left to right. `inner` is the clause inside the current one that is still open:
 * its words are not the outer clause's own. `waiting` are verbless segments that may belong to the next clause.
 */
const assemble = (segments: readonly Segment[], tokens: readonly Token[], grammar: Grammar): readonly Clause[] => {
  const drafts: Draft[] = [];
  let inner: { hasPredicate: boolean } | null = null;
  let waiting: Segment[] = [];

  const current = (): Draft => {
    const last = drafts.at(-1);
    if (last !== undefined) return last;
    const first: Draft = { link: null, segments: [], own: [], predicate: null };
    drafts.push(first);
    return first;
  };
  const add = (draft: Draft, segment: Segment, isOwn: boolean): void => {
    draft.segments.push(segment);
    if (isOwn) draft.own.push(segment);
  };
  const flushLeft = (): void => {
    for (const segment of waiting) add(current(), segment, inner === null);
    waiting = [];
  };
  const begin = (segment: Segment): void => {
    if (segment.link !== null && waiting[0]?.after === 'comma') flushLeft();
    const link = segment.link ?? waiting[0]?.link ?? null;
    const draft: Draft = { link, segments: [], own: [], predicate: segment.predicates[0] ?? null };
    for (const other of [...waiting, segment]) add(draft, other, true);
    waiting = [];
    inner = null;
    drafts.push(draft);
  };
  const resume = (draft: Draft, segment: Segment): void => {
    flushLeft();
    inner = null;
    add(draft, segment, true);
    draft.predicate = segment.predicates[0] ?? null;
  };
  const embed = (segment: Segment): void => {
    flushLeft();
    add(current(), segment, false);
    inner = { hasPredicate: segment.predicates.length > 0 };
  };

  for (const [number, segment] of segments.entries()) {
    const host = drafts.at(-1) ?? null;
    const isOpen = host !== null && host.predicate === null;
    const { link } = segment;
    if (link === 'relative' || link === 'complement') embed(segment);
    else if (segment.predicates.length === 0) {
      const next = segments[number + 1];
      // «когда он уехал, то дом, который …, опустел»: the subject of the clause to come.
      const announces =
        host?.link === 'adverbial' && !isOpen && next?.link === 'relative' && hasSubject(segment, tokens, grammar);
      if (announces) begin(segment);
      else if (host === null) add(current(), segment, true);
      else if (waiting.length > 0 || link !== null || segment.after === 'stop') waiting.push(segment);
      else add(host, segment, inner === null);
    } else if (inner !== null && !inner.hasPredicate && link !== 'coordinate') {
      flushLeft();
      add(current(), segment, false);
      inner = { hasPredicate: link !== 'adverbial' };
    } else if (
      link === 'adverbial' &&
      (inner !== null || (isOpen && host.own.some((other) => hasSubject(other, tokens, grammar))))
    )
      embed(segment);
    else if (isOpen) resume(host, segment);
    else if (inner !== null && (segment.after === 'nothing' || !isIndependent(segment, tokens, grammar)))
      embed(segment);
    else if (isTwofold(host) && segment.after === 'nothing') embed(segment);
    else begin(segment);
  }
  flushLeft();
  return drafts.map(toClause);
};

const hasSubject = ({ from, to }: Segment, tokens: readonly Token[], grammar: Grammar): boolean => {
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (token !== undefined && grammar.mayBeSubject(token)) return true;
  }
  return false;
};

const indices = ({ from, to }: Segment): readonly number[] => Array.from({ length: to - from }, (_, k) => from + k);

/** Names its own subject, so that it may leave the clause it follows. */
const isIndependent = (segment: Segment, tokens: readonly Token[], grammar: Grammar): boolean =>
  grammar.subjectOf(tokens, indices(segment), segment.predicates[0] ?? null)?.isNamed === true;

/** `He said he was ill and …`: a clause without a joining word inside another; what follows may belong to either. */
const isTwofold = (draft: Draft | null): boolean => (draft?.segments.at(-1)?.predicates.length ?? 0) > 1;

const toClause = ({ link, segments, own, predicate }: Draft): Clause => ({
  from: segments[0]?.from ?? 0,
  to: segments.at(-1)?.to ?? 0,
  link,
  predicate,
  own: own.flatMap(indices),
});
