import { type AnswerError, answerError, HypersceneClientError } from './client-error.ts';

/** GraphQL's own media type first: what comes in it is of the service, whatever the status. */
const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** Statuses by which a server or a proxy says: later. */
const LATER = new Set([429, 502, 503, 504]);

export interface HttpRequest {
  readonly url: string;
  readonly key: string | undefined;
  readonly fetch: typeof fetch;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/** What one request came to. */
export interface HttpAnswer {
  readonly data: unknown;
  /** Null where nothing went wrong. */
  readonly error: HypersceneClientError | null;
  /** ms to wait before the next try, where the answer says so. */
  readonly retryAfterMs: number | null;
}

const failed = (error: HypersceneClientError, retryAfterMs: number | null = null): HttpAnswer => ({
  data: error.data,
  error,
  retryAfterMs,
});

/** One POST. @throws the signal's reason when it aborts; all else is told in the answer */
export const post = async (request: HttpRequest): Promise<HttpAnswer> => {
  const { url, key, body, signal, timeoutMs } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: ACCEPT,
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return read(response, await response.text());
  } catch (cause) {
    signal?.throwIfAborted();
    if (timeout.aborted)
      return failed(
        new HypersceneClientError('TIMEOUT', `no answer within ${timeoutMs} ms`, { retriable: true, cause }),
      );
    return failed(new HypersceneClientError('NETWORK', `${url} cannot be reached`, { retriable: true, cause }));
  }
};

const read = (response: Response, text: string): HttpAnswer => {
  const { status } = response;
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  const answer = parse(text);
  if (answer === null) {
    const [message, retriable] = [`status ${status}, and no GraphQL answer`, LATER.has(status)];
    return failed(new HypersceneClientError('BAD_ANSWER', message, { status, retriable }), retryAfterMs);
  }
  const { data, errors } = answer;
  if (errors.length === 0) return { data, error: null, retryAfterMs };
  return failed(answerError(errors, { status, data }), retryAfterMs);
};

const parse = (text: string): { readonly data: unknown; readonly errors: readonly AnswerError[] } | null => {
  let answer: { data?: unknown; errors?: readonly AnswerError[] } | null;
  try {
    answer = JSON.parse(text);
  } catch {
    return null;
  }
  const hasErrors = Array.isArray(answer?.errors) && answer.errors.length > 0;
  if (typeof answer !== 'object' || answer === null || (!answer.data && !hasErrors)) return null;
  return { data: answer.data ?? null, errors: hasErrors ? (answer.errors ?? []) : [] };
};

/** RFC 9110, 10.2.3: seconds, or a date, which servers of this kind do not send. */
const retryAfter = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/u.test(header) ? Number(header) * 1000 : null;
