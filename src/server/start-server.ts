import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { startApollo } from '../api/apollo.ts';
import type { ApiContext, ApiLimits, ApiServices } from '../api/context.ts';
import { HypersceneError } from '../errors.ts';
import { addBackupRoute, type BackupService } from './backup-route.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addHealthRoutes } from './health-routes.ts';
import { createJsonStatus } from './json-status.ts';
import { addPageRoutes } from './page-routes.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** What the server needs of the installation's settings. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly limits: ApiLimits;
}

export interface ServerOptions extends Omit<ApiServices, 'limits'> {
  readonly config: ServerConfig;
  readonly logger: Logger;
  /** Left out where nobody need ask this process for a backup. */
  readonly backup?: BackupService | undefined;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no new requests, lets those under way end, for ten seconds at most. The store stays open. */
  close(): Promise<void>;
}

/** For a client to send its whole request: a document of 64 MiB over a phone's connection takes minutes. */
const REQUEST_TIMEOUT_MS = 300_000;

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
  product,
  backup,
}: ServerOptions): Promise<RunningServer> => {
  const services: ApiServices = { store, compute, reader, tokenizer, product, limits: config.limits };
  const app = Fastify({ loggerInstance: logger, requestTimeout: REQUEST_TIMEOUT_MS }) as unknown as FastifyInstance;
  const jsonStatus = createJsonStatus();
  const plugins = [fastifyApolloDrainPlugin<ApiContext>(app), jsonStatus.plugin];
  const apollo = await startApollo({ limits: config.limits, logger, plugins });
  try {
    closeConnectionsAtEnd(app);
    addSecurityHeaders(app);
    answerUnknownPaths(app);
    addHealthRoutes(app, services.store);
    await addGraphqlRoute(app, apollo, services, jsonStatus);
    await addPageRoutes(app, apollo, services);
    if (backup !== undefined) addBackupRoute(app, backup);
    const url = await listen(app, config);
    return { url, close: () => apollo.stop() };
  } catch (error) {
    await apollo.stop();
    throw error;
  }
};

const listen = async (app: FastifyInstance, { host, port }: ServerConfig): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new HypersceneError('PORT_IN_USE', `port ${port} of ${host} is in use`, {
      expected: 'a free port, or 0 for any',
      cause,
    });
  }
};

/**
 * Node closes connections that are idle when closing begins; one that ends its request later would be kept alive until
 * the drain's ten seconds are over.
 */
const closeConnectionsAtEnd = (app: FastifyInstance): void => {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onResponse', async () => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
  });
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
