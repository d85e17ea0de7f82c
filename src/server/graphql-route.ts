import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { extensionsOf } from '../api/format-error.ts';
import { HypersceneError } from '../errors.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Drain } from './drain.ts';

/** JSON may write a Cyrillic letter of 2 bytes as `\u0435`, 6 bytes: a text may grow threefold on its way. */
const JSON_GROWTH = 3;
/** Room for the query and the other variables beside a text. */
const QUERY_BYTES_MAX = 2 ** 18;

/** All but GET and POST are answered by Apollo with 405 and what is allowed. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface GraphqlRouteOptions {
  readonly drain: Drain;
  /** Counts the errors of requests that never became operations; null where nothing is measured. */
  readonly metrics: Metrics | null;
}

/** `/graphql` by the GraphQL-over-HTTP specification. Bodies that are no GraphQL request are answered in its form too. */
export const addGraphqlRoute = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
  { drain, metrics }: GraphqlRouteOptions,
): Promise<void> => {
  await app.register(async (scope) => {
    scope.setErrorHandler((error: FastifyError, request, reply) => answerBadRequest(error, request, reply, metrics));
    scope.route({
      method: METHODS,
      url: '/graphql',
      bodyLimit: services.limits.documentBytesMax * JSON_GROWTH + QUERY_BYTES_MAX,
      handler: fastifyApolloHandler(apollo, {
        context: async (request) =>
          createContext(services, { signal: drain.signalOf(request), logger: request.log, requestId: request.id }),
      }),
    });
  });
};

const answerBadRequest = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics | null,
): FastifyReply => {
  const status = error.statusCode ?? 500;
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
  { code, message }: FastifyError,
  status: number,
  request: FastifyRequest,
): { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } => {
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
