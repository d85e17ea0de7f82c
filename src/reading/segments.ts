import type { Grammar, Link } from './grammar.ts';
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

const COMMA = /^,$/u;
const STOP = /^[;:—–()[\]…!?]$|^\.{2,}$|^--+$/u;
/** Longest word before a full stop that may be an abbreviation: г., Mr., Prof. */
const ABBREVIATION_LENGTH_MAX = 4;

/**
 * Cuts a sentence at signs and joining words.
 * @param speech for each token whether it stands in direct speech, which is never cut
 */
export const findSegments = (
  tokens: readonly Token[],
  speech: readonly boolean[],
  grammar: Grammar,
): readonly Segment[] => atSigns(tokens, speech).flatMap((stretch) => atLinks(stretch, tokens, speech, grammar));

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
