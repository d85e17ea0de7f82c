import type { ErrorCode } from '../errors.ts';
import type { Brand } from '../scene/brand.ts';
import type { WorkspaceName } from '../scene/name.ts';
import type { Page, PageRequest } from '../store/graph-store.ts';
import type { Progress } from './job.ts';
import type { JobKindName, JobResult, JobSpec } from './job-kinds.ts';

/** 32 hex digits that grow with the time of submission. */
export type JobId = Brand<string, 'JobId'>;

export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** How far a run has come in its present stage. */
export interface JobProgress extends Progress {
  /** `done` per second since the stage began; null before a second has gone by. */
  readonly rate: number | null;
}

export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retriable: boolean;
}

/** A job as it stands. All times are ms since 1970. */
export interface JobRecord {
  readonly id: JobId;
  readonly workspace: WorkspaceName;
  readonly spec: JobSpec;
  readonly state: JobState;
  /** It was asked to stop and still runs. */
  readonly cancelRequested: boolean;
  /** Of its last run, as far as it has told any. */
  readonly progress: JobProgress | null;
  /** How often it was begun, by whichever process, since it was submitted or last retried by hand. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Of its last run. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly result: JobResult | null;
  /** Why its last run failed: of a job that failed, and of one that waits to be tried again. */
  readonly error: JobError | null;
  /** Of the text that came with it; null without one. */
  readonly textBytes: number | null;
}

export interface JobRequest {
  readonly spec: JobSpec;
  /** For the kinds that take one. */
  readonly text?: string | undefined;
  /** 1 to 255 characters by which the caller may submit the same again and get the same job. */
  readonly key?: string | undefined;
}

/** All that is given must hold. */
export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  readonly kinds?: readonly JobKindName[] | undefined;
}

/** The jobs of one workspace: no other workspace's are to be seen or touched from here. */
export interface WorkspaceJobs {
  /**
   * Once it resolves, the job survives the death of this process. A key that was given before, in this workspace and not
   * forgotten by then, gives that job.
   * @throws HypersceneError JOB_KEY_TAKEN when something else was asked under the key; QUEUE_FULL, BAD_ARGUMENT,
   *   EMPTY_DOCUMENT, DOCUMENT_TOO_LARGE, LONE_SURROGATE, DISK_FULL, REDIS_UNREACHABLE, QUEUE_CLOSED
   */
  submit(request: JobRequest): Promise<JobRecord>;
  /** Null in the place of one that is not there (any more). */
  jobsById(ids: readonly JobId[]): Promise<readonly (JobRecord | null)[]>;
  /**
   * The newest first.
   * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR
   */
  jobs(filter: JobFilter, page: PageRequest): Promise<Page<JobRecord>>;
  /**
   * One that waits is cancelled at once; one that runs stops between two transactions, wherever it runs; one that is
   * over stays as it is.
   * @throws HypersceneError JOB_NOT_FOUND
   */
  cancel(id: JobId): Promise<JobRecord>;
  /**
   * Puts one that failed or was cancelled at the end of its corpus's queue again.
   * @throws HypersceneError JOB_NOT_FOUND, JOB_NOT_OVER for one that waits, runs or succeeded, JOB_TEXT_GONE, QUEUE_FULL
   */
  retry(id: JobId): Promise<JobRecord>;
  /**
   * The job as it stands and then as it stands after a change, until it is over; changes that come faster than they
   * are taken are joined. Ends without an error when the signal aborts or the job is forgotten.
   * @throws HypersceneError JOB_NOT_FOUND
   */
  watch(id: JobId, signal?: AbortSignal): AsyncGenerator<JobRecord, void, undefined>;
}

/**
 * Long work that outlives the request that asked for it. Each job runs to its end at least once; all kinds come to the
 * same when they are begun again (see `JobKind`), so that one whose process was killed is simply taken up by another.
 * Jobs of one corpus run one after another, in the order in which they were submitted.
 */
export interface JobQueue {
  workspace(name: WorkspaceName): WorkspaceJobs;
  /** Of all workspaces together. @throws HypersceneError REDIS_UNREACHABLE */
  counts(): Promise<JobCounts>;
  /**
   * Takes no more jobs. Those under way get the settings' time to end; the others stop between two transactions and wait for
   * the next process. Watches end.
   */
  close(): Promise<void>;
}

/** A type and no interface, since metrics take it for a record. */
export type JobCounts = {
  /** That wait or run. */
  readonly open: number;
  /** That are over and remembered. */
  readonly over: number;
};

/** What bounds a queue and tells how patient it is. */
export interface QueuePolicy {
  /** Jobs that one process runs at once. */
  readonly concurrency: number;
  /** How often a job is begun at most while it fails with errors that may pass. */
  readonly attemptsMax: number;
  /** ms before it is tried again, doubled each time up to the second. */
  readonly backoff: number;
  readonly backoffMax: number;
  /** Jobs of a workspace that are over and remembered: this many at most, for this many ms at most. */
  readonly keptMax: number;
  readonly keptFor: number;
  /** ms for which the text of a job that failed or was cancelled is kept, so that it can be retried. */
  readonly textKeptFor: number;
  /** Jobs of a workspace that may wait or run. */
  readonly waitingMax: number;
  /** Bytes of one text, and of all texts that are kept. */
  readonly textBytesMax: number;
  readonly textsBytesMax: number;
  /** ms that jobs under way get to end when the queue closes. */
  readonly drain: number;
}
