/**
 * The one registry of errors. Every error that may reach a caller has a code here; its message states what was
 * expected and what came.
 */

/** How GraphQL clients and the shell see an error: a class of blame, not a wording. */
type GraphqlCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'LIMIT_EXCEEDED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

interface ErrorKind {
  readonly graphql: GraphqlCode;
  /** The same call may succeed later without being changed. */
  readonly retriable: boolean;
  /** Exit status of the command line: 2 usage, 65 bad data, 66 no input, 69 unavailable, 70 internal, 73 cannot create, 75 try again, 77 no permission, 78 misconfigured, 130 cancelled (BSD sysexits). */
  readonly exit: number;
}

const kind = (graphql: GraphqlCode, exit: number, retriable = false): ErrorKind =>
  Object.freeze({ graphql, exit, retriable });

const ERROR_KINDS = {
  // What was given
  USAGE: kind('BAD_USER_INPUT', 2),
  BAD_CONFIG: kind('BAD_USER_INPUT', 78),
  BAD_NAME: kind('BAD_USER_INPUT', 65),
  BAD_CURSOR: kind('BAD_USER_INPUT', 65),
  BAD_CODE: kind('BAD_USER_INPUT', 65),
  BAD_ARGUMENT: kind('BAD_USER_INPUT', 65),
  NOT_UTF8: kind('BAD_USER_INPUT', 65),
  BINARY: kind('BAD_USER_INPUT', 65),
  EMPTY_DOCUMENT: kind('BAD_USER_INPUT', 65),
  LONE_SURROGATE: kind('BAD_USER_INPUT', 65),
  UNKNOWN_LANGUAGE: kind('BAD_USER_INPUT', 65),
  BAD_VECTOR: kind('BAD_USER_INPUT', 65),
  // Who asks
  UNAUTHENTICATED: kind('UNAUTHENTICATED', 77),
  FORBIDDEN: kind('FORBIDDEN', 77),
  KEY_EXISTS: kind('CONFLICT', 65),
  KEY_NOT_FOUND: kind('NOT_FOUND', 66),
  BAD_KEY_FILE: kind('UNAVAILABLE', 78),
  KEY_SET_UNREACHABLE: kind('UNAVAILABLE', 69, true),
  // Where it was to be found
  UNREADABLE_FILE: kind('BAD_USER_INPUT', 66),
  CORPUS_NOT_FOUND: kind('NOT_FOUND', 66),
  CORPUS_EXISTS: kind('CONFLICT', 73),
  CORPUS_IMPORTING: kind('CONFLICT', 75),
  DOCUMENT_NOT_FOUND: kind('NOT_FOUND', 66),
  SCENE_NOT_FOUND: kind('NOT_FOUND', 66),
  CODE_NOT_FOUND: kind('NOT_FOUND', 66),
  OCCURRENCE_NOT_FOUND: kind('NOT_FOUND', 66),
  AGENT_NOT_FOUND: kind('NOT_FOUND', 66),
  MERGE_NOT_FOUND: kind('NOT_FOUND', 66),
  VIEW_NOT_FOUND: kind('NOT_FOUND', 66),
  PATH_NOT_FOUND: kind('NOT_FOUND', 66),
  JOB_NOT_FOUND: kind('NOT_FOUND', 66),
  EXPORT_NOT_FOUND: kind('NOT_FOUND', 66),
  JOB_KEY_TAKEN: kind('CONFLICT', 65),
  JOB_NOT_OVER: kind('CONFLICT', 75),
  JOB_TEXT_GONE: kind('CONFLICT', 66),
  VIEW_EXISTS: kind('CONFLICT', 65),
  BACKUP_UNREADABLE: kind('BAD_USER_INPUT', 65),
  BACKUP_TOO_NEW: kind('BAD_USER_INPUT', 65),
  FILE_EXISTS: kind('BAD_USER_INPUT', 73),
  UNWRITABLE_FILE: kind('BAD_USER_INPUT', 73),
  UNKNOWN_TOKENIZER: kind('BAD_USER_INPUT', 66),
  BAD_TOKENIZER: kind('BAD_USER_INPUT', 65),
  BAD_GGUF: kind('BAD_USER_INPUT', 65),
  GGUF_TRUNCATED: kind('BAD_USER_INPUT', 65),
  GGUF_TOO_NEW: kind('BAD_USER_INPUT', 65),
  GGUF_NOT_EXTENDABLE: kind('BAD_USER_INPUT', 65),
  TOKEN_EXISTS: kind('CONFLICT', 65),
  EXPORT_EXISTS: kind('CONFLICT', 73),
  EXPORT_CHANGED: kind('CONFLICT', 65),
  EXPORT_DAMAGED: kind('BAD_USER_INPUT', 65),
  EXPORT_UNFINISHED: kind('CONFLICT', 75),
  EXPORT_TOO_NEW: kind('BAD_USER_INPUT', 65),
  MODEL_NOT_FOUND: kind('NOT_FOUND', 66),
  PACK_NOT_FOUND: kind('NOT_FOUND', 66),
  PACK_REQUIRED: kind('BAD_USER_INPUT', 65),
  PACK_UNREADABLE: kind('BAD_USER_INPUT', 65),
  PACK_MISMATCH: kind('BAD_USER_INPUT', 65),
  // What bounds it
  GGUF_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  CONTEXT_FULL: kind('LIMIT_EXCEEDED', 65),
  MODEL_BUSY: kind('LIMIT_EXCEEDED', 75, true),
  MODEL_TOO_LARGE: kind('LIMIT_EXCEEDED', 69),
  PROMPT_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  DOCUMENT_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  PAGE_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  QUERY_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  VIEW_TOO_LARGE: kind('LIMIT_EXCEEDED', 65),
  PATH_TOO_FAR: kind('LIMIT_EXCEEDED', 65),
  RATE_LIMITED: kind('LIMIT_EXCEEDED', 75, true),
  QUEUE_FULL: kind('LIMIT_EXCEEDED', 75, true),
  EXPORTS_FULL: kind('LIMIT_EXCEEDED', 73),
  STORE_MEMORY: kind('LIMIT_EXCEEDED', 69),
  // The machine
  STORE_LOCKED: kind('UNAVAILABLE', 69, true),
  STORE_UNREADABLE: kind('UNAVAILABLE', 69),
  STORE_CLOSED: kind('UNAVAILABLE', 69),
  STORE_UNREACHABLE: kind('UNAVAILABLE', 69, true),
  STORE_DENIED: kind('UNAVAILABLE', 77),
  STORE_TLS: kind('UNAVAILABLE', 78),
  STORE_TIMEOUT: kind('UNAVAILABLE', 75, true),
  STORE_CONFLICT: kind('CONFLICT', 75, true),
  MERGE_CONFLICT: kind('CONFLICT', 65),
  STORE_NOT_EMPTY: kind('CONFLICT', 65),
  STORE_RESTORING: kind('UNAVAILABLE', 69),
  STORE_FAILED: kind('INTERNAL', 70),
  MIGRATION_CHANGED: kind('UNAVAILABLE', 78),
  MIGRATION_PENDING: kind('UNAVAILABLE', 78),
  QUEUE_CLOSED: kind('UNAVAILABLE', 69),
  REDIS_UNREACHABLE: kind('UNAVAILABLE', 69, true),
  REDIS_DENIED: kind('UNAVAILABLE', 77),
  REDIS_FAILED: kind('INTERNAL', 70),
  COLLECTOR_FAILED: kind('UNAVAILABLE', 69, true),
  MODEL_UNAVAILABLE: kind('UNAVAILABLE', 69, true),
  MODEL_TIMEOUT: kind('UNAVAILABLE', 75, true),
  MODEL_CRASHED: kind('UNAVAILABLE', 75, true),
  BAD_CLOCK: kind('UNAVAILABLE', 69),
  LITTLE_MEMORY: kind('UNAVAILABLE', 69),
  DISK_FULL: kind('UNAVAILABLE', 73, true),
  PORT_IN_USE: kind('UNAVAILABLE', 69, true),
  SERVER_UNREACHABLE: kind('UNAVAILABLE', 69, true),
  MISSING_ASSET: kind('UNAVAILABLE', 69),
  // Language models
  MODEL_RUNTIME_MISSING: kind('UNAVAILABLE', 69),
  BAD_MODEL_ADDRESS: kind('BAD_USER_INPUT', 65),
  MODEL_DENIED: kind('UNAVAILABLE', 77),
  MODEL_DAMAGED: kind('UNAVAILABLE', 65),
  CANCELLED: kind('CONFLICT', 130, true),
  INTERNAL: kind('INTERNAL', 70),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(ERROR_KINDS, text);

export interface ErrorDetails {
  /** What would have been accepted. */
  readonly expected?: string;
  /** What came instead. */
  readonly came?: string;
  /** Where in the input: a byte or UTF-16 offset, a line, a file. */
  readonly at?: string;
  /** Seconds after which the same call may succeed. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

export class HypersceneError extends Error {
  override readonly name = 'HypersceneError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** What is wrong; `message` tells the details as well. */
  readonly #what: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(composeMessage(message, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.#what = message;
    this.details = details;
  }

  /** The same error of something that stands at a place. */
  placedAt(place: string): HypersceneError {
    const { at } = this.details;
    const where = at === undefined ? place : `${place}, ${at}`;
    return new HypersceneError(this.code, this.#what, { ...this.details, at: where, cause: this });
  }

  get graphqlCode(): GraphqlCode {
    return ERROR_KINDS[this.code].graphql;
  }

  get retriable(): boolean {
    return ERROR_KINDS[this.code].retriable;
  }

  get exitStatus(): number {
    return ERROR_KINDS[this.code].exit;
  }
}

const composeMessage = (message: string, { expected, came, at }: ErrorDetails): string => {
  const parts = [message];
  if (at !== undefined) parts.push(`at ${at}`);
  if (expected !== undefined) parts.push(`expected ${expected}`);
  if (came !== undefined) parts.push(`came ${came}`);
  return parts.join('; ');
};

/** @throws HypersceneError CANCELLED */
export const checkCancelled = ({ signal }: { readonly signal?: AbortSignal | undefined }): void => {
  if (signal?.aborted) throw new HypersceneError('CANCELLED', 'cancelled', { cause: signal.reason });
};

/** The error as plain data, for a worker's message port, where class and getters do not survive. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly stack?: string | undefined;
}

export const toErrorMessage = (error: unknown): ErrorMessage => {
  if (error instanceof HypersceneError) return { code: error.code, message: error.message, stack: error.stack };
  if (error instanceof Error) return { code: 'INTERNAL', message: error.message, stack: error.stack };
  return { code: 'INTERNAL', message: String(error) };
};

export const fromErrorMessage = ({ code, message, stack }: ErrorMessage): HypersceneError =>
  new HypersceneError(code, message, stack === undefined ? {} : { cause: stack });
