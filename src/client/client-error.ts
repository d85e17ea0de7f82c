/** One error of an answer, as the service tells it. */
export interface AnswerError {
  readonly message: string;
  /** Where in the answer: names of fields and places in lists. */
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly class?: string;
    readonly retriable?: boolean;
    readonly details?: { readonly expected?: string; readonly came?: string; readonly at?: string };
    readonly requestId?: string;
  };
}

/** Codes of what went wrong on the way; all others are the service's own, such as CORPUS_NOT_FOUND. */
export type TransportCode = 'NETWORK' | 'TIMEOUT' | 'BAD_ANSWER';

export interface ClientErrorDetails {
  readonly class?: string | undefined;
  readonly retriable?: boolean | undefined;
  /** Of the HTTP answer; null where there was none. */
  readonly status?: number | null | undefined;
  readonly errors?: readonly AnswerError[] | undefined;
  /** What was answered beside the errors. */
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** What a request came to that was not answered, or not without errors. */
export class HypersceneClientError extends Error {
  override readonly name = 'HypersceneClientError';
  /** Of the first error: the service's `extensions.code`, or a {@link TransportCode}. */
  readonly code: string;
  /** A class of blame: BAD_USER_INPUT, NOT_FOUND, CONFLICT, LIMIT_EXCEEDED, UNAVAILABLE, INTERNAL; null where the service gives none. */
  readonly class: string | null;
  /** The same request may succeed later without being changed. */
  readonly retriable: boolean;
  readonly status: number | null;
  /** All errors of the answer; none where there was no GraphQL answer. */
  readonly errors: readonly AnswerError[];
  /** The rest of the answer, which may be worth something; null where there is none. */
  readonly data: unknown;

  constructor(code: TransportCode | string, message: string, details: ClientErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.class = details.class ?? null;
    this.retriable = details.retriable ?? false;
    this.status = details.status ?? null;
    this.errors = details.errors ?? [];
    this.data = details.data ?? null;
  }
}

/** The error of an answer with errors: retriable only where every one of them is. */
export const answerError = (
  errors: readonly AnswerError[],
  { status, data }: { readonly status: number | null; readonly data: unknown },
): HypersceneClientError => {
  const [first] = errors;
  return new HypersceneClientError(
    first?.extensions?.code ?? 'BAD_ANSWER',
    first?.message ?? 'an error without a word',
    {
      class: first?.extensions?.class,
      retriable: errors.length > 0 && errors.every(({ extensions }) => extensions?.retriable === true),
      status,
      errors,
      data,
    },
  );
};
