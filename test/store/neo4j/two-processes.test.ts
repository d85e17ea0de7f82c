import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { workspaceName } from '../../../src/scene/name.ts';
import { createCypherDatabase } from '../../../src/store/cypher-graph-store.ts';
import type { GraphDatabase } from '../../../src/store/graph-store.ts';
import { Neo4jEngine } from '../../../src/store/neo4j/neo4j-engine.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, RUSSIAN, write } from '../../conformance/prose.ts';
import { openSharedNeo4jStore } from '../../neo4j/open-test-store.ts';
import { sharedServer } from '../../neo4j/shared-server.ts';
import { writingBy } from '../test-engines.ts';

/** A read that waits for a writer would end with STORE_TIMEOUT after this, ms. */
const READ_TIMEOUT = 5000;

/** A process of its own, as far as the store can tell; its writes stay open before the commit until they are let go. */
class Process {
  readonly database: GraphDatabase;
  readonly #engine: Neo4jEngine;
  #held: Promise<void> = Promise.resolve();
  #letGo: () => void = () => undefined;

  constructor({ uri, user, password }: Awaited<ReturnType<typeof sharedServer>>) {
    const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
    this.#engine = new Neo4jEngine({
      driver,
      database: null,
      readTimeout: READ_TIMEOUT,
      writeTimeout: 60_000,
      retryTimeout: 30_000,
    });
    const engine = writingBy(this.#engine, (work, still) =>
      this.#engine.write(async (transaction) => {
        const done = await work(transaction);
        await this.#held;
        return done;
      }, still),
    );
    this.database = createCypherDatabase({ kind: 'neo4j', location: '', engine, close: () => this.#engine.close() });
  }

  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }

  letGo(): void {
    this.#letGo();
    this.#held = Promise.resolve();
  }
}

let first: Process;
let second: Process;
beforeAll(async () => {
  await (await openSharedNeo4jStore()).close();
  const address = await sharedServer();
  first = new Process(address);
  second = new Process(address);
});
afterAll(async () => {
  await first.database.close();
  await second.database.close();
});

/** Long enough for a statement to reach its lock. */
const A_WHILE = 700;

it('reads, and a write that is done, do not wait for the write of another process that came behind it', async () => {
  const name = workspaceName(`two processes ${randomBytes(4).toString('hex')}`);
  const [mine, theirs] = [first.database.workspace(name), second.database.workspace(name)];
  await write(mine, { sentences: RUSSIAN.slice(0, 5), name: 'a' });
  first.hold();
  second.hold();
  const earlier = write(mine, { sentences: RUSSIAN.slice(5, 12), name: 'b' });
  await setTimeout(A_WHILE);
  let laterIsDone = false;
  const later = write(theirs, { sentences: RUSSIAN.slice(12, 20), name: 'c' }).finally(() => {
    laterIsDone = true;
  });
  await setTimeout(A_WHILE);
  first.letGo();
  await earlier;
  // The lock is theirs now, and stays so while all this is read.
  await setTimeout(A_WHILE);
  for (const store of [mine, theirs]) {
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page), 5);
    expect(scenes.map(({ text }) => text)).toEqual(RUSSIAN.slice(0, 12));
    expect(await store.scenesById(scenes.map(({ id }) => id))).toEqual(scenes);
  }
  expect(laterIsDone).toBe(false);
  second.letGo();
  await later;
  expect(await mine.corpus(CORPUS)).toMatchObject({ documents: 3, scenes: 20 });
});
