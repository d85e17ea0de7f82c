import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceName } from '../../src/scene/name.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';

/** One implementation of the store's port. */
export interface StoreAdapter {
  readonly kind: GraphDatabase['kind'];
  /** What is written survives `close`. */
  readonly persistent: boolean;
  open(path: string): Promise<GraphDatabase>;
}

export interface OpenStore {
  readonly adapter: StoreAdapter;
  readonly database: () => GraphDatabase;
  /** Of a workspace of its own for each test. */
  readonly store: () => GraphStore;
  reopen(): Promise<void>;
}

/** One database for the tests of a block, and an empty workspace for each of them. */
export const useStore = (adapter: StoreAdapter): OpenStore => {
  let folder: string;
  let database: GraphDatabase;
  let store: GraphStore;
  let tests = 0;
  // A server outlives a run, and several runs may share it.
  const run = randomBytes(4).toString('hex');
  const path = (): string => join(folder, 'graph');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-store-'));
    database = await adapter.open(path());
  });
  beforeEach(() => {
    store = database.workspace(workspaceName(`test ${run} ${++tests}`));
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    adapter,
    database: () => database,
    store: () => store,
    reopen: async () => {
      await database.close();
      database = await adapter.open(path());
      store = database.workspace(store.workspace);
    },
  };
};
