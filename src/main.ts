import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type AuthenticatorConfig, openAuthenticator } from './access/authenticator.ts';
import { keyFileStamp } from './access/key-file.ts';
import { SCOPES } from './access/principal.ts';
import { type Config, productVersion } from './config.ts';
import { HypersceneError } from './errors.ts';
import type { Ask } from './mcp/ask.ts';
import type { StdioOptions } from './mcp/serve-stdio.ts';
import { openO200k } from './model/o200k/open-o200k.ts';
import type { Tokenizer } from './model/tokenizer.ts';
import { openReader as openThreadedReader } from './reading/read-document.ts';
import type { Reader } from './reading/reader.ts';
import type { WorkspaceName } from './scene/name.ts';
import type { BackupService } from './server/backup-route.ts';
import type { RunningServer } from './server/start-server.ts';
import { openEmbeddedMigrator, openEmbeddedStore } from './store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from './store/graph-store.ts';
import type { Migrator } from './store/migrate.ts';
import { observeCompute, observeReader, observeTokenizer } from './telemetry/observe-model.ts';
import { observeDatabase } from './telemetry/observe-store.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { type ComputePool, openComputePool } from './worker/compute-pool.ts';
import type { JobQueue, QueuePolicy } from './worker/job-queue.ts';
import type { JobLogger } from './worker/job-runner.ts';
import { noJobs } from './worker/no-jobs.ts';

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

/** What watches a process, and how it ends: what is left to send is sent. */
interface OpenTelemetry extends Telemetry {
  close(): Promise<void>;
}

/** The SDK of traces takes 100 ms to load, which is only done where they are sent. */
const openTelemetry = async (
  { operations, traces }: Config,
  storeKind: GraphDatabase['kind'],
  logger: Logger,
): Promise<OpenTelemetry> => {
  const version = productVersion();
  const metrics =
    operations.metrics === null ? null : (await import('./telemetry/metrics.ts')).openMetrics({ version, storeKind });
  const tracing =
    traces === null ? null : (await import('./telemetry/open-tracing.ts')).openTracing({ ...traces, version, logger });
  return {
    metrics,
    tracing,
    close: async () => {
      await tracing?.close();
      metrics?.close();
    },
  };
};

/** The same installation, whose store, reader and compute threads are measured and traced. */
const observeApplication = (application: Application, telemetry: Telemetry): Application => {
  const database = observeDatabase(application.database, telemetry);
  return {
    ...application,
    database,
    store: database.workspace(application.config.workspace),
    reader: observeReader(application.reader, telemetry),
    compute: observeCompute(application.compute, telemetry),
  };
};

/**
 * Serves the API and the start page. Its messages go to standard error, one JSON object a line.
 * @throws HypersceneError PORT_IN_USE, BAD_CONFIG, BAD_KEY_FILE, UNREADABLE_FILE
 */
export const serve = async (application: Application): Promise<RunningServer> => {
  const { config } = application;
  const authenticator = await openAuthenticator(await authenticatorConfig(config));
  // Loading GraphQL and HTTP takes half a second, which the other commands need not wait for.
  const [{ startServer }, logger] = await Promise.all([import('./server/start-server.ts'), openErrorLog(config)]);
  const telemetry = await openTelemetry(config, application.database.kind, logger);
  const { database, store, reader, compute } = observeApplication(application, telemetry);
  const { backup, announce } = await offerBackup(config, database);
  const jobs = await openJobQueue({ config, database, compute, reader }, logger);
  const { drainDelay: delay, drainTimeout: timeout, metrics } = config.operations;
  const { served, sessionsMax, idleTimeout } = config.mcp;
  const server = await startServer({
    database,
    authenticator,
    store,
    reader,
    compute,
    tokenizer: observeTokenizer(openTokenizer, telemetry),
    jobs,
    config: { ...config, drain: { delay, timeout }, metricsAddress: metrics?.listen },
    logger,
    telemetry,
    backup,
    mcp: served ? { sessionsMax, idleTimeout, version: productVersion() } : undefined,
  }).catch(async (error) => {
    await jobs.close();
    throw error;
  });
  const withdraw = await announce(server.url);
  return {
    ...server,
    close: async () => {
      await withdraw();
      await server.close();
      await jobs.close();
      await telemetry.close();
    },
  };
};

/** The queue of the settings' kind, whose jobs this process runs where nobody else does. */
const openJobQueue = async (
  { config, database, compute, reader }: Pick<Application, 'config' | 'database' | 'compute' | 'reader'>,
  logger: JobLogger,
): Promise<JobQueue> => {
  const graph = (name: WorkspaceName): GraphStore => database.workspace(name);
  const { couplingsPerScene } = config.limits;
  const services = { graph, compute, reader, tokenizer: openTokenizer, couplingsPerScene };
  const { openLocalQueue } = await import('./worker/local/open-local-queue.ts');
  return openLocalQueue({ folder: join(config.dataDir, 'jobs'), policy: queuePolicy(config), services, logger });
};

/** Five minutes: errors that pass do so by then, or take a person. */
const BACKOFF_MAX = 300_000;

const queuePolicy = ({ jobs, limits }: Config): QueuePolicy => ({
  ...jobs,
  backoffMax: BACKOFF_MAX,
  textBytesMax: limits.documentBytesMax,
});

interface BackupOffer {
  readonly backup?: BackupService;
  /** Says where the server can be asked, and gives what takes that back. */
  announce(url: string): Promise<() => Promise<void>>;
}

/** Others open a Neo4j store themselves; the embedded one is locked by this process, which they must ask. */
const offerBackup = async (config: Config, { archive, kind: store }: GraphDatabase): Promise<BackupOffer> => {
  if (archive === null || store !== 'embedded') return { announce: async () => async () => undefined };
  const note = await import('./server/serving-note.ts');
  const token = note.newToken();
  return {
    backup: { archive, store, product: productVersion(), token },
    announce: async (url) => {
      const { dataDir, host, workspace } = config;
      await note.writeServingNote(dataDir, { pid: process.pid, url: note.askableUrl(url, host), workspace, token });
      return () => note.removeServingNote(config.dataDir);
    },
  };
};

/** The tools for a language model, with the graph behind them. */
export interface McpConnection {
  serve(streams: Pick<StdioOptions, 'stdin' | 'stdout' | 'signal'>): Promise<void>;
  /** As {@link Application.close}. */
  close(): Promise<void>;
}

/** On the graph of this process. What fails goes to standard error, one JSON object a line. */
export const openMcp = async (application: Application): Promise<McpConnection> => {
  const { config, database, reader, compute } = application;
  const [{ startApollo }, { createContext }, { openCorpusChanges }, { inProcessAsk }, logger] = await Promise.all([
    import('./api/apollo.ts'),
    import('./api/context.ts'),
    import('./api/corpus-changes.ts'),
    import('./mcp/in-process-ask.ts'),
    openErrorLog(config),
  ]);
  const changes = openCorpusChanges();
  // A process that ends with its client takes no long work upon itself.
  const jobs = noJobs;
  const services = { database, changes, compute, reader, tokenizer: openTokenizer, limits: config.limits, jobs };
  // Whoever starts the process may do all that its user may.
  const principal = { id: 'local', workspace: config.workspace, scopes: new Set(SCOPES) };
  const apollo = await startApollo({ limits: config.limits, logger });
  const ask = inProcessAsk(apollo, (options) =>
    createContext(services, { ...options, principal, logger, requestId: randomUUID() }),
  );
  return {
    serve: (streams) => serveMcpOver(ask, logger, streams),
    close: async () => {
      await apollo.stop();
      await application.close();
    },
  };
};

/** On the API of a running server. */
export const openRemoteMcp = async (config: Config, url: string): Promise<McpConnection> => {
  const [{ remoteAsk }, logger] = await Promise.all([import('./mcp/remote-ask.ts'), openErrorLog(config)]);
  return {
    serve: (streams) => serveMcpOver(remoteAsk({ url, key: config.mcp.key }), logger, streams),
    close: async () => {},
  };
};

const serveMcpOver = async (
  ask: Ask,
  logger: Logger,
  streams: Pick<StdioOptions, 'stdin' | 'stdout' | 'signal'>,
): Promise<void> => {
  const { serveStdio } = await import('./mcp/serve-stdio.ts');
  await serveStdio({ ...streams, ask, version: productVersion(), logger });
};

/** To standard error, one JSON object a line. */
const openErrorLog = async ({ logLevel }: Config): Promise<Logger> => {
  const [{ openLogger }, { destination }] = await Promise.all([import('./telemetry/open-logger.ts'), import('pino')]);
  return openLogger(logLevel, destination(process.stderr.fd));
};

/** Where the keys of an installation are kept, whether there are any or not. */
export const keysFile = ({ access, dataDir }: Config): string => access.keysFile ?? join(dataDir, 'keys.json');

/** @throws HypersceneError BAD_CONFIG for a file that is named and not there: nobody is let in by a slip of the pen */
const authenticatorConfig = async (config: Config): Promise<AuthenticatorConfig> => {
  const { access, workspace } = config;
  const path = keysFile(config);
  const isThere = (await keyFileStamp(path)) !== null;
  if (!isThere && access.keysFile !== null)
    throw new HypersceneError('BAD_CONFIG', 'bad HYPERSCENE_KEYS_FILE', {
      expected: 'a file that is there',
      came: JSON.stringify(path),
    });
  return { keysFile: isThere ? path : null, webTokens: access.webTokens, workspace };
};
