import type { Client as SocketClient } from 'graphql-ws/client';
import { BACKOFF_DEFAULT, type Backoff, wait, waitBefore } from './backoff.ts';
import type { HypersceneClientError } from './client-error.ts';
import { type HttpAnswer, type HttpRequest, post } from './http-answer.ts';
import { openSocket, results } from './subscription.ts';

export interface ClientOptions {
  /** Of the service's GraphQL: `http://localhost:4000/graphql`. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`; left out where the service asks for none. */
  readonly key?: string | undefined;
  /** By default the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** The class that subscriptions connect by; by default the platform's own. */
  readonly webSocket?: unknown;
  /** ms for one try of a request; 60,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** How often, and after what time, what may succeed later is tried again. */
  readonly backoff?: Partial<Backoff> | undefined;
}

export interface RequestOptions {
  /** Aborting makes the request throw the signal's reason. What the service has begun for it, it cancels. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** The text of an operation, with what it answers and what it takes: those of `hyperscene/client/operations`, or of your own codegen. */
export interface Operation<Result, Variables> {
  toString(): string;
  readonly __apiType?: ((variables: Variables) => Result) | undefined;
}

/** A page, as every list of the service has it. */
export interface Page<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** An answer that may be whole or in part. */
export interface Answer<Result> {
  /** Null in the place of what failed; null as a whole where nothing was answered. */
  readonly data: Result | null;
  /** Null where nothing failed. */
  readonly error: HypersceneClientError | null;
}

export interface Client {
  /** The answer, whole. @throws HypersceneClientError when any part of it failed: `data` has the rest */
  request<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
  /** The answer with what failed in it: throws nothing but the reason of an aborted signal. */
  answer<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Answer<Result>>;
  /**
   * All items of a list, page by page as they are asked for. `first` of the variables is how many a page has.
   * @param list the list in an answer; nothing follows where it is null
   * @throws HypersceneClientError
   */
  items<Result, Variables extends { readonly after?: string | null | undefined }, Item>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    list: (result: Result) => Page<Item> | null | undefined,
    options?: RequestOptions,
  ): AsyncGenerator<Item, void>;
  /** The results of a subscription, until it ends or the loop is left. @throws HypersceneClientError */
  subscribe<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result, void>;
  /** Closes what subscriptions hold open. Requests need no closing. */
  close(): Promise<void>;
}

const TIMEOUT_MS = 60_000;

/**
 * A client of one service. Tries again, after a while, what the service calls retriable; and queries, which change
 * nothing, also when no answer came. A change without an answer is not sent again: it may have been made.
 */
export const createClient = (options: ClientOptions): Client => {
  let socket: Promise<SocketClient> | null = null;
  const answer: Client['answer'] = async (operation, variables, requested = {}) => {
    const { data, error } = await postWithRetries(options, { query: operation.toString(), variables }, requested);
    return { data: data as never, error };
  };
  const request: Client['request'] = async (operation, variables, requested) => {
    const { data, error } = await answer(operation, variables, requested);
    if (error !== null) throw error;
    return data as never;
  };
  return {
    answer,
    request,
    async *items(operation, variables, list, requested) {
      let after = variables.after;
      while (true) {
        const page = list(await request(operation, { ...variables, after }, requested));
        if (page === null || page === undefined) return;
        yield* page.nodes;
        if (!page.pageInfo.hasNextPage) return;
        after = page.pageInfo.endCursor;
      }
    },
    async *subscribe(operation, variables) {
      const { url, key, webSocket } = options;
      socket ??= openSocket({ url, key, webSocket });
      const payload = { query: operation.toString(), variables: { ...variables } as Record<string, unknown> };
      for await (const data of results(await socket, payload)) yield data as never;
    },
    close: async () => {
      const open = socket;
      socket = null;
      await (await open)?.dispose();
    },
  };
};

const postWithRetries = async (
  options: ClientOptions,
  payload: { readonly query: string; readonly variables: object },
  { signal, timeoutMs }: RequestOptions,
): Promise<HttpAnswer> => {
  const backoff = { ...BACKOFF_DEFAULT, ...options.backoff };
  const request: HttpRequest = {
    url: options.url,
    key: options.key,
    fetch: options.fetch ?? fetch,
    body: JSON.stringify(payload),
    signal,
    timeoutMs: timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS,
  };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(request);
    if (answer.error === null || attempt > backoff.retries || !mayRepeat(answer.error, payload.query)) return answer;
    await wait(answer.retryAfterMs ?? waitBefore(attempt, backoff, Math.random()), signal);
  }
};

const QUERY = /^\s*(?:query\b|\{)/u;

/** A change that the service refused was not made; one without an answer may have been, and so may the others of a request. */
const mayRepeat = ({ retriable, errors, data, status }: HypersceneClientError, text: string): boolean => {
  if (!retriable) return false;
  if (QUERY.test(text)) return true;
  const changedNothing = Object.values(data ?? {}).every((value) => value === null);
  return changedNothing && (errors.length > 0 || status === 429 || status === 503);
};
