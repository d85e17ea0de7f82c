import type { z } from 'zod';
import type { ExportId } from '../export/export-id.ts';
import type { WorkspaceExports } from '../export/kept-exports.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { DocumentSource, Reader } from '../reading/reader.ts';
import type { CorpusName } from '../scene/name.ts';
import type { JobContext } from './job.ts';
import type { FillSource } from './model/model-facets.ts';

/** What a run of a queued job is given. */
export interface RunContext extends JobContext {
  readonly reader: Reader;
  readonly fill: FillSource;
  readonly tokenizer: () => Promise<Tokenizer>;
  /** Where exports are kept. */
  readonly exports: WorkspaceExports;
  /** Of what this job exports, however often it is begun. */
  readonly exportId: ExportId;
  /** Couplings that a scene keeps. */
  readonly couplingsMax: number;
  /** The text that came with the job; null for a kind that takes none. */
  readonly source: DocumentSource | null;
  /** An earlier run of the same job was cut off: what it was to do may stand already. */
  readonly resumed: boolean;
}

/** What is asked of every job. Jobs of one corpus run one after another, in the order in which they were submitted. */
export interface Asked {
  readonly corpus: CorpusName;
}

/**
 * One kind of queued job. Whatever it does must come to the same when it is begun again after it was cut off anywhere,
 * since a killed process leaves its jobs to others.
 */
export interface JobKind<A extends Asked, R extends object> {
  /** Reads what was asked, as it was kept. */
  readonly asked: z.ZodType<A>;
  /** Reads what came of it, as it was kept: what is not named is left out. */
  readonly result: z.ZodType<R>;
  /** Whether a text comes with it, kept beside what was asked. */
  readonly takesText: boolean;
  run(context: RunContext, asked: A): Promise<R>;
}

/** So that the types of a kind follow from its two shapes. */
export const jobKind = <A extends Asked, R extends object>(kind: JobKind<A, R>): JobKind<A, R> => kind;
