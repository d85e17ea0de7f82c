import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { describeGraphStore } from './graph-store.ts';

describe('the neo4j graph store', () =>
  describeGraphStore({ kind: 'neo4j', persistent: true, open: openSharedNeo4jStore }));
