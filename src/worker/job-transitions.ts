import { HypersceneError } from '../errors.ts';
import type { WorkspaceName } from '../scene/name.ts';
import type { JobResult } from './job-kinds.ts';
import type { JobError, JobId, JobProgress, QueuePolicy } from './job-queue.ts';
import type { Outcome } from './job-runner.ts';
import { isOver, type StoredJob } from './stored-job.ts';
import type { Submission } from './submission.ts';

/**
 * Every step that a job can take, the same in every queue. Each gives the job after it, or null where the step is not open
 * to it: for a run that is no longer the job's, say.
 */

export const submitted = (
  { spec, digest, key, textBytes }: Submission,
  { id, workspace, now }: { readonly id: JobId; readonly workspace: WorkspaceName; readonly now: number },
): StoredJob => ({
  id,
  workspace,
  spec,
  state: 'queued',
  cancelRequested: false,
  progress: null,
  attempts: 0,
  createdAt: now,
  startedAt: null,
  finishedAt: null,
  result: null,
  error: null,
  textBytes,
  textKept: textBytes !== null,
  digest,
  key,
  queuedAt: now,
  round: 0,
  failures: 0,
  run: null,
  notBefore: 0,
});

/**
 * Also of a job whose earlier run was cut off without a word. One that was to be cancelled meanwhile is not begun.
 * @param run a name that no other run has
 */
export const begun = (job: StoredJob, run: string, now: number): StoredJob | null => {
  if (isOver(job)) return null;
  if (job.cancelRequested) return cancelled(job, now);
  return { ...job, state: 'running', run, progress: null, attempts: job.attempts + 1, startedAt: now, notBefore: 0 };
};

const ofRun = (job: StoredJob, run: string): boolean => job.state === 'running' && job.run === run;

export const progressed = (job: StoredJob, run: string, progress: JobProgress): StoredJob | null =>
  ofRun(job, run) ? { ...job, progress } : null;

const over = (job: StoredJob, state: 'succeeded' | 'failed' | 'cancelled', now: number): StoredJob => ({
  ...job,
  state,
  run: null,
  cancelRequested: false,
  finishedAt: now,
});

/** Whatever an attempt before it failed of, it was cancelled. */
const cancelled = (job: StoredJob, now: number): StoredJob => ({ ...over(job, 'cancelled', now), error: null });

export const succeeded = (job: StoredJob, run: string, result: JobResult, now: number): StoredJob | null =>
  ofRun(job, run) ? { ...over(job, 'succeeded', now), result, error: null, textKept: false } : null;

export const stoppedByWish = (job: StoredJob, run: string, now: number): StoredJob | null =>
  ofRun(job, run) ? cancelled(job, now) : null;

/** The process that ran it ends: it waits for another, and nothing speaks against it. */
export const interrupted = (job: StoredJob, run: string): StoredJob | null =>
  ofRun(job, run) ? { ...job, state: 'queued', run: null } : null;

/** @param chance 0 to 1: half of the pause is left to it, so that jobs that got in each other's way do not meet again */
export const failed = (
  job: StoredJob,
  run: string,
  error: JobError,
  { policy, now, chance }: { readonly policy: QueuePolicy; readonly now: number; readonly chance: number },
): StoredJob | null => {
  if (!ofRun(job, run)) return null;
  // It would be tried again, and whoever cancelled it does not want that.
  if (error.retriable && job.cancelRequested) return cancelled(job, now);
  const failures = job.failures + 1;
  if (!error.retriable || failures >= policy.attemptsMax) return { ...over(job, 'failed', now), error, failures };
  const pause = Math.min(policy.backoffMax, policy.backoff * 2 ** (failures - 1));
  return { ...job, state: 'queued', run: null, error, failures, notBefore: now + pause * (0.5 + chance / 2) };
};

/** A run as it came out. */
export const ended = (job: StoredJob, run: string, outcome: Outcome, policy: QueuePolicy): StoredJob | null => {
  const now = Date.now();
  switch (outcome.ended) {
    case 'succeeded':
      return succeeded(job, run, outcome.result, now);
    case 'failed':
      return failed(job, run, outcome.error, { policy, now, chance: Math.random() });
    case 'stopped':
      return job.cancelRequested ? stoppedByWish(job, run, now) : interrupted(job, run);
  }
};

/** @returns the same where it is over already */
export const cancelAsked = (job: StoredJob, now: number): StoredJob => {
  if (isOver(job)) return job;
  return job.state === 'queued' ? cancelled(job, now) : { ...job, cancelRequested: true };
};

/** The text of one that is over is no longer kept. */
export const withoutText = (job: StoredJob): StoredJob | null =>
  job.textKept && isOver(job) ? { ...job, textKept: false } : null;

/** @throws HypersceneError JOB_NOT_OVER, JOB_TEXT_GONE */
export const retried = (job: StoredJob, now: number): StoredJob => {
  if (job.state !== 'failed' && job.state !== 'cancelled')
    throw new HypersceneError('JOB_NOT_OVER', 'the job cannot be retried', {
      expected: 'one that failed or was cancelled',
      came: `one that is ${job.state}`,
    });
  if (job.textBytes !== null && !job.textKept)
    throw new HypersceneError('JOB_TEXT_GONE', 'the text of the job is no longer kept', {
      expected: 'a job whose text is there; submit it again with its text',
      came: job.id,
    });
  const again = { attempts: 0, failures: 0, notBefore: 0, startedAt: null, finishedAt: null, progress: null };
  return { ...job, ...again, state: 'queued', error: null, queuedAt: now, round: job.round + 1 };
};
