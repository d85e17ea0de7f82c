import type { Neo4jStoreOptions } from '../../src/store/neo4j/open-neo4j-store.ts';
import type { Neo4jServer } from './neo4j-server.ts';

export const storeOptions = (
  { uri, user, password }: Pick<Neo4jServer, 'uri' | 'user' | 'password'>,
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
