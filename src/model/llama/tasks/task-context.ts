import type { Llama, LlamaModel } from 'node-llama-cpp';
import { HypersceneError } from '../../../errors.ts';
import type { TaskPiece, TaskUsage } from '../messages.ts';
import type { Sequences } from '../sequences.ts';
import type { SpentSamplers } from '../spent-samplers.ts';

/** All that a task has to do with. */
export interface TaskContext {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly sequences: Sequences;
  readonly spent: SpentSamplers;
  /** Tokens from this id on are rows. */
  readonly firstRow: number;
  /** Positions of a sequence. */
  readonly context: number;
  readonly workspace: string;
  /** It runs by itself, from an empty cache. */
  readonly alone: boolean;
  readonly signal: AbortSignal;
  readonly give: (piece: TaskPiece) => void;
}

export interface TaskAnswer<Result> {
  readonly result: Result;
  readonly usage: TaskUsage;
}

/**
 * Sampling that leaves every logit as the model gave it: only then are sums over them those of the whole vocabulary. At temperature 0
 * nothing but the likeliest is kept.
 */
export const UNTOUCHED = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 0 } as const;

/** @throws HypersceneError CONTEXT_FULL */
export const checkFits = (positions: number, { context }: TaskContext): void => {
  if (positions <= context) return;
  throw new HypersceneError('CONTEXT_FULL', 'the prompt does not fit the context', {
    expected: `at most ${context} positions`,
    came: `${positions}`,
  });
};

export const elapsed = (since: number): number => performance.now() - since;
