import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { OpenSpan } from '../telemetry/tracing.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** nginx's status for a client that went away before its answer was written. */
const CLIENT_GONE = 499;

/** Of paths that nobody declared. */
const NO_ROUTE = 'none';

interface Watched {
  readonly start: number;
  readonly span: OpenSpan | undefined;
}

/**
 * One line in the log for every request, at level info, once it is over; its figures; and its trace, which goes on from the
 * caller's `traceparent`. Paths are not kept, but the routes that answer them: a path may hold anything.
 */
export const observeRequests = (app: FastifyInstance, { metrics, tracing }: Telemetry): void => {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  const settle = (request: FastifyRequest, reply: FastifyReply, { start, span }: Watched): void => {
    const ms = performance.now() - start;
    const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE;
    const route = request.routeOptions.url ?? NO_ROUTE;
    metrics?.requestsInFlight(-1);
    metrics?.request(route, request.method, status, ms / 1000);
    span?.set({ 'http.response.status_code': status });
    if (status >= 500) span?.fail(String(status));
    span?.end();
    const trace = span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
    request.log.info({ method: request.method, route, status, ms: Math.round(ms * 1000) / 1000, ...trace }, 'request');
  };
  app.addHook('onRequest', (request, reply, done) => {
    const span = tracing?.start(spanName(request), 'server', attributesOf(request), request.headers);
    const watched = { start: performance.now(), span };
    if (span !== undefined) {
      spans.set(request, span);
      request.log = request.log.child({ trace_id: span.traceId });
    }
    reply.header(REQUEST_ID_HEADER, request.id);
    metrics?.requestsInFlight(1);
    reply.raw.once('close', () => settle(request, reply, watched));
    done();
  });
  if (tracing === null) return;
  // Not sooner: a body's last piece comes in the context of its connection.
  app.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.run(done);
  });
};

const spanName = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? NO_ROUTE}`;

const attributesOf = ({ method, routeOptions }: FastifyRequest) => ({
  'http.request.method': method,
  'http.route': routeOptions.url ?? NO_ROUTE,
});
