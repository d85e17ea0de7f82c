import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { startApollo } from '../api/apollo.ts';
import type { ApiLimits, ApiServices } from '../api/context.ts';
import { observeOperations } from '../api/observe-operations.ts';
import { NO_TELEMETRY, type Telemetry } from '../telemetry/telemetry.ts';
import { addBackupRoute, type BackupService } from './backup-route.ts';
import { Drain, type DrainTimes } from './drain.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addHealthRoutes, type ReadinessCheck, storeCheck } from './health-routes.ts';
import { listen } from './listen.ts';
import { addMetricsRoute, startMetricsServer } from './metrics-route.ts';
import { observeRequests } from './observe-requests.ts';
import { addPageRoutes } from './page-routes.ts';
import { requestIdOf } from './request-id.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** What the server needs of the installation's settings. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly limits: ApiLimits;
  /** By default without delay, and ten seconds. */
  readonly drain?: DrainTimes | undefined;
  /** An address of its own for `/metrics`; null or left out: it stands beside `/graphql`. */
  readonly metricsAddress?: { readonly host: string; readonly port: number } | null | undefined;
}

export interface ServerOptions extends Omit<ApiServices, 'limits'> {
  readonly config: ServerConfig;
  readonly logger: Logger;
  /** Left out where nobody need ask this process for a backup. */
  readonly backup?: BackupService | undefined;
  /** Left out where nothing is measured. */
  readonly telemetry?: Telemetry | undefined;
  /** What `/ready` asks besides the store. */
  readonly readiness?: readonly ReadinessCheck[] | undefined;
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
 * @throws HypersceneError PORT_IN_USE
 */
export const startServer = async ({
  config,
  logger,
  store,
  compute,
  reader,
  tokenizer,
  backup,
  telemetry = NO_TELEMETRY,
  readiness = [],
}: ServerOptions): Promise<RunningServer> => {
  const services: ApiServices = { store, compute, reader, tokenizer, limits: config.limits };
  const app = openFastify(logger);
  const drain = new Drain(app, logger, config.drain ?? DRAIN);
  const plugins = [{ serverWillStart: async () => ({ drainServer: () => drain.stop() }) }];
  const observer = observeOperations(telemetry);
  const apollo = await startApollo({ limits: config.limits, logger, plugins, observer });
  try {
    observeRequests(app, telemetry);
    addSecurityHeaders(app);
    answerUnknownPaths(app);
    addHealthRoutes(app, drain, [storeCheck(store), ...readiness]);
    await addGraphqlRoute(app, apollo, services, { drain, metrics: telemetry.metrics });
    await addPageRoutes(app, apollo, services, drain);
    if (backup !== undefined) addBackupRoute(app, backup);
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
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    reply.code(status);
    return { error: status >= 500 ? 'internal error' : error.message, requestId: request.id };
  });
};
