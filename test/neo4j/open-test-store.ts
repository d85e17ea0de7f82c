import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import type { Neo4jAddress } from './resolve-server.ts';
import { sharedServer } from './shared-server.ts';

export const storeOptions = (
  { uri, user, password }: Pick<Neo4jAddress, 'uri' | 'user' | 'password'>,
  changes: Partial<Neo4jStoreOptions> = {},
): Neo4jStoreOptions => ({
  uri,
  credentials: { type: 'password', user, password },
  database: null,
  caFile: null,
  poolMax: 20,
  connectTimeout: 30_000,
  readTimeout: 60_000,
  writeTimeout: 300_000,
  retryTimeout: 30_000,
  ...changes,
});

/** The graph on the server that all tests share: keep to workspaces with names of your own. */
export const openSharedNeo4jStore = async (): Promise<GraphDatabase> =>
  openNeo4jStore(storeOptions(await sharedServer()));
