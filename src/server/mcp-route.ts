import type { ApolloServer } from '@apollo/server';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { HypersceneError } from '../errors.ts';
import { HttpSessions } from '../mcp/http-sessions.ts';
import { inProcessAsk } from '../mcp/in-process-ask.ts';
import { rpcError } from '../mcp/rpc-error.ts';
import { type Gate, requireOwnOrigin, signedIn } from './access.ts';
import type { Drain } from './drain.ts';
import { failureStatus } from './failure-status.ts';

export interface McpOptions {
  readonly sessionsMax: number;
  /** ms without a request, after which a session ends. */
  readonly idleTimeout: number;
  /** The program's. */
  readonly version: string;
}

/** Bytes of a request; a text that is longer is read by GraphQL or on the command line. */
const BODY_BYTES_MAX = 4 * 2 ** 20;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
/** Nothing is sent that was not asked for, so that there is no stream to open with GET. */
const ALLOWED = ['POST', 'DELETE'];

/** `/mcp`: the tools for language models over Streamable HTTP, by the API and with the rights of each request. */
export const addMcpRoute = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
  { gate, drain, ...options }: McpOptions & { readonly gate: Gate; readonly drain: Drain },
): Promise<void> => {
  await app.register(async (scope) => {
    const sessions = new HttpSessions({ ...options, logger: scope.log });
    scope.addHook('preClose', async () => sessions.drain());
    scope.addHook('onClose', () => sessions.close());
    scope.setErrorHandler(answerBadRequest);
    // Fastify reads plain text unless it is told not to; here it is no request.
    scope.removeContentTypeParser('text/plain');
    // As the protocol asks for: what a page of another site could send at all, a browser says is its.
    scope.addHook('onRequest', async (request) => requireOwnOrigin(request));
    scope.route({
      method: METHODS,
      url: '/mcp',
      bodyLimit: BODY_BYTES_MAX,
      handler: async (request, reply) => {
        if (!ALLOWED.includes(request.method)) return notAllowed();
        await countBatch(gate, request);
        const { log: logger, id: requestId } = request;
        const source = { principal: signedIn(request), signal: drain.signalOf(request), logger, requestId };
        return sessions.handle({
          request: webRequest(request),
          body: request.body,
          owner: ownerOf(request),
          ask: inProcessAsk(apollo, ({ signal, onProgress }) =>
            createContext(services, { ...source, signal: AbortSignal.any([signal, source.signal]), onProgress }),
          ),
          onEnd: (ended) => reply.raw.once('close', ended),
        });
      },
    });
  });
};

const notAllowed = (): Response => rpcError(405, -32000, 'Method not allowed.', { allow: ALLOWED.join(', ') });

/** A batch is as many requests as it has messages; the first is counted with the request that brought them. */
const countBatch = async (gate: Gate, request: FastifyRequest): Promise<void> => {
  if (!Array.isArray(request.body)) return;
  for (const _ of request.body.slice(1)) await gate.count(request);
};

/** Whoever signs in as somebody else finds no session of theirs. */
const ownerOf = (request: FastifyRequest): string => {
  const { id, workspace } = signedIn(request);
  return JSON.stringify([workspace, id]);
};

/** Its body is parsed already. */
const webRequest = ({ method, url, headers }: FastifyRequest): Request =>
  new Request(new URL(url, 'http://localhost'), {
    method,
    headers: Object.entries(headers).flatMap(([name, values]): [string, string][] =>
      values === undefined ? [] : [values].flat().map((value) => [name, value]),
    ),
  });

/** JSON-RPC's codes: for what cannot be parsed, for faults, and the one left to servers. */
const codeOf = (status: number): number => {
  if (status >= 500) return -32603;
  return status === 400 ? -32700 : -32000;
};

const answerBadRequest = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const status = failureStatus(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  return reply.send(rpcError(status, codeOf(status), messageOf(error, status)));
};

const messageOf = (error: FastifyError, status: number): string => {
  if (error instanceof HypersceneError && error.graphqlCode !== 'INTERNAL') return `${error.code}: ${error.message}`;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return `request body too large; expected at most ${BODY_BYTES_MAX} bytes`;
  return status >= 500 ? 'internal error' : error.message;
};
