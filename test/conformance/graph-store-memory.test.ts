import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { describeGraphStore } from './graph-store.ts';

describe('the memory graph store', () =>
  describeGraphStore({ kind: 'memory', persistent: false, open: async () => openMemoryStore() }));
