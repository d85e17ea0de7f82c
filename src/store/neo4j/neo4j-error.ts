import { Neo4jError } from 'neo4j-driver';
import { type ErrorCode, HypersceneError } from '../../errors.ts';

interface Kind {
  readonly code: ErrorCode;
  readonly message: string;
  readonly expected?: string;
}

/** By the server's status code, the first that fits; `N/A` is the driver's own, for what has none. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [
    /^(ServiceUnavailable|SessionExpired)$/u,
    { code: 'STORE_UNREACHABLE', message: 'the Neo4j server does not answer' },
  ],
  [
    /^Neo\.ClientError\.Security\./u,
    { code: 'STORE_DENIED', message: 'Neo4j refuses these credentials', expected: 'a user who may read and write' },
  ],
  [
    /^Neo\.\w+\.Database\.(DatabaseNotFound|DatabaseUnavailable)$/u,
    { code: 'STORE_UNREACHABLE', message: 'Neo4j has no such database, or has it stopped' },
  ],
  [
    /^Neo\.\w+\.Transaction\.(TransactionTimedOut\w*|LockAcquisitionTimeout|LockClientStopped)$/u,
    { code: 'STORE_TIMEOUT', message: 'the statement took longer than it may' },
  ],
  [
    /^Neo\.\w+\.General\.(MemoryPoolOutOfMemoryError|TransactionOutOfMemoryError|OutOfMemoryError)$/u,
    {
      code: 'STORE_FAILED',
      message: 'Neo4j is out of memory',
      expected: 'more of server.memory.heap.max_size or dbms.memory.transaction.total.max',
    },
  ],
  [
    /^Neo\.ClientError\.Schema\.ConstraintValidationFailed$|^Neo\.TransientError\./u,
    { code: 'STORE_CONFLICT', message: 'another transaction changed the same data' },
  ],
];

const TEXTS: readonly (readonly [RegExp, Kind])[] = [
  [/No space left on device|disk is full/iu, { code: 'DISK_FULL', message: 'no space is left for the store' }],
  [
    /acquisition timed out/iu,
    {
      code: 'STORE_TIMEOUT',
      message: 'no connection to Neo4j became free',
      expected: 'fewer at once, or a larger pool',
    },
  ],
  [
    /Failed to connect|Could not perform discovery|ECONNREFUSED|certificate|SSL/iu,
    { code: 'STORE_UNREACHABLE', message: 'the Neo4j server does not answer' },
  ],
];

/** @param at the statement's name, or the server's address */
export const fromNeo4jError = (error: unknown, at: string): unknown => {
  if (!(error instanceof Neo4jError)) return error;
  const found =
    KINDS.find(([pattern]) => pattern.test(error.code)) ?? TEXTS.find(([pattern]) => pattern.test(error.message));
  const { code, message, expected } = found?.[1] ?? { code: 'STORE_FAILED', message: 'the store failed' };
  return new HypersceneError(code, message, {
    at,
    came: `${error.code}: ${error.message}`,
    ...(expected === undefined ? {} : { expected }),
    cause: error,
  });
};
