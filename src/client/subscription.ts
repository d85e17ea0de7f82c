import type { Client as SocketClient } from 'graphql-ws/client';
import { type AnswerError, answerError, HypersceneClientError } from './client-error.ts';

export interface SocketOptions {
  /** Of the service's `/graphql`, by http or https. */
  readonly url: string;
  readonly key: string | undefined;
  /** The class to connect by, where the platform has none of its own. */
  readonly webSocket: unknown;
}

/** Close codes that say why this client is not wanted, which no other try changes: bad request, no or another's key, protocol, name taken. */
const REFUSALS: readonly unknown[] = [4400, 4401, 4403, 4406, 4409];

const closeCode = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;

/** graphql-ws in its own time: who subscribes to nothing need not load it. */
export const openSocket = async ({ url, key, webSocket }: SocketOptions): Promise<SocketClient> => {
  const { createClient } = await import('graphql-ws/client');
  return createClient({
    url: url.replace(/^http/u, 'ws'),
    // Browsers let no page set headers of a WebSocket.
    ...(key === undefined ? {} : { connectionParams: { authorization: `Bearer ${key}` } }),
    // By itself it tries for most of a minute to come in with a key that is refused (4403).
    shouldRetry: (error) => typeof closeCode(error) === 'number' && !REFUSALS.includes(closeCode(error)),
    ...(webSocket === undefined ? {} : { webSocketImpl: webSocket }),
  });
};

/**
 * The results of a subscription, one by one, until it ends or the caller leaves the loop.
 * @throws HypersceneClientError of a result with errors, or of a connection that closed with a code that is not for trying again
 */
export async function* results(
  socket: SocketClient,
  payload: { readonly query: string; readonly variables: Record<string, unknown> },
): AsyncGenerator<unknown, void> {
  try {
    for await (const { data, errors } of socket.iterate<Record<string, unknown>>(payload)) {
      if (errors !== undefined && errors.length > 0)
        throw answerError(errors as readonly AnswerError[], { status: null, data });
      yield data;
    }
  } catch (error) {
    throw subscriptionError(error);
  }
}

/** graphql-ws throws the errors of an operation, a close event, or what the connection failed by. */
const subscriptionError = (error: unknown): HypersceneClientError => {
  if (error instanceof HypersceneClientError) return error;
  if (Array.isArray(error)) return answerError(error as readonly AnswerError[], { status: null, data: null });
  const code = closeCode(error);
  const { reason } = (error ?? {}) as { readonly reason?: unknown };
  const message =
    typeof code === 'number' ? `the connection closed: ${code} ${String(reason)}` : 'the connection failed';
  return new HypersceneClientError('NETWORK', message, { retriable: !REFUSALS.includes(code), cause: error });
};
