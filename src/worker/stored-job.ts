import { z } from 'zod';
import { HypersceneError, isErrorCode } from '../errors.ts';
import { workspaceName } from '../scene/name.ts';
import { isJobId } from './job-id.ts';
import { JOB_KIND_NAMES, type JobKindName, readResult, readSpec } from './job-kinds.ts';
import { JOB_STATES, type JobId, type JobRecord } from './job-queue.ts';

/** A job as a queue keeps it. */
export interface StoredJob extends JobRecord {
  /** The text is still there. */
  readonly textKept: boolean;
  /** Of what was asked, the text included. */
  readonly digest: string;
  /** The caller's own key. */
  readonly key: string | null;
  /** When it was put at the end of its lane, ms since 1970. */
  readonly queuedAt: number;
  /** How often it was retried by hand. */
  readonly round: number;
  /** Of its attempts, those that ended with an error that may pass. */
  readonly failures: number;
  /** Names the run under way, so that one that was given up for lost cannot write any more; null while none is. */
  readonly run: string | null;
  /** Not to be begun before; ms since 1970, 0 for at once. */
  readonly notBefore: number;
}

/** What callers are told. */
export const toRecord = ({
  textKept,
  digest,
  key,
  queuedAt,
  round,
  failures,
  run,
  notBefore,
  ...record
}: StoredJob): JobRecord => record;

/** Jobs of one lane run one after another. */
export const laneOf = ({ workspace, spec }: Pick<JobRecord, 'workspace' | 'spec'>): string =>
  JSON.stringify([workspace, spec.corpus]);

const time = z.number().min(0);

const shape = z.object({
  id: z.string().refine(isJobId),
  workspace: z.string().transform(workspaceName),
  spec: z.looseObject({ kind: z.enum(JOB_KIND_NAMES as [JobKindName, ...JobKindName[]]) }),
  state: z.enum(JOB_STATES),
  cancelRequested: z.boolean(),
  progress: z
    .object({
      stage: z.enum([
        'reading',
        'filling',
        'coupling',
        'collapsing',
        'backing up',
        'restoring',
        'merging',
        'exporting',
      ]),
      subject: z.string(),
      done: z.number(),
      total: z.number(),
      unit: z.enum(['bytes', 'scenes', 'couplings', 'records']),
      rate: z.number().nullable(),
    })
    .nullable(),
  attempts: z.int().min(0),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  result: z.looseObject({}).nullable(),
  error: z.object({ code: z.string().refine(isErrorCode), message: z.string(), retriable: z.boolean() }).nullable(),
  textBytes: z.int().min(0).nullable(),
  textKept: z.boolean(),
  digest: z.string(),
  key: z.string().nullable(),
  queuedAt: time,
  round: z.int().min(0),
  failures: z.int().min(0),
  run: z.string().nullable(),
  notBefore: time,
});

/** @throws ZodError, SyntaxError or HypersceneError for what no queue wrote */
export const parseJob = (text: string): StoredJob => {
  const { spec, result, ...job } = shape.parse(JSON.parse(text));
  return {
    ...job,
    spec: readSpec(spec.kind, spec),
    result: result === null ? null : readResult(spec.kind, result),
  };
};

export const formatJob = (job: StoredJob): string => JSON.stringify(job);

export const isOver = ({ state }: Pick<JobRecord, 'state'>): boolean => state !== 'queued' && state !== 'running';

export const jobNotFound = (id: JobId): HypersceneError =>
  new HypersceneError('JOB_NOT_FOUND', 'no such job', { came: id });
