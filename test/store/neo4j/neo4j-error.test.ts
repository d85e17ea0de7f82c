import { Neo4jError } from 'neo4j-driver';
import { fromNeo4jError } from '../../../src/store/neo4j/neo4j-error.ts';
import { repeatWhileTransient } from '../../../src/store/neo4j/repeat.ts';

/** As the driver makes one of what the server says. */
const neo4jError = (code: string, message = 'told by the server', cause?: Error): Neo4jError =>
  new Neo4jError(message, code, '50N42', '', undefined, cause);

const LIMIT = 'would use more than the limit 346.5 MiB';

it.each([
  ['Neo.TransientError.Transaction.DeadlockDetected', 'STORE_CONFLICT'],
  ['Neo.TransientError.Transaction.Outdated', 'STORE_CONFLICT'],
  ['Neo.ClientError.Schema.ConstraintValidationFailed', 'STORE_CONFLICT'],
  ['Neo.TransientError.Transaction.BookmarkTimeout', 'STORE_TIMEOUT'],
  ['Neo.TransientError.Transaction.LeaderSwitch', 'STORE_UNREACHABLE'],
  ['Neo.TransientError.Request.NoThreadsAvailable', 'STORE_UNREACHABLE'],
  ['Neo.TransientError.General.DatabaseUnavailable', 'STORE_UNREACHABLE'],
  ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', 'STORE_MEMORY'],
  ['Neo.TransientError.General.TransactionMemoryLimit', 'STORE_MEMORY'],
  ['Neo.ClientError.General.TransactionOutOfMemoryError', 'STORE_MEMORY'],
  ['Neo.TransientError.General.OutOfMemoryError', 'STORE_MEMORY'],
  ['Neo.DatabaseError.General.UnknownError', 'STORE_FAILED'],
])('tells %s as %s', (code, expected) => {
  expect(fromNeo4jError(neo4jError(code), 'there')).toMatchObject({ code: expected });
});

it('tells what the limit of the memory is, and what to set', () => {
  const error = fromNeo4jError(neo4jError('Neo.TransientError.General.MemoryPoolOutOfMemoryError', LIMIT), 'write');
  expect(error).toMatchObject({ retriable: false, graphqlCode: 'LIMIT_EXCEEDED', exitStatus: 69 });
  for (const said of [
    LIMIT,
    'server.memory.heap.max_size',
    'dbms.memory.transaction.total.max',
    'NEO4J_HEAP',
    '40 KiB of heap a scene',
  ])
    expect(error).toMatchObject({ message: expect.stringContaining(said) });
});

/** In its own words a server that nobody reaches may lack encryption: that alone says nothing. */
const CONNECTING =
  'Failed to connect to server. Please ensure that you have compatible encryption settings. Caused by: ';

it.each([
  ['Server certificate is not trusted.', 'STORE_TLS', 'not trusted'],
  ["Hostname/IP does not match certificate's altnames", 'STORE_TLS', 'not trusted'],
  [
    '408D6:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number',
    'STORE_TLS',
    'does not speak TLS',
  ],
  ['connect ECONNREFUSED 127.0.0.1:7687', 'STORE_UNREACHABLE', 'does not answer'],
])('tells a connection that failed by "%s" as %s', (below, code, said) => {
  const direct = neo4jError('ServiceUnavailable', `${CONNECTING}${below}`);
  const routed = neo4jError('ServiceUnavailable', 'Could not perform discovery.', direct);
  for (const error of [direct, routed])
    expect(fromNeo4jError(error, 'there')).toMatchObject({ code, message: expect.stringContaining(said) });
});

it.each([
  ['a deadlock', 'Neo.TransientError.Transaction.DeadlockDetected', 2],
  ['a transaction too large for the memory', 'Neo.TransientError.General.MemoryPoolOutOfMemoryError', 1],
  ['a wrong statement', 'Neo.ClientError.Statement.SyntaxError', 1],
])('attempts %s as often as it may help', async (_, code, expected) => {
  let attempts = 0;
  const outcome = repeatWhileTransient(async () => {
    attempts += 1;
    if (attempts === 1) throw neo4jError(code);
    return 'done';
  }, 10_000);
  if (expected === 1) await expect(outcome).rejects.toMatchObject({ code });
  else expect(await outcome).toBe('done');
  expect(attempts).toBe(expected);
});

it('loses its patience', async () => {
  const failing = async () => Promise.reject(neo4jError('SessionExpired'));
  await expect(repeatWhileTransient(failing, -1)).rejects.toMatchObject({ code: 'SessionExpired' });
});
