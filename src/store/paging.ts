import { HypersceneError } from '../errors.ts';
import { PAGE_MAX, type Page, type PageRequest } from './graph-store.ts';

/** What a cursor holds: the sort key of the item it stands for, numbers and strings. */
export type CursorKey = readonly (string | number)[];

/** The method that gave a cursor: another method refuses it. */
export type PagedMethod =
  | 'corpora'
  | 'documents'
  | 'scenes'
  | 'facets'
  | 'agentMerges'
  | 'couplings'
  | 'hypertokens'
  | 'occurrences'
  | 'parts'
  | 'views';

/** The kinds of the parts of each method's key, `n` a number and `s` a string. */
const SHAPES: Readonly<Record<PagedMethod, string>> = {
  corpora: 's',
  documents: 'n',
  scenes: 'n',
  agentMerges: 's',
  facets: 'ns',
  couplings: 'ss',
  hypertokens: 'n',
  occurrences: 'nn',
  // Code and ordinal of the whole, and how many of its scenes were passed.
  parts: 'nnn',
  views: 's',
};

export const encodeCursor = (method: PagedMethod, key: CursorKey): string =>
  Buffer.from(JSON.stringify([method, ...key])).toString('base64url');

const badCursor = (method: PagedMethod, cursor: string): HypersceneError =>
  new HypersceneError('BAD_CURSOR', 'bad cursor', {
    expected: `a cursor that \`${method}\` gave`,
    came: JSON.stringify(cursor.slice(0, 80)),
  });

/** UTF-16 code units: a key is a name or a word of a text at most. Decoding 60 MB takes 0.3 s. */
const CURSOR_LENGTH_MAX = 2 ** 16;

/** @throws HypersceneError BAD_CURSOR */
const decodeCursor = (method: PagedMethod, cursor: string): CursorKey => {
  if (cursor.length > CURSOR_LENGTH_MAX) throw badCursor(method, cursor);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor(method, cursor);
  }
  if (!Array.isArray(parsed) || parsed[0] !== method) throw badCursor(method, cursor);
  const key: unknown[] = parsed.slice(1);
  if (key.map(shapeOf).join('') !== SHAPES[method]) throw badCursor(method, cursor);
  return key as (string | number)[];
};

const shapeOf = (part: unknown): string => {
  if (Number.isSafeInteger(part) && (part as number) >= 0) return 'n';
  return typeof part === 'string' && part.isWellFormed() ? 's' : '?';
};

/**
 * Checks a request and reads its cursor; null before the first item.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR
 */
export const openPage = (method: PagedMethod, { first, after }: PageRequest): CursorKey | null => {
  checkLimit('first', first);
  return after === undefined ? null : decodeCursor(method, after);
};

/** @throws HypersceneError BAD_ARGUMENT below 1, PAGE_TOO_LARGE above {@link PAGE_MAX} */
export const checkLimit = (what: string, limit: number): void => {
  const details = { expected: `an integer from 1 to ${PAGE_MAX}`, came: String(limit) };
  if (!Number.isInteger(limit) || limit < 1) throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, details);
  if (limit > PAGE_MAX) throw new HypersceneError('PAGE_TOO_LARGE', `${what} too large`, details);
};

/** @param items of the page, and one more where there is a next page */
export const toPage = <T>(
  method: PagedMethod,
  { first }: PageRequest,
  items: readonly T[],
  key: (item: T) => CursorKey,
): Page<T> => ({
  items: items.slice(0, first).map((item) => ({ cursor: encodeCursor(method, key(item)), item })),
  hasNextPage: items.length > first,
});
