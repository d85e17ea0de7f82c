import { HypersceneError } from '../errors.ts';

/**
 * What was computed from a corpus is not written to another state of it.
 * @param expected undefined where nothing was computed from it
 * @throws HypersceneError STORE_CONFLICT
 */
export const checkRevision = (revision: number, expected: number | undefined): void => {
  if (expected === undefined || revision === expected) return;
  throw new HypersceneError('STORE_CONFLICT', 'the corpus changed since it was read', {
    expected: `revision ${expected}`,
    came: `revision ${revision}`,
  });
};
