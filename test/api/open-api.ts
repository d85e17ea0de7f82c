import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApolloServer, ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { localPrincipal, type Principal } from '../../src/access/principal.ts';
import { startApollo } from '../../src/api/apollo.ts';
import {
  type ApiContext,
  type ApiLimits,
  type ApiServices,
  createContext,
  type ProductFacts,
} from '../../src/api/context.ts';
import { openCorpusChanges } from '../../src/api/corpus-changes.ts';
import { HypersceneError } from '../../src/errors.ts';
import { KeptExports, type KeptExportsPolicy } from '../../src/export/kept-exports.ts';
import { openTextCounter } from '../../src/main.ts';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import type { Reader } from '../../src/reading/reader.ts';
import {
  corpusName,
  DEFAULT_WORKSPACE,
  documentName,
  type WorkspaceName,
  workspaceName,
} from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { openLocalQueue } from '../../src/worker/local/open-local-queue.ts';
import { FillJournals } from '../../src/worker/model/fill-journal.ts';
import type { SketchedDocument } from '../arbitrary/corpus.ts';
import { JOB_POLICY } from '../worker/job-policy.ts';

export const LIMITS: ApiLimits = { documentBytesMax: 2 ** 20, pageMax: 200, couplingsPerScene: 16 };

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of queries they have just written
export type Answer = any;

/** The API on a real embedded store in a folder of its own. */
export interface TestApi {
  readonly database: GraphDatabase;
  readonly store: GraphStore;
  readonly services: ApiServices;
  readonly apollo: ApolloServer<ApiContext>;
  readonly schema: GraphQLSchema;
  /** Lines written to the log. */
  readonly log: readonly string[];
  write(document: SketchedDocument): Promise<void>;
  /** Data of an answer that must have no errors. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Data and errors. */
  answer(query: string, variables?: Record<string, unknown>): Promise<{ data: Answer; errors: Answer[] }>;
  /** Statements sent to the store for one query. */
  reads(query: string, variables?: Record<string, unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Who asks where nobody need sign in. */
export const EVERYONE: Principal = localPrincipal(DEFAULT_WORKSPACE);

export const PRODUCT: ProductFacts = { version: '1.2.3', store: 'embedded' };

/** A reader for tests that read no text. */
const NO_READER = {} as Reader;

export interface OpenApiOptions {
  readonly limits?: ApiLimits;
  readonly reader?: Reader;
  readonly exports?: Partial<KeptExportsPolicy>;
  readonly model?: LanguageModel;
  /** For the tests of a file together, who close it: its thread takes a third of a second to start. */
  readonly compute?: ComputePool;
}

/** Of exports; a day, and a MiB. */
const EXPORTS = {
  keptFor: 86_400_000,
  bytesMax: 2 ** 20,
  tokenizers: null,
  counter: openTextCounter,
  product: PRODUCT,
};

export const openApi = async ({
  limits = LIMITS,
  reader = NO_READER,
  exports: policy,
  model,
  compute: given,
}: OpenApiOptions = {}): Promise<TestApi> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const store = database.workspace(DEFAULT_WORKSPACE);
  const compute = given ?? openComputePool({ threadsMax: 1 });
  const counter = openTextCounter();
  const log: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => log.push(line) });
  const graph = (name: WorkspaceName) => database.workspace(name);
  const exports = new KeptExports({ ...EXPORTS, folder: join(folder, 'exports'), ...policy });
  const fill = {
    model: async () => {
      if (model === undefined) throw new HypersceneError('MODEL_NOT_FOUND', 'no language model is set');
      return model;
    },
    journals: new FillJournals(join(folder, 'fillings')),
  };
  const jobs = await openLocalQueue({
    folder: join(folder, 'jobs'),
    policy: JOB_POLICY,
    services: {
      graph,
      compute,
      reader,
      fill,
      tokenizer: openO200k,
      couplingsPerScene: limits.couplingsPerScene,
      exports,
    },
    logger,
  });
  // Tests count what they ask of the one store.
  const workspace = (name: WorkspaceName) => (name === DEFAULT_WORKSPACE ? store : database.workspace(name));
  const services: ApiServices = {
    database: { workspace },
    changes: openCorpusChanges(10),
    compute,
    reader,
    tokenizer: openO200k,
    counter,
    ...fill,
    limits,
    jobs,
    exports,
    product: PRODUCT,
  };
  const schema = Promise.withResolvers<GraphQLSchema>();
  const tellSchema: ApolloServerPlugin<ApiContext> = {
    serverWillStart: async (server) => schema.resolve(server.schema),
  };
  const apollo = await startApollo({ limits, logger, plugins: [tellSchema] });
  const context = () =>
    createContext(services, {
      principal: EVERYONE,
      signal: new AbortController().signal,
      logger,
      requestId: 'req-test',
    });
  // Look-ups are kept until the next write, whoever's it is.
  let beside = 0;
  const writeBeside = async (): Promise<void> => {
    const [corpus, name] = [corpusName('beside'), documentName('beside')];
    const text = String(beside++);
    const sha256 = createHash('sha256').update(text).digest('hex');
    async function* parts() {
      yield { type: 'text' as const, text };
    }
    const input = { corpus, name, lang: 'en' as const, sha256, bytes: text.length };
    await database.workspace(workspaceName('beside')).writeDocument(input, parts());
  };
  const answer = async (query: string, variables: Record<string, unknown> = {}) => {
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue: context() });
    if (body.kind !== 'single') throw new TypeError('an answer in parts');
    // By way of JSON, as a client gets it.
    const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
    return { data, errors: errors ?? [] };
  };
  const ask = async (query: string, variables?: Record<string, unknown>) => {
    const { data, errors } = await answer(query, variables);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    database,
    store,
    services,
    schema: await schema.promise,
    apollo,
    log,
    ask,
    answer,
    write: async ({ input, parts }) => {
      await store.writeDocument(input, parts());
    },
    reads: async (query, variables) => {
      await writeBeside();
      const before = store.statistics().reads;
      await ask(query, variables);
      return store.statistics().reads - before;
    },
    close: async () => {
      await apollo.stop();
      await jobs.close();
      if (given === undefined) await compute.close();
      await counter.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};
