import { ASSUMED } from './assumptions.ts';
import { drawCorpora } from './corpora.ts';
import { collapseSeconds, documentJobs, writerMs } from './documents.ts';
import type { EngineCosts, Inputs } from './inputs.ts';
import { type Placement, type PlacementRule, place } from './placement.ts';
import { simulateQueue } from './queue.ts';
import type { FaultOptions, QueueResult } from './queue-model.ts';
import { type ReadResult, simulateReads } from './reads.ts';

/** Embedded: a process a shard. Neo4j: a server a shard, all of its store in the page cache, or a tenth of it. */
export const ENGINES = ['embedded', 'neo4j', 'neo4j, a tenth cached'] as const;
export type Engine = (typeof ENGINES)[number];

export interface Plan {
  readonly scenes: number;
  readonly engine: Engine;
  readonly corpora: number;
  readonly largestCorpus: number;
  /** Scenes that a shard can hold. */
  readonly capacity: number;
  readonly placement: Omit<Placement, 'shardOf' | 'loads'>;
  /** Scenes of each shard. */
  readonly loads: Float64Array;
  readonly storeMachines: number;
  readonly workerMachines: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** All at once, from the first document to the last collapse of the fullest shard; and that of the largest corpus alone. */
  readonly bulkHours: number;
  readonly largestCollapseHours: number;
  readonly largestCollapseBytes: number;
  /** Documents that come evenly, at {@link ASSUMED.streamLoad} of what the fullest shard takes. */
  readonly stream: QueueResult;
  readonly documentsASecond: number;
  readonly scenesADocument: number;
  /** Of Redis' thread, at that rate. */
  readonly redis: number;
  readonly reads: ReadResult;
}

export const costsOf = (inputs: Inputs, engine: Engine): EngineCosts => {
  if (engine === 'embedded') return inputs.embedded;
  const cached = engine === 'neo4j' ? 1 : 0.1;
  return { ...inputs.neo4j, memoryBytes: inputs.neo4j.memoryBytes * cached };
};

/** Scenes of one machine: by memory, or by disk where that is less. */
export const capacityOf = ({ memoryBase, memoryBytes, diskBytes }: EngineCosts): number => {
  const { memoryBytes: memory, diskBytes: disk, usable } = ASSUMED.machine;
  return Math.floor(Math.min((memory * usable - memoryBase) / memoryBytes, (disk * usable) / diskBytes));
};

/** Scenes a second that one shard's writer takes, working without pause. */
const writerRate = (costs: EngineCosts, engine: Engine): number => 1000 / writerMs(costs, engine === 'embedded');

export interface PlanOptions {
  readonly seed: number;
  /** Of the stream: enough for the 99th percentile. */
  readonly documents: number;
  readonly rule: PlacementRule;
  /** The share of the time in which the busiest writer writes when all comes at once, as `simulateBulk` finds. */
  readonly writerBusy: number;
  /** Of the law of corpora's sizes; by default what {@link ASSUMED} says. */
  readonly alpha?: number;
}

const placeAll = (sizes: Float64Array, scenes: number, capacity: number, { seed, rule }: PlanOptions): Placement => {
  const shards = Math.max(1, Math.ceil(scenes / (capacity * ASSUMED.fill)));
  const { steps } = ASSUMED.corpora;
  return place(sizes, { seed, rule, capacity, fill: ASSUMED.fill, shards, steps });
};

export const planFor = (inputs: Inputs, scenes: number, engine: Engine, options: PlanOptions): Plan => {
  const { least } = ASSUMED.corpora;
  const alpha = options.alpha ?? ASSUMED.corpora.alpha;
  const sizes = drawCorpora({ seed: options.seed, scenes, least, alpha });
  const costs = costsOf(inputs, engine);
  const capacity = capacityOf(costs);
  const placed = placeAll(sizes, scenes, capacity, options);
  const { shardOf, loads, ...placement } = placed;
  const largestCorpus = sizes.reduce((most, size) => Math.max(most, size), 0);
  const cores = placement.shards * ASSUMED.workers.coresAShard;
  const workerMachines = Math.ceil(cores / ASSUMED.machine.cores);
  const largest = collapseSeconds(inputs, costs, largestCorpus);
  // As the fullest shard takes it: the others are done sooner.
  const rate = (writerRate(costs, engine) * scenes) / placement.fullest / inputs.lengths.meanOfLaw;
  const documentsASecond = rate * ASSUMED.streamLoad;
  const stream = simulateStream(inputs, costs, {
    ...{ engine, loads, workerMachines, rate: documentsASecond },
    ...{ seed: options.seed, documents: options.documents },
  });
  return {
    ...{ scenes, engine, corpora: sizes.length, largestCorpus, capacity, placement, loads },
    ...{ storeMachines: placement.shards, workerMachines },
    memoryBytes: scenes * costs.memoryBytes + placement.shards * costs.memoryBase,
    diskBytes: scenes * costs.diskBytes,
    bulkHours: (placement.fullest / writerRate(costs, engine) / options.writerBusy + largest.compute) / 3600,
    largestCollapseHours: (largest.compute + largest.write) / 3600,
    largestCollapseBytes: largestCorpus * inputs.couplingsAScene * inputs.leidenBytesAnEdge,
    scenesADocument: inputs.lengths.meanOfLaw,
    ...{ stream, documentsASecond, redis: (documentsASecond * inputs.redisMsAJob) / 1000 },
    reads: simulateReads(costs, { seed: options.seed, scenes, engine, shardOf, shards: placement.shards }),
  };
};

interface StreamPlan {
  readonly seed: number;
  readonly documents: number;
  readonly engine: Engine;
  readonly loads: Float64Array;
  readonly workerMachines: number;
  readonly rate: number;
  /** By default what {@link ASSUMED} says. */
  readonly runningAShard?: number;
  readonly faults?: FaultOptions;
}

/** Documents of an average corpus, so that collapses come as often as they would. */
const documentsACorpus = ({ lengths }: Inputs): number => {
  const { least, alpha } = ASSUMED.corpora;
  return Math.max(1, Math.round((least * alpha) / (alpha - 1) / lengths.meanOfLaw));
};

export const simulateStream = (inputs: Inputs, costs: EngineCosts, plan: StreamPlan): QueueResult => {
  const { seed, documents, loads, rate, engine, workerMachines } = plan;
  const jobs = documentJobs(inputs, costs, {
    ...{ seed, documents, shares: loads, rate, documentsACorpus: documentsACorpus(inputs) },
    oneThread: engine === 'embedded',
  });
  return simulateQueue(jobs, {
    ...{ seed: seed + 1, machines: workerMachines, coresAMachine: ASSUMED.machine.cores },
    runningAShard: plan.runningAShard ?? ASSUMED.workers.runningAShard,
    redisSeconds: inputs.redisMsAJob / 2000,
    ...{ faults: plan.faults ?? ASSUMED.faults, warmUp: 0.2 },
  });
};
