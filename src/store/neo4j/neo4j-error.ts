import { Neo4jError } from 'neo4j-driver';
import { type ErrorCode, HypersceneError } from '../../errors.ts';

interface Kind {
  readonly code: ErrorCode;
  readonly message: string;
  readonly expected?: string;
}

/** Heap for each scene of a document that is written, KiB: 27 of a transaction's memory, which is 70 % of the heap at most. */
const HEAP_OF_SCENE = 40;

const OUT_OF_MEMORY = /^Neo\.\w+\.General\.(\w*OutOfMemoryError|TransactionMemoryLimit)$/u;

/** A transaction too large for the server, which repeating it does not make smaller. */
export const isOutOfMemory = (error: unknown): boolean => error instanceof Neo4jError && OUT_OF_MEMORY.test(error.code);

const CANNOT_CONNECT = /^(ServiceUnavailable|SessionExpired)$/u;

/** Of what lies below a connection that was not made. The driver's own words always speak of encryption settings. */
const TLS: readonly (readonly [RegExp, Kind])[] = [
  [
    /certificate/iu,
    {
      code: 'STORE_TLS',
      message: "the Neo4j server's certificate is not trusted",
      expected:
        'one that is valid now, for this host, and signed by a known authority or that of HYPERSCENE_NEO4J_CA_FILE',
    },
  ],
  [
    /SSL routines|EPROTO|TLS/u,
    {
      code: 'STORE_TLS',
      message: 'the Neo4j server does not speak TLS as it is asked to',
      expected: 'an address without +s or +ssc, or a server with TLS on this port',
    },
  ],
];

/** By the server's status code, the first that fits; `N/A` is the driver's own, for what has none. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [CANNOT_CONNECT, { code: 'STORE_UNREACHABLE', message: 'the Neo4j server does not answer' }],
  [
    /^Neo\.ClientError\.Security\./u,
    { code: 'STORE_DENIED', message: 'Neo4j refuses these credentials', expected: 'a user who may read and write' },
  ],
  [
    /^Neo\.\w+\.(Database|General)\.(DatabaseNotFound|DatabaseUnavailable)$/u,
    { code: 'STORE_UNREACHABLE', message: 'Neo4j has no such database, or has it stopped' },
  ],
  [
    /^Neo\.\w+\.(Transaction\.(TransactionTimedOut\w*|LockAcquisitionTimeout|LockClientStopped|BookmarkTimeout)|Statement\.ExecutionTimeout)$/u,
    { code: 'STORE_TIMEOUT', message: 'the statement took longer than it may' },
  ],
  [
    OUT_OF_MEMORY,
    {
      code: 'STORE_MEMORY',
      message: 'Neo4j has too little memory for a transaction this large; nothing of it was written',
      expected: `some ${HEAP_OF_SCENE} KiB of heap a scene of one document: set the server's server.memory.heap.max_size (NEO4J_HEAP of docker-compose.yml), of which dbms.memory.transaction.total.max gives transactions 70 % unless set, or read the text as several documents`,
    },
  ],
  [
    /^Neo\.ClientError\.Schema\.ConstraintValidationFailed$|^Neo\.TransientError\.Transaction\.(DeadlockDetected|ConstraintsChanged|Outdated)$/u,
    { code: 'STORE_CONFLICT', message: 'another transaction changed the same data' },
  ],
  [/^Neo\.TransientError\./u, { code: 'STORE_UNREACHABLE', message: 'the Neo4j server cannot do it now' }],
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
    /Failed to connect|Could not perform discovery|ECONNREFUSED/iu,
    { code: 'STORE_UNREACHABLE', message: 'the Neo4j server does not answer' },
  ],
  [
    /Server responded HTTP/u,
    {
      code: 'STORE_UNREACHABLE',
      message: 'what answers is not Bolt',
      expected: "the server's Bolt port, 7687 by default",
    },
  ],
];

const FAILED: Kind = { code: 'STORE_FAILED', message: 'the store failed' };

/** In the order of the causes: where routing finds no server, why is told below. */
const messagesOf = (error: unknown): readonly string[] =>
  error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];

const kindOf = ({ code }: Neo4jError, messages: string): Kind => {
  const tls = CANNOT_CONNECT.test(code) ? TLS.find(([pattern]) => pattern.test(messages)) : undefined;
  const found =
    tls ?? KINDS.find(([pattern]) => pattern.test(code)) ?? TEXTS.find(([pattern]) => pattern.test(messages));
  return found?.[1] ?? FAILED;
};

/** @param at the statement's name, or the server's address */
export const fromNeo4jError = (error: unknown, at: string): unknown => {
  if (!(error instanceof Neo4jError)) return error;
  const messages = messagesOf(error).join('; ');
  const { code, message, expected } = kindOf(error, messages);
  return new HypersceneError(code, message, {
    at,
    came: `${error.code}: ${messages}`,
    ...(expected === undefined ? {} : { expected }),
    cause: error,
  });
};
