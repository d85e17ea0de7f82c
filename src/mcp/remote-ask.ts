import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import type { Answer, Ask } from './ask.ts';

export interface RemoteApi {
  /** Of the server, without `/graphql`. */
  readonly url: string;
  /** Sent as a bearer token; null where the server asks for none. */
  readonly key: string | null;
}

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});

/** The API's address below that of its server, which may have a path of its own behind a proxy. */
const graphqlUrl = (url: string): URL => new URL('graphql', url.endsWith('/') ? url : `${url}/`);

/**
 * Asks the API of a running server. Throws SERVER_UNREACHABLE where none answers as one.
 *
 * By `node:http`, since `fetch` gives up on an answer after five minutes, and collapsing a large corpus takes longer.
 */
export const remoteAsk = ({ url, key }: RemoteApi): Ask => {
  const address = graphqlUrl(url);
  return async (query, variables, { signal }) => {
    try {
      return await answerOf(await post(address, key, JSON.stringify({ query, variables }), signal));
    } catch (cause) {
      if (signal.aborted) throw new HypersceneError('CANCELLED', 'cancelled', { cause });
      if (cause instanceof HypersceneError) throw cause;
      const came = cause instanceof Error ? cause.message : String(cause);
      throw unreachable(came, cause);
    }
  };
};

const unreachable = (came: string, cause?: unknown): HypersceneError =>
  new HypersceneError('SERVER_UNREACHABLE', 'the server does not answer', {
    expected: 'a running `hyperscene serve`',
    came,
    ...(cause === undefined ? {} : { cause }),
  });

const post = (url: URL, key: string | null, body: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
    send(url, { method: 'POST', headers, signal }, resolve).on('error', reject).end(body);
  });

/** An error of the server in GraphQL's form is an answer, whatever its status. */
const answerOf = async (response: IncomingMessage): Promise<Answer> => {
  const body = await text(response);
  try {
    const { data, errors = [] } = answerShape.parse(JSON.parse(body));
    if (data === undefined && errors.length === 0) throw new TypeError('neither data nor errors');
    return { data: data ?? null, errors };
  } catch (cause) {
    throw unreachable(`status ${response.statusCode} and no answer in GraphQL's form`, cause);
  }
};
