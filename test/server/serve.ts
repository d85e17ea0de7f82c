import { pino } from 'pino';
import type { Authenticator } from '../../src/access/authenticator.ts';
import { type RunningServer, type ServerAccess, startServer } from '../../src/server/start-server.ts';
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

/** Lets in everyone. */
export const OPEN: Authenticator = { isOpen: true, authenticate: async () => EVERYONE };

export interface ServeOptions extends NonNullable<Parameters<typeof openApi>[0]> {
  readonly access?: Partial<ServerAccess>;
  readonly authenticator?: Authenticator;
}

export const serve = async ({ access, authenticator = OPEN, ...options }: ServeOptions = {}): Promise<TestServer> => {
  const api = await openApi(options);
  const log: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => log.push(line) });
  const { limits, ...services } = api.services;
  const config = { host: '127.0.0.1', port: 0, limits, access: { ...ACCESS, ...access } };
  const { store } = api;
  const server = await startServer({ ...services, store, authenticator, config, logger });
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
