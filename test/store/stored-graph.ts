import neo4j from 'neo4j-driver';
import { StoreThread } from '../../src/store/embedded/store-thread.ts';
import { sharedServer } from '../neo4j/shared-server.ts';

export interface StoredNode {
  readonly labels: readonly string[];
  readonly uid: string | null;
  readonly workspace: string | null;
}

/** Workspaces at the ends of the relationships of a type. */
export interface StoredRelationship {
  readonly type: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What lies in a store, read past the port and past our own queries. */
export interface StoredGraph {
  readonly nodes: readonly StoredNode[];
  readonly relationships: readonly StoredRelationship[];
}

const NODES = 'MATCH (n) RETURN labels(n) AS labels, n.uid AS uid, n.workspace AS workspace';
const RELATIONSHIPS =
  'MATCH (a)-[r]->(b) WITH DISTINCT type(r) AS type, a.workspace AS from, b.workspace AS to RETURN type, from, to';

/** A closed embedded store. */
export const readEmbeddedGraph = async (path: string): Promise<StoredGraph> => {
  const thread = new StoreThread();
  await thread.ask({ type: 'open', path });
  const rows = <Row>(text: string): Promise<readonly Row[]> =>
    thread.rows<Row>({
      type: 'run',
      transaction: null,
      alone: false,
      statement: { name: 'census', text },
      parameters: {},
    });
  try {
    return { nodes: await rows<StoredNode>(NODES), relationships: await rows<StoredRelationship>(RELATIONSHIPS) };
  } finally {
    await thread.ask({ type: 'close' });
    await thread.end();
  }
};

/** The server all tests share: other workspaces than the test's own lie there too. */
export const readNeo4jGraph = async (): Promise<StoredGraph> => {
  const { uri, user, password } = await sharedServer();
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const rows = async <Row>(text: string): Promise<readonly Row[]> =>
    (await driver.executeQuery(text)).records.map((record) => record.toObject() as Row);
  try {
    return { nodes: await rows<StoredNode>(NODES), relationships: await rows<StoredRelationship>(RELATIONSHIPS) };
  } finally {
    await driver.close();
  }
};
