import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiContext } from '../api/context.ts';

/**
 * What the GraphQL-over-HTTP specification asks of answers in `application/json`: a request that is well formed has
 * status 200, whatever is wrong with its query or variables, since clients of that type take another status for one of
 * a proxy and do not read the body. In `application/graphql-response+json`, which is GraphQL's own, it keeps its 400.
 * Statuses that say something else than 400 (401, 403, 405, 429, 500) stay in both.
 */
export interface JsonStatus {
  readonly plugin: ApolloServerPlugin<ApiContext>;
  /** Tells the request by what its context has of it; Apollo gives plugins a copy of the context, not itself. */
  readonly track: (request: FastifyRequest, signal: AbortSignal) => void;
  /** For the scope of the route. */
  readonly addTo: (scope: FastifyInstance) => void;
}

export const createJsonStatus = (): JsonStatus => {
  const signals = new WeakMap<FastifyRequest, AbortSignal>();
  const wellFormed = new WeakSet<AbortSignal>();
  const isWellFormed = (request: FastifyRequest): boolean => {
    const signal = signals.get(request);
    return signal !== undefined && wellFormed.has(signal);
  };
  return {
    plugin: {
      requestDidStart: async () => ({
        // Called when there is a query to parse, after all that makes a request malformed was refused.
        didResolveSource: async ({ contextValue }) => {
          wellFormed.add(contextValue.signal);
        },
      }),
    },
    track: (request, signal) => {
      signals.set(request, signal);
    },
    addTo: (scope) => {
      scope.addHook('onSend', async (request, reply) => {
        const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
        if (reply.statusCode === 400 && isJson && isWellFormed(request)) reply.code(200);
      });
    },
  };
};
