import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, HypersceneError } from '../errors.ts';

/** Those whose status is not that of their class. */
const BY_CODE: Partial<Record<ErrorCode, number>> = {
  RATE_LIMITED: 429,
  // What a client of the service cannot help.
  EXPORT_DAMAGED: 500,
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

/** Answers what a route threw as JSON, with its code, and nothing of what happened inside. */
export const answerFailure = (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
  const status = failureStatus(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  reply.code(status);
  if (!(error instanceof HypersceneError) || error.graphqlCode === 'INTERNAL')
    return reply.send({
      error: {
        code: status >= 500 ? 'INTERNAL' : 'BAD_REQUEST',
        message: status >= 500 ? 'internal error' : error.message,
        requestId: request.id,
      },
    });
  const {
    code,
    message,
    retriable,
    details: { expected, came, at },
  } = error;
  return reply.send({ error: { code, message, retriable, details: { expected, came, at } } });
};
