import type { Queue } from 'bullmq';
import type { JobId } from '../job-queue.ts';
import { laneOf, type StoredJob } from '../stored-job.ts';
import type { RedisJobs } from './redis-jobs.ts';

/** What BullMQ carries: all else stands in the job itself. */
export interface Turn {
  readonly id: JobId;
  readonly round: number;
}

/** One name for a job's turn, however often it is given out; another after it was retried by hand. */
const turnId = ({ id, round }: Turn): string => `${id}-${round}`;

/** Gives jobs to whoever is free: of each lane the first, which BullMQ gives to one process at a time. */
export class Dispatcher {
  readonly #queue: Queue<Turn>;
  readonly #jobs: RedisJobs;

  constructor(queue: Queue<Turn>, jobs: RedisJobs) {
    this.#queue = queue;
    this.#jobs = jobs;
  }

  /** The one whose turn it is where `job` stands or stood. */
  async next(job: StoredJob): Promise<void> {
    const head = await this.#jobs.head(laneOf(job));
    if (head !== null) await this.#give([head]);
  }

  /** All whose turn it is: for those that a process was to give out when it was killed. */
  async all(): Promise<void> {
    for await (const heads of this.#jobs.heads()) await this.#give(heads);
  }

  /** BullMQ leaves alone what it has already. */
  async #give(jobs: readonly StoredJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const now = Date.now();
    await this.#queue.addBulk(
      jobs.map(({ id, round, notBefore }) => ({
        name: 'turn',
        data: { id, round },
        opts: { jobId: turnId({ id, round }), delay: Math.max(0, notBefore - now), ...GONE_WHEN_DONE },
      })),
    );
  }
}

/** What became of it stands in the job; a turn that is done or was lost may be given out again. */
const GONE_WHEN_DONE = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;
