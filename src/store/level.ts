import { HypersceneError } from '../errors.ts';

/** The levels that are stored: figures and motifs. */
export const LEVEL_MAX = 1;

/** @throws HypersceneError BAD_ARGUMENT */
export const checkLevel = (level: number | undefined, min = 0): void => {
  if (level === undefined || (Number.isInteger(level) && level >= min && level <= LEVEL_MAX)) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad level', { expected: `${min} to ${LEVEL_MAX}`, came: String(level) });
};
