import { HypersceneError } from '../errors.ts';
import { isDigest } from '../scene/digest.ts';
import { LEVEL_MAX, VIEW_LEVEL } from '../scene/hypertoken.ts';
import type { HypertokenForm } from './graph-store.ts';
import { checkWellFormed } from './indexed-key.ts';

/** @throws HypersceneError BAD_ARGUMENT; STORE_FAILED when two of them have the same digest */
export const checkForms = (forms: readonly HypertokenForm[]): void => {
  const known = new Map<string, string>();
  for (const { level, digest, form, figures } of forms) {
    if (!Number.isInteger(level) || level < VIEW_LEVEL || level > LEVEL_MAX)
      refuse(`a level from ${VIEW_LEVEL} to ${LEVEL_MAX}`, `${level}`);
    if (!isDigest(digest)) refuse('a digest, 32 hex digits', JSON.stringify(digest));
    checkWellFormed('hypertoken', [form, ...figures]);
    if ((known.get(digest) ?? form) !== form)
      throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
    known.set(digest, form);
  }
};

const refuse = (expected: string, came: string): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad hypertoken', { expected, came });
};
