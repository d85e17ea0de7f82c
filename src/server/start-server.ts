import type { ApolloServerPlugin } from '@apollo/server';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Authenticator } from '../access/authenticator.ts';
import { isLoopback } from '../access/loopback.ts';
import { startApollo } from '../api/apollo.ts';
import type { ApiContext, ApiLimits, ApiServices } from '../api/context.ts';
import { openCorpusChanges } from '../api/corpus-changes.ts';
import { observeOperations } from '../api/observe-operations.ts';
import { type Prepare, preparation } from '../api/prepare-operation.ts';
import { HypersceneError } from '../errors.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { NO_TELEMETRY, type Telemetry } from '../telemetry/telemetry.ts';
import { type AccessOptions, addAccess } from './access.ts';
import { addBackupRoute, type BackupService } from './backup-route.ts';
import { addDocumentRoutes } from './document-routes.ts';
import { Drain, type DrainTimes } from './drain.ts';
import { addExportRoutes } from './export-routes.ts';
import { answerFailure } from './failure-status.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addWebSockets, graphqlSocket } from './graphql-socket.ts';
import { addHealthRoutes, type ReadinessCheck, storeCheck } from './health-routes.ts';
import { createJsonStatus } from './json-status.ts';
import { listen } from './listen.ts';
import { addMcpRoute, type McpOptions } from './mcp-route.ts';
import { addMetricsRoute, startMetricsServer } from './metrics-route.ts';
import { observeRequests } from './observe-requests.ts';
import { addPageRoutes } from './page-routes.ts';
import { discardRefusedBodies } from './refused-bodies.ts';
import { requestIdOf } from './request-id.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** What the server needs of the installation's settings. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly limits: ApiLimits;
  readonly access: ServerAccess;
  /** By default without delay, and ten seconds. */
  readonly drain?: DrainTimes | undefined;
  /** An address of its own for `/metrics`; null or left out: it stands beside `/graphql`. */
  readonly metricsAddress?: { readonly host: string; readonly port: number } | null | undefined;
}

export interface ServerAccess extends Omit<AccessOptions, 'authenticator'> {
  readonly introspection: boolean;
  /** Whether there is a page at `/`. */
  readonly page: boolean;
  /** Open at once, of one caller. */
  readonly subscriptionsMax: number;
}

export interface ServerOptions extends Omit<ApiServices, 'limits' | 'changes'> {
  readonly config: ServerConfig;
  readonly authenticator: Authenticator;
  /** Whose answer tells that the store answers. */
  readonly store: GraphStore;
  readonly logger: Logger;
  /** Left out where nobody need ask this process for a backup. */
  readonly backup?: BackupService | undefined;
  /** Left out where nothing is measured. */
  readonly telemetry?: Telemetry | undefined;
  /** What `/ready` asks besides the store. */
  readonly readiness?: readonly ReadinessCheck[] | undefined;
  /** Left out where there is to be no `/mcp`. */
  readonly mcp?: McpOptions | undefined;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Of `/metrics` at an address of its own; null where there is none. */
  readonly metricsUrl: string | null;
  /** Drains: takes no new requests, lets those under way end, cuts off what takes too long. The store stays open. */
  close(): Promise<void>;
}

/** For a client to send its whole request: a document of 64 MiB over a phone's connection takes minutes. */
const REQUEST_TIMEOUT_MS = 300_000;

/** A container is given ten seconds by `docker stop`, thirty by Kubernetes. */
const DRAIN: DrainTimes = { delay: 0, timeout: 10_000 };

/**
 * Serves the API and the start page.
 * @throws HypersceneError PORT_IN_USE; BAD_CONFIG where it would listen to other machines and nobody need sign in
 */
export const startServer = async ({
  config,
  logger,
  authenticator,
  store,
  backup,
  telemetry = NO_TELEMETRY,
  readiness = [],
  mcp,
  ...parts
}: ServerOptions): Promise<RunningServer> => {
  checkBinding(config, authenticator);
  const { limits, access } = config;
  const services: ApiServices = { ...parts, changes: openCorpusChanges(), limits };
  const app = openFastify(logger);
  const drain = new Drain(app, logger, config.drain ?? DRAIN);
  const jsonStatus = createJsonStatus();
  const { introspection, page, subscriptionsMax } = access;
  let prepare: Prepare | undefined;
  const lifecycle: ApolloServerPlugin<ApiContext> = {
    serverWillStart: async ({ schema }) => {
      prepare = preparation({ schema, pageMax: limits.pageMax, introspection });
      return { drainServer: () => drain.stop() };
    },
  };
  const plugins = [lifecycle, jsonStatus.plugin];
  const observer = observeOperations(telemetry);
  const apollo = await startApollo({ limits, introspection, logger, plugins, observer });
  try {
    if (prepare === undefined) throw new HypersceneError('INTERNAL', 'no schema');
    observeRequests(app, telemetry);
    addSecurityHeaders(app);
    discardRefusedBodies(app);
    answerUnknownPaths(app);
    await addWebSockets(app);
    const gate = await addAccess(app, { ...access, authenticator });
    addHealthRoutes(app, drain, [storeCheck(store), ...readiness]);
    const wsHandler = graphqlSocket({ prepare, services, gate, subscriptionsMax, metrics: telemetry.metrics });
    await addGraphqlRoute(app, apollo, services, { drain, jsonStatus, wsHandler, metrics: telemetry.metrics });
    await addDocumentRoutes(app, services, drain);
    addExportRoutes(app, services);
    if (page) await addPageRoutes(app, apollo, services, drain);
    if (backup !== undefined) addBackupRoute(app, backup);
    if (mcp !== undefined) await addMcpRoute(app, apollo, services, { ...mcp, gate, drain });
    const metricsServer = await serveMetrics(app, telemetry, config, logger);
    const url = await listen(app, config);
    return {
      url,
      metricsUrl: metricsServer?.url ?? null,
      close: async () => {
        await drain.announce();
        await apollo.stop();
        await metricsServer?.close();
      },
    };
  } catch (error) {
    await apollo.stop();
    throw error;
  }
};

/** Whoever reaches the port reads and deletes everything where nobody need sign in. */
const checkBinding = ({ host }: ServerConfig, { isOpen }: Authenticator): void => {
  if (!isOpen || isLoopback(host)) return;
  throw new HypersceneError('BAD_CONFIG', 'no keys, and other machines could connect', {
    expected: 'HYPERSCENE_HOST of this machine alone, or keys: `hyperscene key create`, or HYPERSCENE_JWKS',
    came: host,
  });
};

/** Its own lines about requests, two each with their URLs, are left out: {@link observeRequests} writes one. */
const openFastify = (logger: Logger): FastifyInstance =>
  Fastify({
    loggerInstance: logger,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
  }) as unknown as FastifyInstance;

const serveMetrics = async (
  app: FastifyInstance,
  { metrics }: Telemetry,
  { metricsAddress }: ServerConfig,
  logger: Logger,
) => {
  if (metrics === null) return null;
  if (metricsAddress) return startMetricsServer(metrics, metricsAddress, logger);
  addMetricsRoute(app, metrics);
  return null;
};

const answerUnknownPaths = (app: FastifyInstance): void => {
  app.setNotFoundHandler(async (request, reply) => {
    reply.code(404);
    return { error: 'not found', path: request.url.slice(0, 200) };
  });
  app.setErrorHandler(answerFailure);
};
