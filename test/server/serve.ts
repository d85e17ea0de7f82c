import { type RunningServer, type ServerOptions, startServer } from '../../src/server/start-server.ts';
import { openLogger } from '../../src/telemetry/open-logger.ts';
import { openApi, type TestApi } from '../api/open-api.ts';

/** A real server on a free port, before a real store. */
export interface TestServer extends RunningServer {
  readonly api: TestApi;
  readonly log: readonly string[];
  /** A POST of a query. */
  post(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>;
}

export const JSON_TYPE = { 'content-type': 'application/json' };

type Options = Parameters<typeof openApi>[0] &
  Pick<ServerOptions, 'telemetry' | 'readiness'> & { readonly level?: string } & Pick<
    ServerOptions['config'],
    'drain' | 'metricsAddress'
  >;

export const serve = async (options: Options = {}): Promise<TestServer> => {
  const { level = 'warn', telemetry, readiness, drain, metricsAddress } = options;
  const api = await openApi(options);
  const log: string[] = [];
  const logger = openLogger(level, { write: (line: string) => log.push(line) });
  const { limits, ...services } = api.services;
  const config = { host: '127.0.0.1', port: 0, limits, drain, metricsAddress };
  const server = await startServer({ ...services, config, logger, telemetry, readiness });
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
