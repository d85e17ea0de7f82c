import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../telemetry/metrics.ts';
import { listen } from './listen.ts';

/** `GET /metrics` in the text format of Prometheus. It tells of all workspaces together, so that beside `/graphql` it needs scope admin. */
export const addMetricsRoute = (app: FastifyInstance, metrics: Metrics): void => {
  app.get('/metrics', { logLevel: 'warn', config: { access: 'admin' } }, async (_request, reply) =>
    reply
      .type(metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text()),
  );
};

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * `/metrics` at an address of its own, for networks that only the monitoring reaches: it asks for no key.
 * @throws HypersceneError PORT_IN_USE
 */
export const startMetricsServer = async (
  metrics: Metrics,
  address: { readonly host: string; readonly port: number },
  logger: Logger,
): Promise<MetricsServer> => {
  const logController = new LogController({ disableRequestLogging: true });
  const app = Fastify({ loggerInstance: logger, logController }) as unknown as FastifyInstance;
  addMetricsRoute(app, metrics);
  const url = await listen(app, address);
  return { url, close: () => app.close() };
};
