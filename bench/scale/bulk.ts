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

/** A machine is killed every so often, s; and what BullMQ allows a job to stall, by default once. */
const KILLED = [ASSUMED.faults.meanTimeBetweenKills, 3600, 600] as const;
const STALLS = [1, ASSUMED.faults.stalledMax] as const;

export interface Killed {
  readonly meanTimeBetweenKills: number;
  readonly stalledMax: number;
  readonly result: QueueResult;
}

const workerMachines = Math.ceil((BULK_SHARDS * ASSUMED.workers.coresAShard) / ASSUMED.machine.cores);

/** The same load while worker machines are killed, on the embedded store’s costs. */
export const simulateKills = (inputs: Inputs, seed: number, documents: number): readonly Killed[] =>
  KILLED.flatMap((meanTimeBetweenKills) =>
    STALLS.map((stalledMax) => ({
      ...{ meanTimeBetweenKills, stalledMax },
      result: simulateStream(inputs, costsOf(inputs, 'embedded'), {
        ...{ engine: 'embedded', seed, documents, workerMachines, rate: Number.POSITIVE_INFINITY },
        loads: new Float64Array(BULK_SHARDS).fill(1),
        faults: { ...ASSUMED.faults, meanTimeBetweenKills, stalledMax },
      }),
    })),
  );

export const simulateBulk = (inputs: Inputs, engine: Engine, seed: number, documents: number): Bulk => {
  const plan = {
    ...{ engine, seed, documents, rate: Number.POSITIVE_INFINITY },
    loads: new Float64Array(BULK_SHARDS).fill(1),
    workerMachines,
  };
  const costs = costsOf(inputs, engine);
  return {
    engine,
    apart: simulateStream(inputs, costs, plan),
    plain: simulateStream(inputs, costs, { ...plan, runningAShard: Number.POSITIVE_INFINITY }),
  };
};
