import type { Logger } from 'pino';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { Reader } from '../reading/reader.ts';
import type { GraphDatabase, GraphStore } from '../store/graph-store.ts';
import type { ComputePool } from '../worker/compute-pool.ts';
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

/** What the API works on: the graph of one workspace and what changes it. */
export interface ApiServices {
  readonly store: GraphStore;
  readonly compute: ComputePool;
  readonly reader: Reader;
  /** Loaded when it is first asked for. */
  readonly tokenizer: () => Promise<Tokenizer>;
  readonly limits: ApiLimits;
  readonly product: ProductFacts;
}

/** What every resolver is given: one per request. */
export interface ApiContext extends ApiServices {
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

export const createContext = (services: ApiServices, source: RequestSource): ApiContext => ({
  ...services,
  ...source,
  loaders: createLoaders(services.store),
});
