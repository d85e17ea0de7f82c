import { basename, isAbsolute } from 'node:path';
import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { HypersceneError } from '../errors.ts';
import type { ApiContext } from './context.ts';
import { TOKENS_MAX } from './limits.ts';

/** Apollo's code for an error that it knows nothing about. */
const UNEXPECTED = 'INTERNAL_SERVER_ERROR';
/** What graphql-js says when `maxTokens` is passed; it gives the error no class of its own. */
const TOO_MANY_TOKENS = /contains more tha[nt] \d+ tokens/u;

/** What it says when fields of one name in one place take too many comparisons to tell whether they are the same. */
const TOO_MUCH_TO_COMPARE = 'Validation aborted.';

const queryTooLarge = (what: string, expected: string): HypersceneError =>
  new HypersceneError('QUERY_TOO_LARGE', `query too large: ${what}`, { expected, came: 'more' });

/** What it is in the project's own terms; graphql-js and Apollo wrap errors, more than once. */
const causeOf = (error: unknown): HypersceneError | null => {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined && cause.originalError !== cause)
    cause = cause.originalError;
  if (cause instanceof HypersceneError) return cause;
  if (!(cause instanceof GraphQLError)) return null;
  if (TOO_MANY_TOKENS.test(cause.message)) return queryTooLarge('tokens', `at most ${TOKENS_MAX}`);
  if (cause.message === TOO_MUCH_TO_COMPARE) return queryTooLarge('fields of one name', 'fewer in one place');
  return null;
};

/** Errors whose message may tell of the machine's insides. */
const isInternal = (cause: HypersceneError | null, code: unknown): boolean =>
  cause === null ? code === undefined || code === UNEXPECTED : cause.graphqlCode === 'INTERNAL';

/**
 * An error as clients see it: the project's own with code, class, whether to try again, and what was expected and
 * what came; GraphQL's own as they are; all others masked, without a word of what happened inside.
 */
export const formatError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  const cause = causeOf(error);
  const { code, requestId } = formatted.extensions ?? {};
  if (isInternal(cause, code)) {
    const extensions = { code: cause?.code ?? 'INTERNAL', class: 'INTERNAL', retriable: cause?.retriable ?? false };
    return { ...formatted, message: 'internal error', extensions: { ...extensions, requestId } };
  }
  if (cause === null) return formatted;
  return {
    ...formatted,
    message: withoutFolder(cause, cause.message),
    extensions: { ...extensionsOf(cause), requestId },
  };
};

/** Where files lie is the operator's affair: a client learns a file's name and not its folder. */
const withoutFolder = ({ details: { at } }: HypersceneError, text: string): string =>
  at !== undefined && isAbsolute(at) ? text.replaceAll(at, basename(at)) : text;

/** What every answer says of one of the project's own errors. */
export const extensionsOf = (error: HypersceneError): Readonly<Record<string, unknown>> => {
  const { expected, came } = error.details;
  const at = error.details.at === undefined ? undefined : withoutFolder(error, error.details.at);
  return {
    code: error.code,
    class: error.graphqlCode,
    retriable: error.retriable,
    details: { expected, came, at },
  };
};

/** Gives every error the request's id, and writes what is masked to the log, under the same one. */
export const logErrors = (
  errors: readonly GraphQLError[],
  { logger, requestId }: Pick<ApiContext, 'logger' | 'requestId'>,
): void => {
  for (const error of errors) {
    const cause = causeOf(error);
    error.extensions['requestId'] = requestId;
    if (isInternal(cause, error.extensions['code'])) {
      logger.error({ err: error.originalError ?? error, path: error.path?.join('.') }, 'request failed');
    } else if (cause?.graphqlCode === 'UNAVAILABLE') {
      logger.warn({ err: cause, path: error.path?.join('.') }, 'request could not be served');
    }
  }
};

export const errorLog: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue }) => logErrors(errors, contextValue),
  }),
};
