import { type ErrorCode, HypersceneError } from '../../errors.ts';

/** By message: `instanceof Error` fails across realms, and the error's code says GenericFailure for everything. */
const KINDS: readonly (readonly [RegExp, ErrorCode, string])[] = [
  // The second is said where both processes found no file and made it at once.
  [/cannot be locked|locked by another process/u, 'STORE_LOCKED', 'another process has the store open'],
  [
    /No space left on device|os error 28\b|File too large|os error 27\b|quota exceeded|os error 122\b/iu,
    'DISK_FULL',
    'no space is left for the store',
  ],
  [
    /invalid file header|not a database|not a Grafeo|is damaged|Serialization error|GRAFEO-S002/u,
    'STORE_UNREADABLE',
    'the file is not a store, or damaged',
  ],
  [/Permission denied|Operation not permitted|Read-only file system/u, 'STORE_FAILED', 'the store cannot be written'],
  [/GRAFEO-T001/u, 'STORE_CONFLICT', 'another transaction changed the same data'],
  [/GRAFEO-T007|database is closed/u, 'STORE_CLOSED', 'the store is closed'],
];

export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** @param at the file, or the statement's name */
export const fromGrafeoError = (error: unknown, at: string): HypersceneError => {
  if (error instanceof HypersceneError) return error;
  const text = messageOf(error);
  for (const [pattern, code, message] of KINDS)
    if (pattern.test(text)) return new HypersceneError(code, message, { at, came: text, cause: error });
  return new HypersceneError('STORE_FAILED', 'the store failed', { at, came: text, cause: error });
};
