import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openMetrics } from '../../src/telemetry/metrics.ts';
import { observeDatabase } from '../../src/telemetry/observe-store.ts';
import { describeGraphStore } from './graph-store.ts';

const metrics = openMetrics({ version: '0', storeKind: 'memory' });
afterAll(() => metrics.close());

describe('a graph store that is watched', () =>
  describeGraphStore({
    kind: 'memory',
    persistent: false,
    open: async () => observeDatabase(openMemoryStore(), { metrics, tracing: null }),
  }));
