import type { z } from 'zod';
import type { Asked, JobKind, RunContext } from './job-kind.ts';
import { collapseKind } from './kinds/collapse.ts';
import { coupleKind } from './kinds/couple.ts';
import { exportKind } from './kinds/export.ts';
import { mergeAgentsKind } from './kinds/merge-agents.ts';
import { readKind } from './kinds/read.ts';
import { recoupleKind } from './kinds/recouple.ts';
import { undoMergeKind } from './kinds/undo-merge.ts';

/** Every kind of job that a queue runs: one file in `kinds/`, one line here. */
export const JOB_KINDS = {
  read: readKind,
  couple: coupleKind,
  recouple: recoupleKind,
  collapse: collapseKind,
  mergeAgents: mergeAgentsKind,
  undoMerge: undoMergeKind,
  export: exportKind,
} as const;

export type JobKindName = keyof typeof JOB_KINDS;

type Kinds = typeof JOB_KINDS;

/** What was asked, without the text. */
export type JobSpec = {
  [Name in JobKindName]: { readonly kind: Name } & Readonly<z.infer<Kinds[Name]['asked']>>;
}[JobKindName];

/** What came of it, counted by the run that ended it: what an earlier run did before it was cut off stands already. */
export type JobResult = {
  [Name in JobKindName]: { readonly kind: Name } & Readonly<z.infer<Kinds[Name]['result']>>;
}[JobKindName];

export const JOB_KIND_NAMES = Object.keys(JOB_KINDS) as readonly JobKindName[];

/** The kind of its name, which the compiler cannot tell from the others. */
const kindOf = (name: JobKindName): JobKind<Asked, object> => JOB_KINDS[name] as unknown as JobKind<Asked, object>;

export const takesText = ({ kind }: JobSpec): boolean => kindOf(kind).takesText;

/** @throws ZodError or HypersceneError where it is none */
export const readSpec = (kind: JobKindName, value: unknown): JobSpec =>
  ({ kind, ...kindOf(kind).asked.parse(value) }) as JobSpec;

/** @throws ZodError where it is none */
export const readResult = (kind: JobKindName, value: unknown): JobResult =>
  ({ kind, ...kindOf(kind).result.parse(value) }) as JobResult;

export const runSpec = async (context: RunContext, { kind, ...asked }: JobSpec): Promise<JobResult> =>
  readResult(kind, await kindOf(kind).run(context, asked));
