import type { QueuePolicy } from '../../src/worker/job-queue.ts';

/** Patient enough for a busy machine, and quick to try again. */
export const JOB_POLICY: QueuePolicy = {
  concurrency: 2,
  attemptsMax: 4,
  backoff: 5,
  backoffMax: 20,
  keptMax: 1000,
  keptFor: 3_600_000,
  textKeptFor: 3_600_000,
  waitingMax: 1000,
  textBytesMax: 2 ** 20,
  textsBytesMax: 2 ** 26,
  drain: 10_000,
};
