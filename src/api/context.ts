import type { Logger } from 'pino';
import type { Principal } from '../access/principal.ts';
import type { TextCounter } from '../activation/text-counter.ts';
import type { KeptExports, WorkspaceExports } from '../export/kept-exports.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { Reader } from '../reading/reader.ts';
import type { GraphDatabase, GraphStore } from '../store/graph-store.ts';
import type { ComputePool } from '../worker/compute-pool.ts';
import type { Progress } from '../worker/job.ts';
import type { JobQueue, WorkspaceJobs } from '../worker/job-queue.ts';
import type { FillJournals } from '../worker/model/fill-journal.ts';
import type { CorpusChanges } from './corpus-changes.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What bounds a request, from the installation's settings. */
export interface ApiLimits {
  /** Bytes of UTF-8 of the largest text that is read. */
  readonly documentBytesMax: number;
  /** Items of the largest page. */
  readonly pageMax: number;
  /** Couplings a scene keeps. */
  readonly couplingsPerScene: number;
}

/** What answers, for clients to know. */
export interface ProductFacts {
  /** major.minor.patch */
  readonly version: string;
  readonly store: GraphDatabase['kind'];
}

/** What the API works on: the graph, of which a request reaches the workspace of who asks, and what changes it. */
export interface ApiServices {
  readonly database: Pick<GraphDatabase, 'workspace'>;
  /** Tells of changes of corpora, for subscriptions. */
  readonly changes: CorpusChanges;
  readonly compute: ComputePool;
  readonly reader: Reader;
  /** Loaded when it is first asked for. */
  readonly tokenizer: () => Promise<Tokenizer>;
  /** The same, for many texts, or long ones. */
  readonly counter: TextCounter;
  /** Opened when it is first asked for. @throws HypersceneError MODEL_NOT_FOUND where there is none */
  readonly model: () => Promise<LanguageModel>;
  /** Of what the model fills in while a document is read. */
  readonly journals: FillJournals;
  readonly limits: ApiLimits;
  readonly jobs: JobQueue;
  readonly exports: Pick<KeptExports, 'workspace'>;
  readonly product: ProductFacts;
}

/** What every resolver is given: one per request. */
export interface ApiContext extends Omit<ApiServices, 'database' | 'jobs' | 'exports'> {
  readonly principal: Principal;
  /** The graph of the caller's workspace, and no other. */
  readonly store: GraphStore;
  /** Those of the caller's workspace. */
  readonly jobs: WorkspaceJobs;
  readonly exports: WorkspaceExports;
  readonly loaders: Loaders;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  readonly logger: ApiLogger;
  /** By which the client and the log speak of the same request. */
  readonly requestId: string;
  /** Told how far a change is; left out where nobody watches. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What the API asks of a logger: pino's, or fastify's own. */
export type ApiLogger = Pick<Logger, 'error' | 'warn'>;

export interface RequestSource {
  readonly principal: Principal;
  readonly signal: AbortSignal;
  readonly logger: ApiLogger;
  readonly requestId: string;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export const createContext = (
  { database, jobs: queue, exports: kept, ...services }: ApiServices,
  source: RequestSource,
): ApiContext => {
  const { workspace } = source.principal;
  const [store, jobs, exports] = [database.workspace(workspace), queue.workspace(workspace), kept.workspace(workspace)];
  return { ...services, ...source, store, jobs, exports, loaders: createLoaders(store, jobs, exports) };
};
