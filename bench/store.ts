/** Speed of the graph store against the bare engine and hand-written Cypher. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOut, tell, wholeNumber, writeReport } from './report.ts';
import { type BenchOptions, runBench, type StoreKind } from './store/bench.ts';
import { summarise } from './store/summary.ts';

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '100000' },
    store: { type: 'string', default: 'both' },
    rounds: { type: 'string', default: '3' },
    /** Reads of each path. */
    reads: { type: 'string', default: '300' },
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    out: { type: 'string', default: join(ROOT, 'bench/results/store.json') },
  },
});

const STORES: Readonly<Record<string, readonly StoreKind[]>> = {
  embedded: ['embedded'],
  neo4j: ['neo4j'],
  both: ['embedded', 'neo4j'],
};

const whole = (name: 'scenes' | 'rounds' | 'reads'): number => wholeNumber(name, values[name]);

const stores = STORES[values.store];
if (stores === undefined) throw new Error(`--store: expected embedded, neo4j or both, came ${values.store}`);
const options: BenchOptions = {
  scenes: whole('scenes'),
  rounds: whole('rounds'),
  reads: whole('reads'),
  corpora: values.corpora,
  stores,
};
const { out } = values;
checkOut(out);
await runBench(options, tell, (result) => writeReport(out, result, summarise));
