import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Config, productVersion, type RedisConfig } from './config.ts';
import { HypersceneError } from './errors.ts';
import { openO200k } from './model/o200k/open-o200k.ts';
import type { Tokenizer } from './model/tokenizer.ts';
import { openReader as openThreadedReader } from './reading/read-document.ts';
import type { Reader } from './reading/reader.ts';
import type { WorkspaceName } from './scene/name.ts';
import type { RunningServer } from './server/start-server.ts';
import { openEmbeddedMigrator, openEmbeddedStore } from './store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from './store/graph-store.ts';
import type { Migrator } from './store/migrate.ts';
import { type ComputePool, openComputePool } from './worker/compute-pool.ts';
import type { JobQueue, QueuePolicy } from './worker/job-queue.ts';
import type { JobLogger, JobServices } from './worker/job-runner.ts';

/** What an installation works with: built here and nowhere else. */
export interface Application {
  readonly config: Config;
  readonly database: GraphDatabase;
  /** The graph of the workspace that the settings name. */
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly compute: ComputePool;
  /** Resolves when all that was acknowledged is safe and another process may open the graph. */
  close(): Promise<void>;
}

/** @throws HypersceneError MISSING_ASSET, and as {@link openDatabase} */
export const openApplication = async (config: Config): Promise<Application> => {
  const database = await openDatabase(config);
  const reader = await openReader(config);
  const compute = openComputePool({ threadsMax: availableParallelism() });
  return {
    config,
    database,
    store: database.workspace(config.workspace),
    reader,
    compute,
    close: async () => {
      await reader.close();
      await compute.close();
      await database.close();
    },
  };
};

/** @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, STORE_UNREACHABLE, STORE_TLS, STORE_DENIED, MIGRATION_CHANGED, DISK_FULL */
export const openDatabase = async ({ dataDir, store }: Config): Promise<GraphDatabase> => {
  if (store.kind === 'embedded') return openEmbeddedStore({ path: graphFile(dataDir) });
  const { openNeo4jStore } = await loadNeo4j();
  return openNeo4jStore(store);
};

/** The graph as it is, to look at its migrations or to apply them. @throws as {@link openDatabase} */
export const openMigrator = async ({ dataDir, store }: Config): Promise<Migrator> => {
  if (store.kind === 'embedded') return openEmbeddedMigrator({ path: graphFile(dataDir) });
  const { openNeo4jMigrator } = await loadNeo4j();
  return openNeo4jMigrator(store);
};

/** The driver takes 150 ms to load, which an embedded graph need not wait for. */
const loadNeo4j = () => import('./store/neo4j/open-neo4j-store.ts');

const graphFile = (dataDir: string): string => join(dataDir, 'graph');

/** Reads texts without a graph. */
export const openReader = ({ limits }: Config): Promise<Reader> =>
  openThreadedReader({ bytesMax: limits.documentBytesMax, sceneLengthMax: limits.sceneLengthMax });

/** How positions in a model's context are counted. */
export const openTokenizer = (): Promise<Tokenizer> => openO200k();

/**
 * Serves the API and the start page. Its messages go to standard error, one JSON object a line.
 * @throws HypersceneError PORT_IN_USE
 */
export const serve = async ({ config, database, ...application }: Application): Promise<RunningServer> => {
  // Loading GraphQL and HTTP takes half a second, which the other commands need not wait for.
  const [{ startServer }, note, { pino }] = await Promise.all([
    import('./server/start-server.ts'),
    import('./server/serving-note.ts'),
    import('pino'),
  ]);
  const logger = pino({ level: config.logLevel }, pino.destination(process.stderr.fd));
  const jobs = await openJobQueue({ ...application, config, database }, logger, servesJobs(config));
  const services = { ...application, tokenizer: openTokenizer, jobs };
  const { archive, kind: store } = database;
  // Others open a Neo4j store themselves; the embedded one is locked by this process, which they must ask.
  const token = archive === null || store !== 'embedded' ? null : note.newToken();
  const backup = archive === null || token === null ? undefined : { archive, store, product: productVersion(), token };
  try {
    const { url, close } = await startServer({ ...services, config, logger, backup });
    if (token !== null)
      await note.writeServingNote(config.dataDir, { pid: process.pid, url: note.askableUrl(url, config.host), token });
    return {
      url,
      close: async () => {
        if (token !== null) await note.removeServingNote(config.dataDir);
        await close();
        await jobs.close();
      },
    };
  } catch (error) {
    await jobs.close();
    throw error;
  }
};

/**
 * Takes jobs from the queue in Redis and runs them until it is closed.
 * @throws HypersceneError BAD_CONFIG, REDIS_UNREACHABLE, REDIS_DENIED
 */
export const work = async (application: Application): Promise<JobQueue> => {
  checkWorkable(application.config);
  const { pino } = await import('pino');
  const logger = pino({ level: application.config.logLevel }, pino.destination(process.stderr.fd));
  return openJobQueue(application, logger, true);
};

/** Before a store is opened. @throws HypersceneError BAD_CONFIG */
export const checkWorkable = ({ jobs, store }: Config): void => {
  if (jobs.redis === null)
    throw new HypersceneError('BAD_CONFIG', 'there is no queue to take jobs from', {
      expected: 'REDIS_URL; without it `serve` runs jobs itself',
      came: 'none',
    });
  if (store.kind === 'embedded')
    throw new HypersceneError('BAD_CONFIG', 'the embedded store is opened by one process only', {
      expected: 'HYPERSCENE_STORE=neo4j; with the embedded store `serve` runs the jobs itself',
      came: 'embedded',
    });
};

/**
 * The queue in Redis, for a process that runs no jobs; null where there is none.
 * @throws HypersceneError REDIS_UNREACHABLE, REDIS_DENIED
 */
export const openSharedJobs = async (config: Config): Promise<JobQueue | null> => {
  if (config.jobs.redis === null) return null;
  const { pino } = await import('pino');
  return openRedisQueue(config, config.jobs.redis, null, pino({ level: 'silent' }));
};

/** Whether `serve` runs jobs: where nobody else can, and where it is told to. @throws HypersceneError BAD_CONFIG */
const servesJobs = ({ jobs, store }: Config): boolean => {
  const alone = jobs.redis === null || store.kind === 'embedded';
  if (alone && jobs.served === false)
    throw new HypersceneError('BAD_CONFIG', 'nobody would run any jobs', {
      expected: 'HYPERSCENE_JOBS_SERVED=auto, or REDIS_URL and a store that other processes open',
      came: 'no',
    });
  return alone || jobs.served === true;
};

const openJobQueue = async (
  { config, database, compute, reader }: Pick<Application, 'config' | 'database' | 'compute' | 'reader'>,
  logger: JobLogger,
  runs: boolean,
): Promise<JobQueue> => {
  const graph = (name: WorkspaceName): GraphStore => database.workspace(name);
  const { couplingsPerScene } = config.limits;
  const services = { graph, compute, reader, tokenizer: openTokenizer, couplingsPerScene };
  const { redis } = config.jobs;
  if (redis !== null) return openRedisQueue(config, redis, runs ? services : null, logger);
  const { openLocalQueue } = await import('./worker/local/open-local-queue.ts');
  return openLocalQueue({ folder: join(config.dataDir, 'jobs'), policy: queuePolicy(config), services, logger });
};

const openRedisQueue = async (
  config: Config,
  redis: RedisConfig,
  services: JobServices | null,
  logger: JobLogger,
): Promise<JobQueue> => {
  const { openBullmqQueue } = await import('./worker/bullmq/open-bullmq-queue.ts');
  // An embedded graph is its folder's own: jobs for it are no other installation's, even on the same server.
  const { queueId } = await import('./worker/bullmq/queue-id.ts');
  const own = config.store.kind === 'embedded' ? `:${await queueId(config.dataDir)}` : '';
  const { lock } = config.jobs;
  return openBullmqQueue({ redis, prefix: redis.prefix + own, policy: queuePolicy(config), lock, services, logger });
};

/** Five minutes: errors that pass do so by then, or take a person. */
const BACKOFF_MAX = 300_000;

const queuePolicy = ({ jobs, limits }: Config): QueuePolicy => ({
  ...jobs,
  backoffMax: BACKOFF_MAX,
  textBytesMax: limits.documentBytesMax,
});
