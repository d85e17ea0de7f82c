import { ASSUMED } from './assumptions.ts';
import type { Inputs } from './inputs.ts';
import { costsOf, type Engine, simulateStream } from './plan.ts';
import type { QueueResult } from './queue-model.ts';

/** All documents at once, on so many shards of like size. */
export const BULK_SHARDS = 8;

export interface Bulk {
  readonly engine: Engine;
  /** No shard may take more than its share of the workers. */
  readonly apart: QueueResult;
  /** One queue for all, first come, first served. */
  readonly plain: QueueResult;
}

export const simulateBulk = (inputs: Inputs, engine: Engine, seed: number, documents: number): Bulk => {
  const plan = {
    ...{ engine, seed, documents, rule: 'emptiest' as const, rate: Number.POSITIVE_INFINITY },
    loads: new Float64Array(BULK_SHARDS).fill(1),
    workerMachines: Math.ceil((BULK_SHARDS * ASSUMED.workers.coresAShard) / ASSUMED.machine.cores),
  };
  const costs = costsOf(inputs, engine);
  return {
    engine,
    apart: simulateStream(inputs, costs, plan),
    plain: simulateStream(inputs, costs, { ...plan, runningAShard: Number.POSITIVE_INFINITY }),
  };
};
