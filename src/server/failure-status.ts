import { type ErrorCode, HypersceneError } from '../errors.ts';

/** Those whose status is not that of their class. */
const BY_CODE: Partial<Record<ErrorCode, number>> = {
  RATE_LIMITED: 429,
  // The server's own files, which the caller has nothing to do with.
  UNREADABLE_FILE: 503,
};

const BY_CLASS: Readonly<Record<HypersceneError['graphqlCode'], number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 413,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** The HTTP status of what a route throws; GraphQL answers for itself once a request has reached it. */
export const failureStatus = (error: Error & { readonly statusCode?: number }): number => {
  if (error instanceof HypersceneError) return BY_CODE[error.code] ?? BY_CLASS[error.graphqlCode];
  return error.statusCode ?? 500;
};
