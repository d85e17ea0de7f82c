import type { Logger } from 'pino';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { Reader } from '../reading/reader.ts';
import type { GraphStore } from '../store/graph-store.ts';
import type { ComputePool } from '../worker/compute-pool.ts';
import type { JobQueue, WorkspaceJobs } from '../worker/job-queue.ts';
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

/** What the API works on: the graph of one workspace and what changes it. */
export interface ApiServices {
  readonly store: GraphStore;
  readonly compute: ComputePool;
  readonly reader: Reader;
  /** Loaded when it is first asked for. */
  readonly tokenizer: () => Promise<Tokenizer>;
  readonly limits: ApiLimits;
  readonly jobs: JobQueue;
}

/** What every resolver is given: one per request. */
export interface ApiContext extends Omit<ApiServices, 'jobs'> {
  /** Of the graph's workspace. */
  readonly jobs: WorkspaceJobs;
  readonly loaders: Loaders;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  readonly logger: ApiLogger;
  /** By which the client and the log speak of the same request. */
  readonly requestId: string;
}

/** What the API asks of a logger: pino's, or fastify's own. */
export type ApiLogger = Pick<Logger, 'error' | 'warn'>;

export interface RequestSource {
  readonly signal: AbortSignal;
  readonly logger: ApiLogger;
  readonly requestId: string;
}

export const createContext = (services: ApiServices, source: RequestSource): ApiContext => {
  const jobs = services.jobs.workspace(services.store.workspace);
  return { ...services, ...source, jobs, loaders: createLoaders(services.store, jobs) };
};
