import { HypersceneError } from '../errors.ts';

export const cancelled = (cause?: unknown): HypersceneError =>
  new HypersceneError('CANCELLED', 'the reading was cancelled', { cause });

/** @throws HypersceneError CANCELLED */
export const throwIfAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw cancelled(signal.reason);
};
