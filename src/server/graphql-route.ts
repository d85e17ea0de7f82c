import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { extensionsOf } from '../api/format-error.ts';
import { HypersceneError } from '../errors.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { signedIn } from './access.ts';
import type { Drain } from './drain.ts';
import { failureStatus } from './failure-status.ts';
import { addGraphqlBodies } from './graphql-body.ts';
import type { JsonStatus } from './json-status.ts';

/** JSON may write a Cyrillic letter of 2 bytes as `\u0435`, 6 bytes: a text may grow threefold on its way. */
const JSON_GROWTH = 3;
/** Room for the query and the other variables beside texts. */
const QUERY_BYTES_MAX = 2 ** 18;

/** All but GET and POST are answered by Apollo with 405 and what is allowed. */
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface GraphqlRouteOptions {
  readonly drain: Drain;
  readonly jsonStatus: JsonStatus;
  readonly wsHandler: WebsocketHandler;
  /** Counts the errors of requests that never became operations; null where nothing is measured. */
  readonly metrics: Metrics | null;
}

/**
 * `/graphql` by the GraphQL-over-HTTP specification, and subscriptions by WebSocket. Bodies that are no GraphQL request are
 * answered in its form too.
 */
export const addGraphqlRoute = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
  { drain, jsonStatus, wsHandler, metrics }: GraphqlRouteOptions,
): Promise<void> => {
  const bytesMax = services.limits.documentBytesMax * JSON_GROWTH + QUERY_BYTES_MAX;
  await app.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError, request, reply) => answerBadRequest(error, request, reply, metrics));
    addGraphqlBodies(scope, { bytesMax, queryBytesMax: QUERY_BYTES_MAX });
    jsonStatus.addTo(scope);
    const handler = fastifyApolloHandler(apollo, {
      context: async (request) => {
        const signal = drain.signalOf(request);
        jsonStatus.track(request, signal);
        const source = { principal: signedIn(request), signal, logger: request.log, requestId: request.id };
        return createContext(services, source);
      },
    });
    scope.route({ method: 'GET', url: '/graphql', handler, wsHandler });
    scope.route({
      method: METHODS,
      url: '/graphql',
      bodyLimit: bytesMax,
      handler,
    });
  });
};

const answerBadRequest = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics | null,
): FastifyReply => {
  const status = failureStatus(error);
  const answer = graphqlError(error, status, request);
  metrics?.error(String(answer.extensions['code']));
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  return reply
    .code(status)
    .type(`${acceptedType(request.headers.accept)}; charset=utf-8`)
    .send(JSON.stringify({ errors: [answer] }));
};

const acceptedType = (accept: string | undefined): string =>
  accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json';

/** The error in GraphQL's form, with Apollo's code for a request that cannot be understood. */
const graphqlError = (
  failure: FastifyError,
  status: number,
  request: FastifyRequest,
): { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } => {
  if (failure instanceof HypersceneError && failure.graphqlCode !== 'INTERNAL')
    return { message: failure.message, extensions: extensionsOf(failure) };
  const { code, message } = failure;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const error = new HypersceneError('QUERY_TOO_LARGE', 'request body too large', {
      expected: `at most ${request.routeOptions.bodyLimit} bytes`,
      came: request.headers['content-length'] ?? 'more',
    });
    return { message: error.message, extensions: { ...extensionsOf(error), requestId: request.id } };
  }
  if (status >= 500)
    return { message: 'internal error', extensions: { code: 'INTERNAL', class: 'INTERNAL', requestId: request.id } };
  return {
    message,
    extensions: { code: 'BAD_REQUEST', class: 'BAD_USER_INPUT', retriable: false, requestId: request.id },
  };
};
