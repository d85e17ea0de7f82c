import { HypersceneError } from '../errors.ts';
import { LEVEL_MAX } from '../scene/hypertoken.ts';

/** @throws HypersceneError BAD_ARGUMENT */
export const checkLevel = (level: number | undefined): void => {
  if (level === undefined || (Number.isInteger(level) && level >= 0 && level <= LEVEL_MAX)) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad level', { expected: `0 to ${LEVEL_MAX}`, came: String(level) });
};
