import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { describeGraphStore } from './graph-store.ts';
import type { StoreAdapter } from './store-adapter.ts';

const ADAPTERS: readonly StoreAdapter[] = [
  { kind: 'memory', persistent: false, open: async () => openMemoryStore() },
  { kind: 'embedded', persistent: true, open: (path) => openEmbeddedStore({ path }) },
  { kind: 'neo4j', persistent: true, open: openSharedNeo4jStore },
];

describe.each(ADAPTERS)('the $kind graph store', describeGraphStore);
