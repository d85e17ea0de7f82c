import type { Authenticator } from '../../src/access/authenticator.ts';
import type { McpOptions } from '../../src/server/mcp-route.ts';
import {
  type RunningServer,
  type ServerAccess,
  type ServerOptions,
  startServer,
} from '../../src/server/start-server.ts';
import { openLogger } from '../../src/telemetry/open-logger.ts';
import { EVERYONE, openApi, type TestApi } from '../api/open-api.ts';

/** A real server on a free port, before a real store. */
export interface TestServer extends RunningServer {
  readonly api: TestApi;
  readonly log: readonly string[];
  /** A POST of a query. */
  post(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>;
}

export const JSON_TYPE = { 'content-type': 'application/json' };

export const ACCESS: ServerAccess = {
  rateLimit: 0,
  refusalLimit: 60,
  allowedHosts: [],
  introspection: true,
  page: true,
  subscriptionsMax: 1000,
};

export const MCP: McpOptions = { sessionsMax: 100, idleTimeout: 3_600_000, version: '0.0.0' };

/** Lets in everyone. */
export const OPEN: Authenticator = { isOpen: true, authenticate: async () => EVERYONE };

export interface ServeOptions
  extends NonNullable<Parameters<typeof openApi>[0]>,
    Pick<ServerOptions, 'telemetry' | 'readiness'>,
    Pick<ServerOptions['config'], 'drain' | 'metricsAddress'> {
  /** Of the log. */
  readonly level?: string;
  readonly access?: Partial<ServerAccess>;
  readonly authenticator?: Authenticator;
  /** null for none. */
  readonly mcp?: Partial<McpOptions> | null;
}

export const serve = async ({
  access,
  authenticator = OPEN,
  mcp = {},
  ...options
}: ServeOptions = {}): Promise<TestServer> => {
  const { level = 'warn', telemetry, readiness, drain, metricsAddress } = options;
  const api = await openApi(options);
  const log: string[] = [];
  const logger = openLogger(level, { write: (line: string) => log.push(line) });
  const { limits, ...services } = api.services;
  const config = { host: '127.0.0.1', port: 0, limits, drain, metricsAddress, access: { ...ACCESS, ...access } };
  const { store } = api;
  const server = await startServer({
    ...services,
    store,
    authenticator,
    config,
    logger,
    telemetry,
    readiness,
    mcp: mcp === null ? undefined : { ...MCP, ...mcp },
  });
  return {
    api,
    log,
    url: server.url,
    metricsUrl: server.metricsUrl,
    post: (query, variables = {}, headers = {}) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    close: async () => {
      await server.close();
      await api.close();
    },
  };
};
