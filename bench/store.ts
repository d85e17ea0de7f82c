/** Speed of the graph store against the bare engine and hand-written Cypher. See `bench/README.md`. */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
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

const whole = (name: 'scenes' | 'rounds' | 'reads'): number => {
  const n = Number(values[name]);
  if (!Number.isInteger(n) || n < 1) throw new Error(`--${name}: expected a whole number, came ${values[name]}`);
  return n;
};

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
if (!out.endsWith('.json')) throw new Error(`--out: expected a file named ….json, came ${out}`);
await mkdir(dirname(out), { recursive: true });
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);
await runBench(options, tell, async (result) => {
  await writeFile(out, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(out.replace(/\.json$/u, '.md'), summarise(result));
  tell(`wrote ${out}`);
});
