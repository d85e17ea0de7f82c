import { collapseSeconds, writerMs } from './documents.ts';
import type { EngineCosts, Inputs } from './inputs.ts';
import { capacityOf, costsOf, type Engine, type Plan, simulateStream } from './plan.ts';

export interface Outcome {
  readonly machines: number;
  readonly hours: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Sensitivity {
  readonly what: string;
  readonly less: Outcome;
  readonly more: Outcome;
}

type Change = (inputs: Inputs, factor: number) => Inputs;

const ofEngines = (inputs: Inputs, change: (costs: EngineCosts) => Partial<EngineCosts>): Inputs => ({
  ...inputs,
  embedded: { ...inputs.embedded, ...change(inputs.embedded) },
  neo4j: { ...inputs.neo4j, ...change(inputs.neo4j) },
});

/** Each cost by itself. */
const CHANGES: Readonly<Record<string, Change>> = {
  'none: as measured': (inputs) => inputs,
  reading: (inputs, f) => ({ ...inputs, readMs: inputs.readMs * f }),
  storing: (inputs, f) => ofEngines(inputs, ({ storeMs }) => ({ storeMs: storeMs * f })),
  'coupling: finding': (inputs, f) => ({ ...inputs, coupleMs: inputs.coupleMs * f }),
  'coupling: asking': (inputs, f) => ofEngines(inputs, ({ coupleAskMs }) => ({ coupleAskMs: coupleAskMs * f })),
  'coupling: writing': (inputs, f) => ofEngines(inputs, ({ coupleWriteMs }) => ({ coupleWriteMs: coupleWriteMs * f })),
  'collapsing: finding': (inputs, f) => ({
    ...inputs,
    collapse: { ...inputs.collapse, ms: inputs.collapse.ms * f },
  }),
  'collapsing: its growth': (inputs, f) => ({
    ...inputs,
    collapse: { ...inputs.collapse, growth: inputs.collapse.growth * f },
  }),
  'collapsing: writing': (inputs, f) =>
    ofEngines(inputs, ({ collapseStoreMs }) => ({ collapseStoreMs: collapseStoreMs * f })),
  'bytes in memory': (inputs, f) => ofEngines(inputs, ({ memoryBytes }) => ({ memoryBytes: memoryBytes * f })),
  'bytes on disk': (inputs, f) => ofEngines(inputs, ({ diskBytes }) => ({ diskBytes: diskBytes * f })),
  'scenes a document': (inputs, f) => ({
    ...inputs,
    lengths: { ...inputs.lengths, mu: inputs.lengths.mu + Math.log(f), meanOfLaw: inputs.lengths.meanOfLaw * f },
  }),
  'Redis a job': (inputs, f) => ({ ...inputs, redisMsAJob: inputs.redisMsAJob * f }),
};

interface StreamSize {
  readonly documents: number;
  readonly seed: number;
  readonly writerBusy: number;
}

const outcome = (inputs: Inputs, plan: Plan, { documents, seed, writerBusy }: StreamSize): Outcome => {
  const { engine, scenes, placement, largestCorpus, loads } = plan;
  const costs = costsOf(inputs, engine);
  const machines = Math.max(1, Math.round((placement.shards * plan.capacity) / capacityOf(costs)));
  // As full over the mean as it was; but a corpus lies whole on one.
  const fullest = Math.max(largestCorpus, Math.min(scenes, (placement.fullest / placement.mean) * (scenes / machines)));
  const writing = (fullest * writerMs(costs, engine === 'embedded')) / 1000 / writerBusy;
  const { latency } = simulateStream(inputs, costs, {
    ...{ engine, seed, documents, loads, workerMachines: plan.workerMachines },
    rate: (plan.documentsASecond * plan.scenesADocument) / inputs.lengths.meanOfLaw,
  });
  return { machines, hours: (writing + collapseSeconds(inputs, costs, largestCorpus).compute) / 3600, ...latency };
};

/** Half less and half more of each cost, at the scenes a second that the plan has. */
export const sensitivityOf = (inputs: Inputs, plan: Plan, size: StreamSize): readonly Sensitivity[] =>
  Object.entries(CHANGES).map(([what, change]) => ({
    what,
    less: outcome(change(inputs, 0.5), plan, size),
    more: outcome(change(inputs, 1.5), plan, size),
  }));

export const SENSITIVE: readonly { readonly engine: Engine; readonly scenes: number }[] = [
  { engine: 'embedded', scenes: 1e8 },
  { engine: 'neo4j', scenes: 1e10 },
];
