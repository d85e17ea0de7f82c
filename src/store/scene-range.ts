import { HypersceneError } from '../errors.ts';
import type { SceneRange } from './graph-store.ts';

/** Positions all ranges of one call may cover together. */
export const RANGE_POSITIONS_MAX = 100_000;

/** @throws HypersceneError BAD_ARGUMENT */
export const checkRanges = (ranges: readonly SceneRange[]): void => {
  for (const { from, to } of ranges)
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to))
      throw new HypersceneError('BAD_ARGUMENT', 'bad range', { expected: 'integers', came: `[${from}, ${to})` });
};

/** The part of each range where scenes stand. @throws HypersceneError PAGE_TOO_LARGE */
export const clampRanges = (
  ranges: readonly SceneRange[],
  scenesOf: (document: SceneRange['document']) => number,
): readonly SceneRange[] => {
  const clamped = ranges.map(({ document, from, to }) => {
    const start = Math.max(0, from);
    return { document, from: start, to: Math.max(start, Math.min(to, scenesOf(document))) };
  });
  const positions = clamped.reduce((sum, { from, to }) => sum + to - from, 0);
  if (positions > RANGE_POSITIONS_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'ranges too large', {
      expected: `at most ${RANGE_POSITIONS_MAX} positions`,
      came: String(positions),
    });
  return clamped;
};

export const positionsOf = ({ from, to }: SceneRange): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);
