import { seededRandom, shuffled } from '../../src/collapse/leiden/random.ts';
import { ASSUMED } from './assumptions.ts';
import { exponential, lognormal, sigmaOf } from './draws.ts';
import type { EngineCosts } from './inputs.ts';
import { simulateQueue } from './queue.ts';
import type { Job } from './queue-model.ts';

export interface ReadOptions {
  readonly seed: number;
  readonly scenes: number;
  readonly engine: string;
  readonly shardOf: Int32Array;
  readonly shards: number;
}

export interface ReadResult {
  /** Answers asked for in a second of all shards, and of the one that is asked most. */
  readonly asked: number;
  readonly askedOfHottest: number;
  readonly utilisation: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
}

const ANSWERS = 4000;
/** Above, the queue grows for ever, and its percentiles say only how long it was looked at. */
const STABLE = 0.95;

/** Activations from two words, of corpora that are asked for by Zipf's law; the shard that is asked most. */
export const simulateReads = (
  costs: EngineCosts,
  { seed, scenes, engine, shardOf, shards }: ReadOptions,
): ReadResult => {
  const random = seededRandom(seed + 2);
  const ranks = shuffled(shardOf.length, random);
  const shareOf = new Float64Array(shards);
  let total = 0;
  for (const [corpus, shard] of shardOf.entries()) {
    const share = 1 / (1 + (ranks[corpus] as number));
    shareOf[shard] = (shareOf[shard] as number) + share;
    total += share;
  }
  const asked = Math.min(ASSUMED.reads.most, Math.max(1, scenes * ASSUMED.reads.aScene));
  const askedOfHottest = (asked * shareOf.reduce((most, share) => Math.max(most, share), 0)) / total;
  const { p50, p95 } = costs.read;
  const sigma = sigmaOf({ p50, p95 });
  const atOnce = engine === 'embedded' ? ASSUMED.readsAtOnce.embedded : ASSUMED.readsAtOnce.neo4j;
  const utilisation = (askedOfHottest * (p50 / 1000) * Math.exp(sigma ** 2 / 2)) / atOnce;
  if (utilisation > STABLE)
    return { asked, askedOfHottest, utilisation, p50: Number.POSITIVE_INFINITY, p99: Number.POSITIVE_INFINITY };
  let arrival = 0;
  const jobs = Array.from({ length: ANSWERS }, (_, id): Job => {
    arrival += exponential(random, askedOfHottest);
    const seconds = lognormal(random, Math.log(p50 / 1000), sigma);
    return { id, shard: 0, writer: 0, arrival, phases: [{ kind: 'compute', seconds }], group: -1 };
  });
  const faults = { ...ASSUMED.faults, meanTimeBetweenKills: Number.POSITIVE_INFINITY, failureShare: 0 };
  const { latency } = simulateQueue(jobs, {
    ...{ seed, machines: 1, coresAMachine: atOnce, runningAShard: Number.POSITIVE_INFINITY },
    ...{ redisSeconds: 0, faults, warmUp: 0.1 },
  });
  return { asked, askedOfHottest, utilisation, p50: latency.p50 * 1000, p99: latency.p99 * 1000 };
};
