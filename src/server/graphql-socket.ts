import { setInterval } from 'node:timers';
import websocket, { type WebSocket, type WebsocketHandler } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
  subscribe,
} from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer } from 'graphql-ws';
import { type ApiContext, type ApiServices, createContext } from '../api/context.ts';
import { formatError, logErrors } from '../api/format-error.ts';
import { clearLoaders } from '../api/loaders.ts';
import type { OperationRequest, Prepare } from '../api/prepare-operation.ts';
import { HypersceneError } from '../errors.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Gate } from './access.ts';

export interface SocketOptions {
  readonly prepare: Prepare;
  readonly services: ApiServices;
  readonly gate: Gate;
  /** Open at once, of one caller. */
  readonly subscriptionsMax: number;
  /** null where nothing is measured. */
  readonly metrics: Telemetry['metrics'];
}

/** Bytes of a message, which is parsed where it comes; a longer text to read goes by HTTP, where its size is bounded by the settings. */
const MESSAGE_BYTES_MAX = 2 ** 18;
/** ms. So long a key that was revoked, or a token that has expired, keeps its subscriptions. */
const RECHECK_MS = 60_000;
/** RFC 6455: the server goes away. */
const GOING_AWAY = 1001;
/** ms. A peer that does not answer a ping in the time between two is gone. */
const PING_MS = 12_000;

/** WebSockets are taken from here on; they are told when the server stops. */
export const addWebSockets = async (app: FastifyInstance): Promise<void> => {
  await app.register(websocket, {
    options: { maxPayload: MESSAGE_BYTES_MAX, handleProtocols },
    preClose(done) {
      for (const client of this.websocketServer.clients) client.close(GOING_AWAY, 'the server stops');
      this.websocketServer.close();
      done();
    },
  });
};

/** What belongs to one connection. */
interface Connection extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  /** Aborts when the socket is closed. */
  closed?: AbortController;
  recheck?: NodeJS.Timeout;
}

type SocketContext = Context<Record<string, unknown>, Connection>;

/** The graphql-transport-ws protocol (github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md) on the route of GraphQL. */
export const graphqlSocket = ({
  prepare,
  services,
  gate,
  subscriptionsMax,
  metrics,
}: SocketOptions): WebsocketHandler => {
  const open = new Map<string, number>();
  const change = (id: string, by: 1 | -1): void => {
    const count = (open.get(id) ?? 0) + by;
    if (count > 0) open.set(id, count);
    else open.delete(id);
    metrics?.subscriptions(by);
  };

  const onConnect = async ({ extra, connectionParams }: SocketContext): Promise<boolean> => {
    const { request, socket } = extra;
    try {
      const authorization = request.headers.authorization ?? textOf(connectionParams?.['authorization']);
      request.principal ??= await gate.admit(request, authorization);
      const admitted = request.principal;
      extra.closed = new AbortController();
      extra.recheck = setInterval(() => {
        gate.admit(request, authorization).catch((error) => {
          request.log.warn({ caller: admitted.id, code: codeOf(error) }, 'subscriptions ended');
          socket.close(CloseCode.Forbidden, 'Forbidden');
        });
      }, RECHECK_MS).unref();
      return true;
    } catch (error) {
      request.log.warn({ code: codeOf(error) }, 'connection refused');
      return false;
    }
  };

  const onSubscribe = async (
    { extra: { request, closed } }: SocketContext,
    payload: OperationRequest,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> => {
    const { principal } = request;
    if (principal === null || closed === undefined)
      return [refusal(new HypersceneError('UNAUTHENTICATED', 'not signed in'))];
    try {
      await gate.count(request);
      if ((open.get(principal.id) ?? 0) >= subscriptionsMax) throw tooMany(subscriptionsMax);
    } catch (error) {
      return [refusal(error)];
    }
    const prepared = prepare(payload, principal);
    if (!('schema' in prepared)) return prepared;
    const ended = new AbortController();
    closed.signal.addEventListener('abort', () => ended.abort(closed.signal.reason), { signal: ended.signal });
    change(principal.id, 1);
    const contextValue: OperationContext = {
      ...createContext(services, { principal, signal: ended.signal, logger: request.log, requestId: request.id }),
      ended,
      failed: false,
    };
    const start = performance.now();
    ended.signal.addEventListener(
      'abort',
      () => {
        change(principal.id, -1);
        const type = getOperationAST(prepared.document, prepared.operationName)?.operation ?? 'none';
        metrics?.operation(type, contextValue.failed ? 'error' : 'ok', (performance.now() - start) / 1000);
      },
      { once: true },
    );
    return { ...prepared, contextValue };
  };

  const server = makeServer<Record<string, unknown>, Connection>({
    onConnect,
    onSubscribe: (context, _id, payload) => onSubscribe(context, payload),
    subscribe: async (args) => endable(await subscribe(args), contextOf(args)),
    onNext: ({ extra: { request } }, _id, _payload, args, result) => {
      // The next event is answered by what then stands.
      const context = contextOf(args);
      clearLoaders(context.loaders);
      const formatted = formatResult(result as ExecutionResult, request);
      for (const { extensions } of formatted.errors ?? []) {
        context.failed = true;
        metrics?.error(String(extensions?.['code'] ?? 'INTERNAL'));
      }
      // A query or a mutation is over with its answer; a subscription ends itself.
      if (getOperationAST(args.document, args.operationName)?.operation !== 'subscription') context.ended.abort();
      return formatted;
    },
    onError: ({ extra: { request } }, _id, _payload, errors) => {
      logErrors(errors, { logger: request.log, requestId: request.id });
      return errors.map((error) => formatError(error.toJSON(), error));
    },
    onClose: ({ extra }) => {
      clearInterval(extra.recheck);
      extra.closed?.abort(new Error('the client is gone'));
    },
  });
  return (socket, request) => {
    metrics?.webSocketConnections(1);
    socket.once('close', () => metrics?.webSocketConnections(-1));
    serveSocket(server, socket, request);
  };
};

/** Joins the protocol to a socket: messages one by one, each sent before the next is asked for. */
const serveSocket = (server: GraphqlServer, socket: WebSocket, request: FastifyRequest): void => {
  const fail = (error: unknown): void => {
    request.log.error({ err: error }, 'connection failed');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  socket.on('error', (error) => request.log.warn({ err: error }, 'connection broken'));
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) return resolve();
          socket.send(text, (error) => (error ? reject(error) : resolve()));
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => socket.on('message', (data) => void take(String(data)).catch(fail)),
    },
    { socket, request },
  );
  const stopPings = pingUntilGone(socket);
  socket.once('close', (code, reason) => {
    stopPings();
    closed(code, String(reason)).catch(fail);
  });
};

type GraphqlServer = ReturnType<typeof makeServer<Record<string, unknown>, Connection>>;

const pingUntilGone = (socket: WebSocket): (() => void) => {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
};

interface OperationContext extends ApiContext {
  /** Aborts when the operation is over, whoever ends it. */
  readonly ended: AbortController;
  /** Whether any error was answered. */
  failed: boolean;
}

const contextOf = ({ contextValue }: Pick<ExecutionArgs, 'contextValue'>): OperationContext =>
  contextValue as OperationContext;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const codeOf = (error: unknown): string => (error instanceof HypersceneError ? error.code : String(error));

const tooMany = (max: number): HypersceneError =>
  new HypersceneError('RATE_LIMITED', 'too many subscriptions', { expected: `at most ${max} open at once` });

const refusal = (error: unknown): GraphQLError => {
  if (!(error instanceof HypersceneError)) throw error;
  return new GraphQLError(error.message, { originalError: error });
};

const formatResult = ({ errors, ...rest }: ExecutionResult, request: FastifyRequest): FormattedExecutionResult => {
  if (errors === undefined) return rest;
  logErrors(errors, { logger: request.log, requestId: request.id });
  return { ...rest, errors: errors.map((error) => formatError(error.toJSON(), error)) };
};

type Results = AsyncGenerator<ExecutionResult, void, void>;

/**
 * Ends at once when the client says so: an async generator that waits for the next event would otherwise be left only when
 * it comes.
 */
const endable = (results: Results | ExecutionResult, { ended }: OperationContext): Results | ExecutionResult => {
  if (!(Symbol.asyncIterator in results)) {
    ended.abort();
    return results;
  }
  const end = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    ended.abort();
    return results.return();
  };
  const endless: Results = {
    next: async () => {
      try {
        const result = await results.next();
        if (result.done) ended.abort();
        return result;
      } catch (error) {
        ended.abort();
        throw error;
      }
    },
    return: end,
    throw: (error) => {
      ended.abort();
      return results.throw(error);
    },
    [Symbol.asyncIterator]: () => endless,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
  return endless;
};
