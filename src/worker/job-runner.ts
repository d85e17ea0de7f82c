import { HypersceneError } from '../errors.ts';
import type { KeptExports } from '../export/kept-exports.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { DocumentSource, Reader } from '../reading/reader.ts';
import type { WorkspaceName } from '../scene/name.ts';
import type { GraphStore } from '../store/graph-store.ts';
import type { ComputePool } from './compute-pool.ts';
import { exportOfJob } from './export-of-job.ts';
import type { Progress } from './job.ts';
import { type JobResult, runSpec } from './job-kinds.ts';
import type { JobError, JobProgress, JobRecord } from './job-queue.ts';
import type { FillServices } from './model/model-facets.ts';

/** What jobs work with: built by the composition root. */
export interface JobServices {
  readonly graph: (workspace: WorkspaceName) => GraphStore;
  readonly compute: ComputePool;
  readonly reader: Reader;
  readonly fill: FillServices;
  readonly tokenizer: () => Promise<Tokenizer>;
  readonly couplingsPerScene: number;
  readonly exports: Pick<KeptExports, 'workspace'>;
}

/** What the people who run the program want to hear of. */
export interface JobLogger {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export type Outcome =
  | { readonly ended: 'succeeded'; readonly result: JobResult }
  | { readonly ended: 'failed'; readonly error: JobError }
  /** The signal aborted; what was acknowledged stays. */
  | { readonly ended: 'stopped' };

export interface Run {
  readonly job: JobRecord;
  readonly source: DocumentSource | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Runs a job that a queue has begun. Never throws. Heavy steps are in threads: see `ComputePool` and the reader. */
export const runJob = async (services: JobServices, logger: JobLogger, run: Run): Promise<Outcome> => {
  const { job, source, signal } = run;
  const { graph, compute, reader, fill, tokenizer, couplingsPerScene: couplingsMax, exports } = services;
  const meter = new ProgressMeter(Date.now);
  try {
    const result = await runSpec(
      {
        store: graph(job.workspace),
        compute,
        reader,
        fill: { ...fill, client: job.workspace, workspace: job.workspace },
        tokenizer,
        couplingsMax,
        exports: exports.workspace(job.workspace),
        exportId: exportOfJob(job.id),
        source,
        signal,
        resumed: job.attempts > 1,
        onProgress: (progress) => run.onProgress(meter.measure(progress)),
      },
      job.spec,
    );
    return { ended: 'succeeded', result };
  } catch (error) {
    if (signal.aborted) return { ended: 'stopped' };
    return { ended: 'failed', error: jobError(error, job, logger) };
  }
};

/** Tells of the program's own faults no more than that there was one: the log tells the rest. */
const jobError = (error: unknown, { id, spec }: JobRecord, logger: JobLogger): JobError => {
  if (error instanceof HypersceneError && error.graphqlCode !== 'INTERNAL')
    return { code: error.code, message: error.message, retriable: error.retriable };
  logger.error({ err: error, job: id, kind: spec.kind }, 'job failed');
  const code = error instanceof HypersceneError ? error.code : 'INTERNAL';
  return { code, message: 'internal error; the log of the process that ran the job tells more', retriable: false };
};

/** Below, a rate says nothing. */
const RATE_AFTER_MS = 1000;

/** Tells how fast a stage goes, counted from the first that was heard of it. */
export class ProgressMeter {
  readonly #now: () => number;
  #stage = '';
  #since = 0;
  #from = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  measure(progress: Progress): JobProgress {
    const stage = `${progress.stage} ${progress.subject}`;
    const now = this.#now();
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#since = now;
      this.#from = progress.done;
    }
    const elapsed = now - this.#since;
    const rate = elapsed < RATE_AFTER_MS ? null : ((progress.done - this.#from) / elapsed) * 1000;
    return { ...progress, rate };
  }
}
