import { setTimeout } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { workspaceName } from '../../../src/scene/name.ts';
import { query } from '../../../src/store/cypher/query.ts';
import { createCypherDatabase } from '../../../src/store/cypher-graph-store.ts';
import { Neo4jEngine } from '../../../src/store/neo4j/neo4j-engine.ts';
import { inputOf, partsOf, RUSSIAN } from '../../conformance/prose.ts';
import { openSharedNeo4jStore } from '../../neo4j/open-test-store.ts';
import type { Neo4jAddress } from '../../neo4j/resolve-server.ts';
import { sharedServer } from '../../neo4j/shared-server.ts';

const RUN = `engine ${process.pid} ${Date.now()}`;
let address: Neo4jAddress;
let engine: Neo4jEngine;

const openEngine = ({ readTimeout = 60_000, poolMax = 20 } = {}): Neo4jEngine => {
  const { uri, user, password } = address;
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: poolMax,
    connectionAcquisitionTimeout: 500,
  });
  return new Neo4jEngine({ driver, database: null, readTimeout, writeTimeout: 60_000, retryTimeout: 30_000 });
};

beforeAll(async () => {
  await (await openSharedNeo4jStore()).close();
  address = await sharedServer();
  engine = openEngine();
});
afterAll(async () => {
  await engine.write((transaction) =>
    transaction.write(query('sweep', 'MATCH (n:EngineTest) WHERE n.run = $run DETACH DELETE n'), { run: RUN }),
  );
  await engine.close();
});

const echo = query<{ readonly value: unknown; readonly type: string }>(
  'echo',
  'RETURN $value AS value, valueType($value) AS type',
);
const put = query('put', 'MERGE (n:EngineTest {run: $run, key: $key}) SET n.value = $value');
const get = query<{ readonly value: unknown }>(
  'get',
  'MATCH (n:EngineTest {run: $run, key: $key}) RETURN n.value AS value',
);
const endless = query(
  'endless',
  'UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b) AS n',
);

it.each([
  [0, 'INTEGER'],
  [-1, 'INTEGER'],
  [Number.MAX_SAFE_INTEGER, 'INTEGER'],
  [0.5, 'FLOAT'],
  ['строка', 'STRING'],
  [true, 'BOOLEAN'],
])('hands over %j as %s and gets it back', async (value, type) => {
  expect(await engine.read(echo, { value })).toEqual([{ value, type: `${type} NOT NULL` }]);
});

it('hands over lists and maps of lists', async () => {
  const value = [{ ids: ['a', 'б'], n: 1, w: 0.25, none: null }];
  expect(await engine.read(echo, { value })).toMatchObject([{ value }]);
});

it('gives more rows than one fetch brings, in order', async () => {
  const rows = await engine.read(
    query<{ readonly n: number }>('many', 'UNWIND range(1, 5000) AS n RETURN n ORDER BY n'),
    {},
  );
  expect(rows).toHaveLength(5000);
  expect(rows.at(-1)).toEqual({ n: 5000 });
});

it('reads in a transaction what it wrote there, and nothing of it after a failure', async () => {
  const parameters = { run: RUN, key: 'own' };
  const failing = engine.write(async (transaction) => {
    await transaction.write(put, { ...parameters, value: 1 });
    expect(await transaction.read(get, parameters)).toEqual([{ value: 1 }]);
    throw new RangeError('enough');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await engine.read(get, parameters)).toEqual([]);
});

it('does a transaction again that was chosen to end a deadlock', async () => {
  let calls = 0;
  let holding = 0;
  let bothHold = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  const crossing = (first: string, second: string) =>
    engine.write(async (transaction) => {
      calls += 1;
      await transaction.write(put, { run: RUN, key: first, value: calls });
      // A write need not be answered yet: what is read after it shows that it holds its lock.
      await transaction.read(get, { run: RUN, key: first });
      holding += 1;
      if (holding === 2) bothHold();
      await held;
      await transaction.write(put, { run: RUN, key: second, value: calls });
    });
  for (const key of ['left', 'right'])
    await engine.write((transaction) => transaction.write(put, { run: RUN, key, value: 0 }));
  await Promise.all([crossing('left', 'right'), crossing('right', 'left')]);
  expect(calls).toBeGreaterThan(2);
  expect(await engine.read(get, { run: RUN, key: 'left' })).not.toEqual([{ value: 0 }]);
});

it('ends a read that takes too long', async () => {
  const hasty = openEngine({ readTimeout: 200 });
  try {
    await expect(hasty.read(endless, {})).rejects.toMatchObject({ code: 'STORE_TIMEOUT', retriable: true });
    await expect(hasty.snapshot((view) => view.read(endless, {}))).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await hasty.read(echo, { value: 1 })).toHaveLength(1);
  } finally {
    await hasty.close();
  }
});

it('says so when its connections are all taken', async () => {
  const narrow = openEngine({ poolMax: 1 });
  const holding = narrow.snapshot(async (view) => {
    await view.read(echo, { value: 1 });
    await expect(narrow.read(echo, { value: 1 })).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
  });
  await holding;
  await narrow.close();
});

it('leaves no transaction open when the content of a document breaks off', async () => {
  const store = createCypherDatabase({ kind: 'neo4j', location: '', engine, close: async () => undefined }).workspace(
    workspaceName(RUN),
  );
  const prose = { sentences: RUSSIAN.slice(0, 8) };
  const open = query<{ readonly n: number }>(
    'open',
    "SHOW TRANSACTIONS YIELD currentQuery, status WHERE NOT coalesce(currentQuery, '') CONTAINS 'SHOW TRANSACTIONS' RETURN count(*) AS n",
  );
  const openCount = async (): Promise<number> => (await engine.read(open, {}))[0]?.n ?? 0;
  const others = await openCount();
  async function* breaking() {
    for await (const part of partsOf(prose)) yield part;
    throw new DOMException('stopped', 'AbortError');
  }
  await expect(store.writeDocument(inputOf(prose), breaking())).rejects.toMatchObject({ name: 'AbortError' });
  let left = await openCount();
  // Other tests may be at work on the same server: only what stays is ours.
  for (let i = 0; i < 50 && left > others; i++) {
    await setTimeout(100);
    left = await openCount();
  }
  expect(left).toBeLessThanOrEqual(others);
});

it('refuses work once it is closed, after what was under way', async () => {
  const other = openEngine();
  const reading = other.read(echo, { value: 'last' });
  await Promise.all([other.close(), other.close()]);
  expect(await reading).toMatchObject([{ value: 'last' }]);
  await expect(other.read(echo, { value: 1 })).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});

it('names the statement that failed', async () => {
  await expect(engine.read(query('wrong', 'RETURN nothing'), {})).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: expect.stringContaining('at wrong'),
  });
});
