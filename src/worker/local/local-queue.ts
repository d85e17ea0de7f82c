import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import pLimit from 'p-limit';
import { HypersceneError } from '../../errors.ts';
import type { WorkspaceName } from '../../scene/name.ts';
import { jobIds } from '../job-id.ts';
import { openJobPage, toJobPage } from '../job-page.ts';
import type { JobCounts, JobId, JobQueue, JobRequest, QueuePolicy, WorkspaceJobs } from '../job-queue.ts';
import { type JobLogger, type JobServices, runJob } from '../job-runner.ts';
import * as step from '../job-transitions.ts';
import { isOver, jobNotFound, type StoredJob, toRecord } from '../stored-job.ts';
import { checkRequest, queueFull, sameJob, textChunks } from '../submission.ts';
import { watchJob } from '../watch-job.ts';
import type { FoundJobs, JobFiles } from './job-files.ts';
import { JobTable } from './job-table.ts';
import { Lanes } from './lanes.ts';

export interface LocalQueueContext {
  readonly policy: QueuePolicy;
  readonly services: JobServices;
  readonly logger: JobLogger;
}

interface Run {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** How often what is no longer to be kept is looked for, ms. */
const TIDY_EVERY = 60_000;

/** One process's own queue: all in memory, and every step in a file before anybody sees it. */
export class LocalJobQueue implements JobQueue {
  readonly #files: JobFiles;
  readonly #policy: QueuePolicy;
  readonly #services: JobServices;
  readonly #logger: JobLogger;
  readonly #table = new JobTable();
  readonly #lanes = new Lanes();
  readonly #runs = new Map<JobId, Run>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #closed = new AbortController();
  readonly #newId: () => JobId;
  /** Steps of all jobs one after another: each is a file of a kilobyte. */
  readonly #turn = pLimit(1);
  readonly #tidying: NodeJS.Timeout;
  #waking: NodeJS.Timeout | undefined;

  constructor(files: JobFiles, { jobs }: FoundJobs, { policy, services, logger }: LocalQueueContext) {
    this.#files = files;
    this.#policy = policy;
    this.#services = services;
    this.#logger = logger;
    this.#newId = jobIds(Date.now, jobs.at(-1)?.id);
    for (const job of jobs) this.#table.put(job);
    for (const job of jobs.toSorted((a, b) => a.queuedAt - b.queuedAt)) if (!isOver(job)) this.#lanes.add(job);
    this.#tidying = setInterval(() => void this.#tidy(), TIDY_EVERY).unref();
    void this.#tidy();
    this.#pump();
  }

  workspace(workspace: WorkspaceName): WorkspaceJobs {
    const read = async (id: JobId): Promise<StoredJob | null> => this.#table.of(workspace, id);
    const changes = { closed: this.#closed.signal, read, subscribe: this.#subscribe };
    return {
      submit: async (request) => toRecord(await this.#submit(workspace, request)),
      jobsById: async (ids) => ids.map((id) => this.#table.of(workspace, id)).map((job) => job && toRecord(job)),
      jobs: async (filter, page) =>
        toJobPage(this.#table.page(workspace, filter, openJobPage(page), page.first + 1).map(toRecord), page),
      cancel: async (id) => toRecord(await this.#cancel(workspace, id)),
      retry: async (id) => toRecord(await this.#retry(workspace, id)),
      watch: (id, signal) => watchJob(changes, id, signal),
    };
  }

  async counts(): Promise<JobCounts> {
    return this.#table.counts();
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    clearInterval(this.#tidying);
    clearTimeout(this.#waking);
    const drained = setTimeout(() => {
      for (const { stop } of this.#runs.values()) stop.abort();
    }, this.#policy.drain);
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    clearTimeout(drained);
    await this.#turn(() => undefined);
  }

  readonly #subscribe = (id: JobId, onChange: () => void): (() => void) => {
    this.#changes.on(id, onChange);
    return () => this.#changes.off(id, onChange);
  };

  async #submit(workspace: WorkspaceName, request: JobRequest): Promise<StoredJob> {
    const submission = await checkRequest(request, this.#policy);
    return this.#turn(async () => {
      this.#checkOpen();
      const { key, textBytes } = submission;
      const standing = key === null ? undefined : this.#table.byKey(workspace, key);
      if (standing !== undefined) return sameJob(standing, submission);
      this.#checkRoom(workspace, textBytes ?? 0);
      const job = step.submitted(submission, { id: this.#newId(), workspace, now: Date.now() });
      if (request.text !== undefined) await this.#files.writeText(job.id, textChunks(request.text));
      await this.#files.write(job);
      this.#table.put(job);
      this.#queue(job);
      return job;
    });
  }

  #checkOpen(): void {
    if (!this.#closed.signal.aborted) return;
    throw new HypersceneError('QUEUE_CLOSED', 'the queue takes no more jobs: its process is ending');
  }

  #checkRoom(workspace: WorkspaceName, textBytes: number): void {
    const { waitingMax, textsBytesMax } = this.#policy;
    if (this.#table.waiting(workspace) >= waitingMax) throw queueFull('jobs of the workspace wait', waitingMax);
    if (this.#table.textBytes() + textBytes > textsBytesMax) throw queueFull('bytes of text wait', textsBytesMax);
  }

  async #cancel(workspace: WorkspaceName, id: JobId): Promise<StoredJob> {
    const job = await this.#change(id, (standing) => {
      if (standing.workspace !== workspace) throw jobNotFound(id);
      return step.cancelAsked(standing, Date.now());
    });
    if (job.cancelRequested) this.#runs.get(id)?.stop.abort();
    return job;
  }

  async #retry(workspace: WorkspaceName, id: JobId): Promise<StoredJob> {
    return this.#change(id, (standing) => {
      this.#checkOpen();
      if (standing.workspace !== workspace) throw jobNotFound(id);
      const job = step.retried(standing, Date.now());
      this.#checkRoom(workspace, 0);
      return job;
    });
  }

  #queue(job: StoredJob): void {
    this.#lanes.add(job);
    this.#changes.emit(job.id);
    this.#pump();
  }

  /**
   * One step of a job: written, then seen. What cannot be written on the way of a run is seen all the same, since the
   * work is done; another process would do it again.
   */
  #change(id: JobId, act: (job: StoredJob) => StoredJob | null, mayLose = false): Promise<StoredJob> {
    return this.#turn(async () => {
      const standing = this.#table.get(id);
      if (standing === undefined) throw jobNotFound(id);
      const job = act(standing) ?? standing;
      if (job === standing) return job;
      try {
        await this.#files.write(job);
      } catch (err) {
        if (!mayLose) throw err;
        this.#logger.error({ err, job: id }, 'what became of a job cannot be kept');
      }
      this.#table.put(job);
      await this.#followUp(standing, job);
      return job;
    });
  }

  async #followUp(before: StoredJob, job: StoredJob): Promise<void> {
    if (isOver(before) && !isOver(job)) this.#lanes.add(job);
    if (!isOver(before) && isOver(job)) this.#lanes.remove(job);
    if (before.textKept && !job.textKept) await this.#files.removeText(job.id);
    this.#changes.emit(job.id);
    if (isOver(job)) await this.#forgetOutlived(job.workspace);
    this.#pump();
  }

  /** Begins what may begin: the heads of the lanes, as many as there is room for. */
  #pump(): void {
    if (this.#closed.signal.aborted) return;
    clearTimeout(this.#waking);
    let next = Number.POSITIVE_INFINITY;
    for (const id of this.#lanes.heads()) {
      if (this.#runs.size >= this.#policy.concurrency) return;
      const job = this.#table.get(id);
      if (job === undefined || this.#runs.has(id)) continue;
      if (job.notBefore <= Date.now()) this.#begin(id);
      else next = Math.min(next, job.notBefore);
    }
    if (next < Number.POSITIVE_INFINITY) this.#waking = setTimeout(() => this.#pump(), Math.max(1, next - Date.now()));
  }

  #begin(id: JobId): void {
    const stop = new AbortController();
    const ended = this.#run(id, stop.signal)
      .catch((err: unknown) => this.#logger.error({ err, job: id }, 'a job cannot be run'))
      .then(() => {
        this.#runs.delete(id);
        this.#pump();
      });
    this.#runs.set(id, { stop, ended });
  }

  async #run(id: JobId, signal: AbortSignal): Promise<void> {
    const run = randomUUID();
    const job = await this.#change(id, (standing) => step.begun(standing, run, Date.now()), true);
    if (job.run !== run) return;
    const source = job.textBytes === null ? null : { path: this.#files.textPath(id) };
    const outcome = await runJob(this.#services, this.#logger, {
      job,
      source,
      signal,
      onProgress: (progress) => this.#seen(id, (standing) => step.progressed(standing, run, progress)),
    });
    await this.#change(id, (standing) => step.ended(standing, run, outcome, this.#policy), true);
  }

  /** Progress is not worth a file. */
  #seen(id: JobId, act: (job: StoredJob) => StoredJob | null): void {
    const standing = this.#table.get(id);
    const job = standing === undefined ? null : act(standing);
    if (job === null) return;
    this.#table.put(job);
    this.#changes.emit(id);
  }

  async #forgetOutlived(workspace: WorkspaceName): Promise<void> {
    for (const job of this.#table.outlived(workspace, this.#policy, Date.now())) {
      await this.#files.remove(job.id);
      this.#table.forget(job);
      this.#changes.emit(job.id);
    }
  }

  async #tidy(): Promise<void> {
    try {
      for (const { id } of this.#table.staleTexts(this.#policy, Date.now())) await this.#change(id, step.withoutText);
      await this.#turn(async () => {
        for (const workspace of this.#table.workspaces()) await this.#forgetOutlived(workspace);
      });
    } catch (err) {
      this.#logger.error({ err }, 'what is left of jobs that are over cannot be cleared');
    }
  }
}
