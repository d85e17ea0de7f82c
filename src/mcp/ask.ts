import type { Progress } from '../worker/job.ts';

/** An error as GraphQL answers give it. */
export interface AnswerError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly AnswerError[];
}

export interface AskOptions {
  /** Aborting it stops the work. */
  readonly signal: AbortSignal;
  /** How far the work is, where whoever does it can tell. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The only way by which tools reach the graph: an operation of the API, so that its limits, errors, scopes and workspace
 * hold for them too.
 */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>, options: AskOptions) => Promise<Answer>;
