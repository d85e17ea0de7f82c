import { type ErrorCode, HypersceneError } from '../errors.ts';

/** Those that are about the request rather than about what it asks for. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_LARGE: 413,
  KEY_SET_UNREACHABLE: 503,
  BAD_KEY_FILE: 503,
  UNREADABLE_FILE: 503,
};

/** The HTTP status of what was thrown before a request reached what it asks for. */
export const failureStatus = (error: Error & { readonly statusCode?: number }): number => {
  if (error instanceof HypersceneError) return STATUS[error.code] ?? 500;
  return error.statusCode ?? 500;
};
