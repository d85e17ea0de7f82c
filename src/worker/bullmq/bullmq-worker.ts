import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobId, JobProgress, QueuePolicy } from '../job-queue.ts';
import { type JobLogger, type JobServices, runJob } from '../job-runner.ts';
import * as step from '../job-transitions.ts';
import { isOver, type StoredJob } from '../stored-job.ts';
import type { Dispatcher, Turn } from './dispatch.ts';
import { ProgressWriter } from './progress-writer.ts';
import type { RedisChanges } from './redis-changes.ts';
import type { RedisJobs } from './redis-jobs.ts';
import type { RedisTexts } from './redis-texts.ts';
import type { Tidier } from './tidier.ts';

export interface WorkerContext {
  readonly redis: Redis;
  readonly name: string;
  readonly prefix: string;
  readonly policy: QueuePolicy;
  /** ms after which a turn whose process tells nothing more is given to another. */
  readonly lock: number;
  readonly jobs: RedisJobs;
  readonly texts: RedisTexts;
  readonly changes: RedisChanges;
  readonly dispatcher: Dispatcher;
  readonly tidier: Tidier;
  readonly services: JobServices;
  readonly logger: JobLogger;
}

/** ms that a worker whose Redis is away gets to close, after its jobs had theirs. */
const CLOSE_TIMEOUT = 5000;
/** ms; lost turns are looked for twice a lock. */
const STALLED_INTERVAL_MIN = 250;

/** Runs the turns that BullMQ gives to this process. */
export class BullmqWorker {
  readonly #context: WorkerContext;
  readonly #worker: Worker<Turn>;
  readonly #runs = new Map<string, AbortController>();

  constructor(context: WorkerContext) {
    this.#context = context;
    const { redis, name, prefix, policy, lock, logger } = context;
    this.#worker = new Worker<Turn>(name, (turn, token) => this.#process(turn, token), {
      connection: redis,
      prefix,
      concurrency: policy.concurrency,
      lockDuration: lock,
      stalledInterval: Math.max(STALLED_INTERVAL_MIN, lock / 2),
      // However often its process is killed, a job is taken up by another.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    });
    this.#worker.on('error', (err) => logger.warn({ err }, 'trouble with the queue'));
    // Another process may have it by now.
    this.#worker.on('lockRenewalFailed', (turns) => {
      for (const turn of turns) this.#runs.get(turn)?.abort();
    });
  }

  async close(): Promise<void> {
    const { policy, redis } = this.#context;
    const stop = setTimeout(() => {
      for (const run of this.#runs.values()) run.abort();
    }, policy.drain);
    const force = setTimeout(() => redis.disconnect(), policy.drain + CLOSE_TIMEOUT);
    await this.#worker.close();
    clearTimeout(stop);
    clearTimeout(force);
  }

  async #process(turn: Job<Turn>, token: string | undefined): Promise<void> {
    const { jobs, policy, dispatcher, tidier } = this.#context;
    const { id, round } = turn.data;
    const standing = await jobs.read(id);
    if (standing === null || standing.round !== round || isOver(standing)) return;
    if (standing.notBefore > Date.now()) await later(turn, standing.notBefore, token);
    const run = randomUUID();
    const job = await jobs.change(id, (before) => step.begun(before, run, Date.now()), policy);
    const ended = job.run === run ? await this.#run(turn.id ?? id, job, run) : job;
    if (isOver(ended)) {
      await dispatcher.next(ended);
      await tidier.after(ended);
      return;
    }
    if (ended.run === null && ended.notBefore > 0) await later(turn, ended.notBefore, token);
    if (ended.run === null) await again(turn, token);
  }

  async #run(turn: string, job: StoredJob, run: string): Promise<StoredJob> {
    const { jobs, texts, changes, policy, services, logger } = this.#context;
    const { id, textBytes } = job;
    const stop = new AbortController();
    const change = (act: (before: StoredJob) => StoredJob | null) => jobs.change(id, act, policy);
    const progress = new ProgressWriter(async (told: JobProgress) => {
      stopWhereItShould(await change((before) => step.progressed(before, run, told)), run, stop);
    }, logger);
    const unsubscribe = changes.subscribe(id, () => this.#look(id, run, stop));
    this.#runs.set(turn, stop);
    try {
      const source = textBytes === null ? null : { stream: texts.read(id, textBytes) };
      const outcome = await runJob(services, logger, {
        job,
        source,
        signal: stop.signal,
        onProgress: (told) => progress.tell(told),
      });
      await progress.end();
      return await change((before) => step.ended(before, run, outcome, this.#context.policy));
    } finally {
      this.#runs.delete(turn);
      unsubscribe();
    }
  }

  /** Somebody changed the job: is it to stop? */
  #look(id: JobId, run: string, stop: AbortController): void {
    const { jobs, logger } = this.#context;
    jobs.read(id).then(
      (job) => stopWhereItShould(job, run, stop),
      (err: unknown) => logger.warn({ err, job: id }, 'a job cannot be looked at'),
    );
  }
}

/** Also where another run has taken its place. */
const stopWhereItShould = (job: StoredJob | null, run: string, stop: AbortController): void => {
  if (job === null || job.cancelRequested || job.run !== run) stop.abort();
};

const later = async (turn: Job<Turn>, time: number, token: string | undefined): Promise<never> => {
  await turn.moveToDelayed(time, token);
  throw new DelayedError();
};

const again = async (turn: Job<Turn>, token: string | undefined): Promise<never> => {
  await turn.moveToWait(token);
  throw new WaitingError();
};
