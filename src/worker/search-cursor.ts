import type { Clue } from '../activation/clue.ts';
import { HypersceneError } from '../errors.ts';
import { digestOf } from '../scene/digest.ts';
import type { CorpusRecord } from '../store/graph-store.ts';

/** What a ranking follows from: the same state gives the same hits in the same order. */
export interface SearchState {
  readonly corpus: CorpusRecord;
  readonly text: string;
  readonly kinds: readonly string[];
  readonly clues: readonly Clue[];
}

const CURSOR = /^search:([1-9]\d{0,3}):(\d{1,15}):([0-9a-f]{32})$/u;

/** A collapse leaves the revision alone, and so does a view; both may change what a code stands for, and how often. */
const stateDigest = ({ corpus, text, kinds, clues }: SearchState): string => {
  const { name, revision, collapsedRevision, collapsedBy } = corpus;
  const counts = clues.map(({ kind, key, count }) => [kind, key, count]);
  return digestOf('search', JSON.stringify([name, revision, collapsedRevision, collapsedBy, text, kinds, counts]));
};

/** @param rank 1 for the first hit */
export const searchCursor = (state: SearchState): ((rank: number) => string) => {
  const digest = stateDigest(state);
  return (rank) => Buffer.from(`search:${rank}:${state.corpus.revision}:${digest}`).toString('base64url');
};

/**
 * How many hits were passed. A ranking is computed anew for each page: where the corpus has changed in between, what stands behind a hit
 * is no longer what stood there, and going on would skip some and give others twice.
 * @throws HypersceneError BAD_CURSOR for what is no cursor, of another search, or of another state of the corpus
 */
export const passedHits = (cursor: string | undefined, state: SearchState): number => {
  if (cursor === undefined) return 0;
  const refuse = (what: string, expected: string, came: string): never => {
    throw new HypersceneError('BAD_CURSOR', what, { expected, came });
  };
  const shown = JSON.stringify(cursor.slice(0, 80));
  const decoded = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, rank, revision, digest] = CURSOR.exec(decoded) ?? [];
  if (rank === undefined || Buffer.from(decoded).toString('base64url') !== cursor)
    return refuse('bad cursor', 'a cursor that `search` gave', shown);
  if (digest === stateDigest(state)) return Number(rank);
  const { revision: now } = state.corpus;
  if (revision !== String(now))
    return refuse('stale cursor', `one of revision ${now} of the corpus: search anew`, `one of revision ${revision}`);
  return refuse('bad cursor', 'a cursor of the same text and kinds, and no collapse in between', shown);
};
