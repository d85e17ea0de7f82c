import type { WorkspaceName } from '../../scene/name.ts';
import { jobIds } from '../job-id.ts';
import { openJobPage, toJobPage } from '../job-page.ts';
import type { JobCounts, JobId, JobRecord, JobRequest, QueuePolicy, WorkspaceJobs } from '../job-queue.ts';
import * as step from '../job-transitions.ts';
import { jobNotFound, type StoredJob, toRecord } from '../stored-job.ts';
import { checkRequest, sameJob, textChunks } from '../submission.ts';
import { watchJob } from '../watch-job.ts';
import type { Dispatcher } from './dispatch.ts';
import type { RedisChanges } from './redis-changes.ts';
import type { RedisJobs } from './redis-jobs.ts';
import type { RedisTexts } from './redis-texts.ts';

export interface QueueContext {
  readonly policy: QueuePolicy;
  readonly jobs: RedisJobs;
  readonly texts: RedisTexts;
  readonly changes: RedisChanges;
  readonly dispatcher: Dispatcher;
  readonly closed: AbortSignal;
  /** What went wrong in the registry's terms. */
  readonly explain: (error: unknown) => Error;
}

/** What clients do with jobs. Whatever Redis throws is explained. */
export class BullmqJobs {
  readonly #context: QueueContext;
  readonly #newId = jobIds(Date.now);

  constructor(context: QueueContext) {
    this.#context = context;
  }

  counts(): Promise<JobCounts> {
    return this.#explained(() => this.#context.jobs.counts());
  }

  workspace(workspace: WorkspaceName): WorkspaceJobs {
    const { jobs, changes, closed } = this.#context;
    const own = (job: StoredJob | null): StoredJob | null => (job?.workspace === workspace ? job : null);
    const read = (id: JobId) => this.#explained(async () => own(await jobs.read(id)));
    const watched = { read, closed, subscribe: changes.subscribe };
    return {
      submit: (request) => this.#explained(async () => toRecord(await this.#submit(workspace, request))),
      jobsById: (ids) =>
        this.#explained(async () => (await jobs.readAll(ids)).map(own).map((job) => job && toRecord(job))),
      jobs: (filter, page) =>
        this.#explained(async () => {
          const after = openJobPage(page);
          return toJobPage((await jobs.page(workspace, filter, after, page.first + 1)).map(toRecord), page);
        }),
      cancel: (id) => this.#change(workspace, id, (job) => step.cancelAsked(job, Date.now())),
      retry: (id) => this.#change(workspace, id, (job) => step.retried(job, Date.now())),
      watch: (id, signal) => watchJob(watched, id, signal),
    };
  }

  async #submit(workspace: WorkspaceName, request: JobRequest): Promise<StoredJob> {
    const { policy, jobs, texts, dispatcher } = this.#context;
    const submission = await checkRequest(request, policy);
    const { key, textBytes } = submission;
    const standing = key === null ? null : await jobs.byKey(workspace, key);
    if (standing !== null) return sameJob(standing, submission);
    const job = step.submitted(submission, { id: this.#newId(), workspace, now: Date.now() });
    const { text } = request;
    if (text !== undefined) await texts.write(job.id, textBytes ?? 0, policy.textsBytesMax, textChunks(text));
    const id = await jobs.create(job, policy).catch(async (error: unknown) => {
      await texts.drop(job.id);
      throw error;
    });
    if (id === job.id) {
      // It is there: where this cannot be done, a worker does it when it looks for such.
      await dispatcher.next(job).catch(() => undefined);
      return job;
    }
    await texts.drop(job.id);
    const first = await jobs.read(id);
    if (first === null) throw jobNotFound(id);
    return sameJob(first, submission);
  }

  #change(workspace: WorkspaceName, id: JobId, act: (job: StoredJob) => StoredJob | null): Promise<JobRecord> {
    const { policy, jobs, dispatcher } = this.#context;
    const scoped = (job: StoredJob): StoredJob | null => {
      if (job.workspace !== workspace) throw jobNotFound(id);
      return act(job);
    };
    return this.#explained(async () => {
      const job = await jobs.change(id, scoped, policy);
      await dispatcher.next(job).catch(() => undefined);
      return toRecord(job);
    });
  }

  async #explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#context.explain(error);
    }
  }
}
