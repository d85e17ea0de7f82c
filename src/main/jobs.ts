import { join } from 'node:path';
import type { RedisConfig } from '../config/jobs-config.ts';
import type { Config } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import type { KeptExports } from '../export/kept-exports.ts';
import { type Application, openTokenizer } from '../main.ts';
import type { WorkspaceName } from '../scene/name.ts';
import type { GraphStore } from '../store/graph-store.ts';
import type { JobQueue, QueuePolicy } from '../worker/job-queue.ts';
import type { JobLogger, JobServices } from '../worker/job-runner.ts';
import { openExports } from './exports.ts';
import { observeApplication, openErrorLog, openTelemetry } from './observe.ts';

/** Takes jobs from a queue that other processes share. */
export interface RunningWorker {
  /** Lets jobs under way end, for as long as the settings say. */
  close(): Promise<void>;
}

/**
 * Takes jobs from the queue in Redis and runs them until it is closed.
 * @throws HypersceneError BAD_CONFIG, REDIS_UNREACHABLE, REDIS_DENIED, PORT_IN_USE
 */
export const work = async (application: Application): Promise<RunningWorker> => {
  const { config } = application;
  checkWorkable(config);
  const logger = await openErrorLog(config);
  const telemetry = await openTelemetry(config, application.database.kind, logger);
  const exports = openExports(config, application.database.kind);
  const queue = await openJobQueue({ ...observeApplication(application, telemetry), exports }, logger, true);
  const endTidying = exports.keepTidy((err) => logger.error({ err }, 'exports that are over cannot be cleared'));
  telemetry.metrics?.watchJobs(() => queue.counts());
  const listen = config.operations.metrics?.listen ?? null;
  const { startMetricsServer } = await import('../server/metrics-route.ts');
  const server =
    telemetry.metrics === null || listen === null ? null : await startMetricsServer(telemetry.metrics, listen, logger);
  return {
    close: async () => {
      await queue.close();
      endTidying();
      await server?.close();
      await telemetry.close();
    },
  };
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
  return openRedisQueue(config, config.jobs.redis, null, await openErrorLog({ ...config, logLevel: 'silent' }));
};

/** Whether `serve` runs jobs: where nobody else can, and where it is told to. @throws HypersceneError BAD_CONFIG */
export const servesJobs = ({ jobs, store }: Config): boolean => {
  const alone = jobs.redis === null || store.kind === 'embedded';
  if (alone && jobs.served === false)
    throw new HypersceneError('BAD_CONFIG', 'nobody would run any jobs', {
      expected: 'HYPERSCENE_JOBS_SERVED=auto, or REDIS_URL and a store that other processes open',
      came: 'no',
    });
  return alone || jobs.served === true;
};

/** The queue of the settings' kind, whose jobs this process runs where it is told to, or nobody else could. */
export const openJobQueue = async (
  {
    config,
    database,
    compute,
    reader,
    fill,
    exports,
  }: Pick<Application, 'config' | 'database' | 'compute' | 'reader' | 'fill'> & { readonly exports: KeptExports },
  logger: JobLogger,
  runs: boolean,
): Promise<JobQueue> => {
  const graph = (name: WorkspaceName): GraphStore => database.workspace(name);
  const { couplingsPerScene } = config.limits;
  const services = { graph, compute, reader, fill, tokenizer: openTokenizer, couplingsPerScene, exports };
  const { redis } = config.jobs;
  if (redis !== null) return openRedisQueue(config, redis, runs ? services : null, logger);
  const { openLocalQueue } = await import('../worker/local/open-local-queue.ts');
  return openLocalQueue({ folder: join(config.dataDir, 'jobs'), policy: queuePolicy(config), services, logger });
};

const openRedisQueue = async (
  config: Config,
  redis: RedisConfig,
  services: JobServices | null,
  logger: JobLogger,
): Promise<JobQueue> => {
  const { openBullmqQueue } = await import('../worker/bullmq/open-bullmq-queue.ts');
  // An embedded graph is its folder's own: jobs for it are no other installation's, even on the same server.
  const { queueId } = await import('../worker/bullmq/queue-id.ts');
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
