import type { GraphDatabase } from '../../src/store/graph-store.ts';
import { openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { sharedServer } from './shared-server.ts';
import { storeOptions } from './store-options.ts';

/** The graph on the server that all tests share: keep to workspaces with names of your own. */
export const openSharedNeo4jStore = async (): Promise<GraphDatabase> =>
  openNeo4jStore(storeOptions(await sharedServer()));
