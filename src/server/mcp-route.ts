import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { HttpSessions } from '../mcp/http-sessions.ts';
import { inProcessAsk } from '../mcp/in-process-ask.ts';
import { rpcError } from '../mcp/rpc-error.ts';
import { requestSource } from './graphql-route.ts';

export interface McpOptions {
  /** Names by which clients reach this server, besides addresses, `localhost` and the name that it listens on. */
  readonly hosts: readonly string[];
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
const ALLOWED = 'POST, DELETE';

/** `/mcp`: the tools for language models over Streamable HTTP, by the API and with the rights of each request. */
export const addMcpRoute = async (
  app: FastifyInstance,
  apollo: ApolloServer<ApiContext>,
  services: ApiServices,
  { hosts, ...options }: McpOptions & { readonly host: string },
): Promise<void> => {
  const names = new Set([options.host, 'localhost', ...hosts].map((name) => name.toLowerCase()));
  await app.register(async (scope) => {
    const sessions = new HttpSessions({ ...options, logger: scope.log });
    scope.addHook('preClose', async () => sessions.drain());
    scope.addHook('onClose', () => sessions.close());
    scope.addHook('onRequest', async (request, reply) => {
      const refusal = refuse(request, names);
      return refusal === null ? undefined : reply.send(refusal);
    });
    scope.setErrorHandler(answerBadRequest);
    scope.route({
      method: METHODS,
      url: '/mcp',
      bodyLimit: BODY_BYTES_MAX,
      handler: (request, reply) => {
        const source = requestSource(request, reply);
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

/**
 * A page of another site reaches a server of this machine by a name of its own that leads here (DNS rebinding). So a name
 * must be known; an address cannot be rebound. A browser names the page's site too, and it must be this one.
 */
const refuse = ({ method, headers, host }: FastifyRequest, names: ReadonlySet<string>): Response | null => {
  const name = hostName(`http://${host}`);
  if (name === null || !(isIP(name) !== 0 || names.has(name)))
    return rpcError(403, -32000, `Forbidden: unknown Host; expected one that HYPERSCENE_MCP_HOSTS names`);
  const { origin } = headers;
  if (origin !== undefined && !isOwnOrigin(origin, host, names))
    return rpcError(403, -32000, 'Forbidden: Origin of another site');
  if (!ALLOWED.includes(method)) return rpcError(405, -32000, 'Method not allowed.', { allow: ALLOWED });
  return null;
};

const isOwnOrigin = (origin: string, host: string, names: ReadonlySet<string>): boolean => {
  const name = hostName(origin);
  return name !== null && (new URL(origin).host === host.toLowerCase() || names.has(name));
};

/** Without port, and an address of IPv6 without brackets; null for what is none. */
const hostName = (url: string): string | null =>
  URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/u, '$1') : null;

/** Whoever shows other credentials is somebody else. */
const ownerOf = ({ headers }: FastifyRequest): string =>
  createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('hex');

/** Its body is parsed already. */
const webRequest = ({ method, url, headers }: FastifyRequest): Request =>
  new Request(new URL(url, 'http://localhost'), {
    method,
    headers: Object.entries(headers).flatMap(([name, values]): [string, string][] =>
      values === undefined ? [] : [values].flat().map((value) => [name, value]),
    ),
  });

/** JSON-RPC's codes for what cannot be parsed, and for what is wrong otherwise. */
const answerBadRequest = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  if (status >= 500) return reply.send(rpcError(500, -32603, 'Internal error'));
  if (status === 413)
    return reply.send(rpcError(413, -32000, `Payload too large: expected at most ${BODY_BYTES_MAX} bytes`));
  return reply.send(rpcError(status, status === 400 ? -32700 : -32000, error.message));
};
