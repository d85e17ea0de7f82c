import type { Job } from './queue-model.ts';
import { Fifo } from './turns.ts';

/**
 * What waits, first come, first served; of a shard no more than so many run at once, and shards take turns when one
 * holds back. A plain queue is one in which a shard may have any number.
 */
export class WaitingJobs {
  readonly #runningAShard: number;
  readonly #jobs = new Map<number, Fifo<Job>>();
  readonly #running = new Map<number, number>();
  /** Shards that have a job and may run one more; each at most once. */
  readonly #ready = new Fifo<number>();
  readonly #isReady = new Set<number>();

  constructor(runningAShard: number) {
    if (!(runningAShard >= 1)) throw new Error(`running a shard: expected 1 or more, came ${runningAShard}`);
    this.#runningAShard = runningAShard;
  }

  push(job: Job): void {
    const shard = this.#keyOf(job);
    const own = this.#jobs.get(shard) ?? new Fifo<Job>();
    own.push(job);
    this.#jobs.set(shard, own);
    this.#offer(shard);
  }

  take(): Job | undefined {
    const shard = this.#ready.shift();
    if (shard === undefined) return undefined;
    this.#isReady.delete(shard);
    const job = this.#jobs.get(shard)?.shift();
    this.#running.set(shard, (this.#running.get(shard) ?? 0) + 1);
    this.#offer(shard);
    return job;
  }

  /** A job that was taken runs no more. */
  left(job: Job): void {
    const shard = this.#keyOf(job);
    this.#running.set(shard, (this.#running.get(shard) ?? 0) - 1);
    this.#offer(shard);
  }

  /** One line for all where shards are not held apart. */
  #keyOf({ shard }: Job): number {
    return Number.isFinite(this.#runningAShard) ? shard : 0;
  }

  #offer(shard: number): void {
    const waits = (this.#jobs.get(shard)?.length ?? 0) > 0;
    if (!waits || this.#isReady.has(shard) || (this.#running.get(shard) ?? 0) >= this.#runningAShard) return;
    this.#isReady.add(shard);
    this.#ready.push(shard);
  }
}
