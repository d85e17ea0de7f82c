import { type ErrorCode, HypersceneError } from '../errors.ts';

type NotFound = Extract<ErrorCode, `${string}_NOT_FOUND`>;

/** What must be there: for a reference out of something that is, so that only a change in between can break it. */
export const found = <T>(value: T | null | undefined, code: NotFound, came: string): T => {
  if (value === null || value === undefined) throw new HypersceneError(code, 'not there (any more)', { came });
  return value;
};
