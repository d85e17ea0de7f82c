import type { ApolloServerPlugin } from '@apollo/server';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Authenticator } from '../access/authenticator.ts';
import { startApollo } from '../api/apollo.ts';
import type { ApiContext, ApiLimits, ApiServices } from '../api/context.ts';
import { openCorpusChanges } from '../api/corpus-changes.ts';
import { type Prepare, preparation } from '../api/prepare-operation.ts';
import { HypersceneError } from '../errors.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { type AccessOptions, addAccess, isLoopback } from './access.ts';
import { addBackupRoute, type BackupService } from './backup-route.ts';
import { addDocumentRoutes } from './document-routes.ts';
import { failureStatus } from './failure-status.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addWebSockets, graphqlSocket } from './graphql-socket.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addMcpRoute, type McpOptions } from './mcp-route.ts';
import { addPageRoutes } from './page-routes.ts';
import { addSecurityHeaders } from './security-headers.ts';

/** What the server needs of the installation's settings. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly limits: ApiLimits;
  readonly access: ServerAccess;
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
  /** Left out where there is to be no `/mcp`. */
  readonly mcp?: McpOptions | undefined;
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
 * @throws HypersceneError PORT_IN_USE; BAD_CONFIG where it would listen to other machines and nobody need sign in
 */
export const startServer = async ({
  config,
  logger,
  authenticator,
  store,
  backup,
  mcp,
  ...parts
}: ServerOptions): Promise<RunningServer> => {
  checkBinding(config, authenticator);
  const { limits, access } = config;
  const services: ApiServices = { ...parts, changes: openCorpusChanges(), limits };
  const app = Fastify({ loggerInstance: logger, requestTimeout: REQUEST_TIMEOUT_MS }) as unknown as FastifyInstance;
  const { introspection, page, subscriptionsMax } = access;
  let prepare: Prepare | undefined;
  const takeSchema: ApolloServerPlugin<ApiContext> = {
    serverWillStart: async ({ schema }) => {
      prepare = preparation({ schema, pageMax: limits.pageMax, introspection });
    },
  };
  const plugins = [fastifyApolloDrainPlugin(app), takeSchema];
  const apollo = await startApollo({ limits, introspection, logger, plugins });
  try {
    if (prepare === undefined) throw new HypersceneError('INTERNAL', 'no schema');
    closeConnectionsAtEnd(app);
    addSecurityHeaders(app);
    answerUnknownPaths(app);
    await addWebSockets(app);
    const gate = await addAccess(app, { ...access, authenticator });
    addHealthRoutes(app, store);
    await addGraphqlRoute(app, apollo, services, graphqlSocket({ prepare, services, gate, subscriptionsMax }));
    await addDocumentRoutes(app, services);
    if (page) await addPageRoutes(app, apollo, services);
    if (backup !== undefined) addBackupRoute(app, backup);
    if (mcp !== undefined) await addMcpRoute(app, apollo, services, { ...mcp, gate });
    const url = await listen(app, config);
    return { url, close: () => apollo.stop() };
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
    const status = failureStatus(error);
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    reply.code(status);
    return { error: status >= 500 ? 'internal error' : error.message, requestId: request.id };
  });
};
