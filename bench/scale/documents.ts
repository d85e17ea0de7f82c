import { type Random, seededRandom } from '../../src/collapse/leiden/random.ts';
import { READING_LIMITS } from '../../src/reading/reader.ts';
import { ASSUMED } from './assumptions.ts';
import { exponential, lognormal, spread } from './draws.ts';
import type { EngineCosts, Inputs } from './inputs.ts';
import type { Job, Phase } from './queue-model.ts';

/** What a document of so many scenes is read, stored and coupled by: what `hyperscene read` does, as one job. s */
export const readPhases = (inputs: Inputs, costs: EngineCosts, scenes: number, random: Random, oneThread: boolean) => {
  const varied = (kind: Phase['kind'], ms: number): Phase => ({
    kind,
    seconds: (ms * scenes * spread(random, ASSUMED.costSigma)) / 1000,
  });
  return [
    varied('compute', inputs.readMs),
    varied('write', costs.storeMs),
    // The embedded engine answers and writes in one thread; a server answers beside its writers.
    varied(oneThread ? 'write' : 'compute', costs.coupleAskMs),
    varied('compute', inputs.coupleMs),
    varied('write', costs.coupleWriteMs),
  ];
};

/** s of one core, and of the writer. */
export const collapseSeconds = ({ collapse }: Inputs, costs: EngineCosts, scenes: number) => ({
  compute: (collapse.ms * scenes * Math.max(1, scenes / collapse.scenes) ** collapse.growth) / 1000,
  write: (costs.collapseStoreMs * scenes) / 1000,
});

/** ms that a shard's only writer is held by a scene: read, coupled, and collapsed once. */
export const writerMs = (costs: EngineCosts, oneThread: boolean): number =>
  costs.storeMs + costs.coupleWriteMs + costs.collapseStoreMs + (oneThread ? costs.coupleAskMs : 0);

export interface StreamOptions {
  readonly seed: number;
  readonly documents: number;
  /** Of the scenes, which share comes to each shard. */
  readonly shares: Float64Array;
  /** Documents that come in a second, to all shards; Infinity for all at once. */
  readonly rate: number;
  readonly oneThread: boolean;
  /** Of every so many documents of a shard one corpus is made up, which is collapsed after them. */
  readonly documentsACorpus: number;
}

/** Documents as they come, and a collapse after those of each corpus. */
export const documentJobs = (inputs: Inputs, costs: EngineCosts, options: StreamOptions): readonly Job[] => {
  const { seed, documents, shares, rate, oneThread, documentsACorpus } = options;
  const random = seededRandom(seed);
  const pick = picker(shares);
  const longest = READING_LIMITS.bytesMax / inputs.bytesAScene;
  const filling = new Map<number, { group: number; jobs: number; scenes: number }>();
  const collapses: { shard: number; group: number; jobs: number; scenes: number }[] = [];
  let [arrival, groups] = [0, 0];
  const jobs: Job[] = [];
  for (let id = 0; id < documents; id += 1) {
    if (Number.isFinite(rate)) arrival += exponential(random, rate);
    const shard = pick(random());
    const { mu, sigma } = inputs.lengths;
    const scenes = Math.min(longest, Math.max(1, Math.round(lognormal(random, mu, sigma))));
    const corpus = filling.get(shard) ?? { group: groups++, jobs: 0, scenes: 0 };
    filling.set(shard, { ...corpus, jobs: corpus.jobs + 1, scenes: corpus.scenes + scenes });
    const phases = readPhases(inputs, costs, scenes, random, oneThread);
    jobs.push({ id, shard, writer: shard, arrival, phases, group: corpus.group });
    if (corpus.jobs + 1 === documentsACorpus) {
      collapses.push({ shard, ...corpus, jobs: corpus.jobs + 1, scenes: corpus.scenes + scenes });
      filling.delete(shard);
    }
  }
  for (const { shard, group, jobs: of, scenes } of collapses) {
    const { compute, write } = collapseSeconds(inputs, costs, scenes);
    const phases: readonly Phase[] = [
      { kind: 'compute', seconds: compute },
      { kind: 'write', seconds: write },
    ];
    jobs.push({ id: jobs.length, shard, writer: shard, arrival: 0, phases, after: { group, jobs: of }, group: -1 });
  }
  return jobs;
};

/** By inversion, with a search by halves. */
const picker = (shares: Float64Array): ((u: number) => number) => {
  const sums = Float64Array.from(shares);
  for (let i = 1; i < sums.length; i += 1) sums[i] = (sums[i] as number) + (sums[i - 1] as number);
  const total = sums.at(-1) ?? 0;
  return (u) => {
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > u * total) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
