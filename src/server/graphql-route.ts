import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { extensionsOf } from '../api/format-error.ts';
import { HypersceneError } from '../errors.ts';
import { addGraphqlBodies } from './graphql-body.ts';

/** JSON may write a Cyrillic letter of 2 bytes as `\u0435`, 6 bytes: a text may grow threefold on its way. */
const JSON_GROWTH = 3;
/** Room for the query and the other variables beside texts. */
const QUERY_BYTES_MAX = 2 ** 18;

/** All but GET and POST are answered by Apollo with 405 and what is allowed. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** `/graphql` by the GraphQL-over-HTTP specification. Bodies that are no GraphQL request are answered in its form too. */
export const addGraphqlRoute = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
): Promise<void> => {
  const bytesMax = services.limits.documentBytesMax * JSON_GROWTH + QUERY_BYTES_MAX;
  await app.register(async (scope) => {
    scope.setErrorHandler(answerBadRequest);
    addGraphqlBodies(scope, { bytesMax, queryBytesMax: QUERY_BYTES_MAX });
    scope.route({
      method: METHODS,
      url: '/graphql',
      bodyLimit: bytesMax,
      handler: fastifyApolloHandler(apollo, {
        context: async (request, reply) => createContext(services, requestSource(request, reply)),
      }),
    });
  });
};

const requestSource = (request: FastifyRequest, reply: FastifyReply) => {
  const client = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) client.abort(new Error('the client is gone'));
  });
  return { signal: client.signal, logger: request.log, requestId: request.id };
};

const TOO_LARGE = 413;

const statusOf = (error: FastifyError | HypersceneError): number => {
  if (!(error instanceof HypersceneError)) return error.statusCode ?? 500;
  return error.graphqlCode === 'LIMIT_EXCEEDED' ? TOO_LARGE : 500;
};

const answerBadRequest = (
  error: FastifyError | HypersceneError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const status = statusOf(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  return reply
    .code(status)
    .type(`${acceptedType(request.headers.accept)}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ ...graphqlError(error, status, request) }] }));
};

const acceptedType = (accept: string | undefined): string =>
  accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json';

/** The error in GraphQL's form, with Apollo's code for a request that cannot be understood. */
const graphqlError = (
  failure: FastifyError | HypersceneError,
  status: number,
  request: FastifyRequest,
): { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } => {
  const { code, message } = failure;
  if (failure instanceof HypersceneError && status < 500) return { message, extensions: extensionsOf(failure) };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const error = new HypersceneError('QUERY_TOO_LARGE', 'request body too large', {
      expected: `at most ${request.routeOptions.bodyLimit} bytes`,
      came: request.headers['content-length'] ?? 'more',
    });
    return { message: error.message, extensions: extensionsOf(error) };
  }
  if (status >= 500)
    return { message: 'internal error', extensions: { code: 'INTERNAL', class: 'INTERNAL', requestId: request.id } };
  return { message, extensions: { code: 'BAD_REQUEST', class: 'BAD_USER_INPUT', retriable: false } };
};
