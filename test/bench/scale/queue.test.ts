import fc from 'fast-check';
import { exponential } from '../../../bench/scale/draws.ts';
import { simulateQueue } from '../../../bench/scale/queue.ts';
import type { FaultOptions, Job, QueueOptions } from '../../../bench/scale/queue-model.ts';
import { seededRandom } from '../../../src/collapse/leiden/random.ts';

const NO_FAULTS: FaultOptions = {
  meanTimeBetweenKills: Number.POSITIVE_INFINITY,
  restartSeconds: 0,
  lockSeconds: 30,
  stalledInterval: 30,
  stalledMax: 1,
  failureShare: 0,
  backoffSeconds: 1,
  attempts: 3,
};

const options = (changes: Partial<QueueOptions>): QueueOptions => ({
  seed: 1,
  machines: 1,
  coresAMachine: 1,
  runningAShard: Number.POSITIVE_INFINITY,
  redisSeconds: 0,
  faults: NO_FAULTS,
  warmUp: 0,
  ...changes,
});

const job = (id: number, changes: Partial<Job> = {}): Job => ({
  id,
  shard: 0,
  writer: 0,
  arrival: 0,
  phases: [{ kind: 'compute', seconds: 1 }],
  group: -1,
  ...changes,
});

/** Poisson arrivals at λ, exponential service at μ. */
const markovian = (seed: number, jobs: number, lambda: number, mu: number): readonly Job[] => {
  const random = seededRandom(seed);
  let arrival = 0;
  return Array.from({ length: jobs }, (_, id) => {
    arrival += exponential(random, lambda);
    return job(id, { arrival, phases: [{ kind: 'compute', seconds: exponential(random, mu) }] });
  });
};

/** Mean wait of M/M/c (Erlang 1917). */
const erlangWait = (lambda: number, mu: number, servers: number): number => {
  const load = lambda / mu;
  // Erlang B by recursion, then C.
  let blocked = 1;
  for (let c = 1; c <= servers; c += 1) blocked = (load * blocked) / (c + load * blocked);
  const waits = blocked / (1 - (load / servers) * (1 - blocked));
  return waits / (servers * mu - lambda);
};

describe('the queue against theory', () => {
  it.each([
    { machines: 1, cores: 1, lambda: 0.7 },
    { machines: 2, cores: 2, lambda: 3.2 },
    { machines: 4, cores: 4, lambda: 14 },
  ])('waits as Erlang says at λ = $lambda on $machines × $cores cores', ({ machines, cores, lambda }) => {
    const waits = [1, 2].map(
      (seed) =>
        simulateQueue(markovian(seed, 40_000, lambda, 1), options({ machines, coresAMachine: cores, warmUp: 0.1 }))
          .meanWait,
    );
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    const expected = erlangWait(lambda, 1, machines * cores);
    expect(mean / expected).toBeGreaterThan(0.93);
    expect(mean / expected).toBeLessThan(1.07);
  });

  it('has as many in the queue as come while one waits (Little 1961), and cores as busy as the load', () => {
    const [lambda, jobs] = [3.2, 20_000];
    const result = simulateQueue(markovian(5, jobs, lambda, 1), options({ machines: 4 }));
    expect(result.queueMean).toBeCloseTo((jobs / result.seconds) * result.meanWait, 6);
    expect(result.computing).toBeCloseTo(lambda / 4, 1);
    expect(result.taken).toBeCloseTo(result.computing, 9);
  });

  it('is as slow as Redis where the jobs are short', () => {
    const jobs = Array.from({ length: 1000 }, (_, id) => job(id, { phases: [{ kind: 'compute', seconds: 1e-6 }] }));
    const result = simulateQueue(jobs, options({ machines: 100, redisSeconds: 0.001 }));
    expect(result.seconds).toBeCloseTo(2, 2);
    expect(result.redis).toBeCloseTo(1, 2);
  });

  it('writes one at a time a writer, whatever the workers', () => {
    const phases = [{ kind: 'write' as const, seconds: 2 }];
    const one = Array.from({ length: 50 }, (_, id) => job(id, { phases }));
    const two = one.map((each) => ({ ...each, writer: each.id % 2 }));
    expect(simulateQueue(one, options({ machines: 10 }))).toMatchObject({
      seconds: 100,
      busiestWriter: 1,
      computing: 0,
    });
    expect(simulateQueue(two, options({ machines: 10 })).seconds).toBe(50);
  });
});

describe('shards', () => {
  /** A shard whose jobs only write comes first, ten others that compute after it. */
  const jobs = [
    ...Array.from({ length: 100 }, (_, id) => job(id, { phases: [{ kind: 'write', seconds: 1 }] })),
    ...Array.from({ length: 100 }, (_, i) => job(100 + i, { shard: 1 + (i % 10), writer: 1 + (i % 10) })),
  ];

  it('hold one another up in a plain queue, and not where each has its share of the workers', () => {
    const plain = simulateQueue(jobs, options({ machines: 4 }));
    const apart = simulateQueue(jobs, options({ machines: 4, runningAShard: 1 }));
    expect(apart.latency.p50).toBeLessThan(plain.latency.p50 / 2);
    expect(apart.done).toBe(plain.done);
  });
});

const anyJobs = fc
  .array(
    fc.record({
      shard: fc.nat(3),
      arrival: fc.double({ min: 0, max: 500, noNaN: true }),
      phases: fc.array(
        fc.record({
          kind: fc.constantFrom('compute' as const, 'write' as const),
          seconds: fc.double({ min: 0, max: 60, noNaN: true }),
        }),
        { maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((some) => some.map((each, id) => job(id, { ...each, writer: each.shard })));

const anyOptions = fc.record({
  seed: fc.nat(),
  machines: fc.integer({ min: 1, max: 5 }),
  coresAMachine: fc.integer({ min: 1, max: 3 }),
  runningAShard: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  redisSeconds: fc.constantFrom(0, 0.01),
  warmUp: fc.constant(0),
  faults: fc.record({
    meanTimeBetweenKills: fc.constantFrom(Number.POSITIVE_INFINITY, 50, 500),
    restartSeconds: fc.constantFrom(0, 20),
    lockSeconds: fc.constant(30),
    stalledInterval: fc.constant(30),
    stalledMax: fc.constantFrom(0, 1, 1000),
    failureShare: fc.constantFrom(0, 0.2),
    backoffSeconds: fc.constant(1),
    attempts: fc.constantFrom(1, 3, 100),
  }),
});

describe('whatever is killed and fails', () => {
  it('does each job once, or gives it up', () => {
    fc.assert(
      fc.property(anyJobs, anyOptions, (jobs, chosen) => {
        const result = simulateQueue(jobs, chosen);
        expect(result.done + result.givenUp).toBe(jobs.length);
        expect(result.doneAtMost).toBeLessThanOrEqual(1);
        const { stalledMax, attempts } = chosen.faults;
        if (stalledMax === 1000 && attempts === 100) expect(result.givenUp).toBe(0);
        for (const share of [result.computing, result.taken, result.busiestWriter, result.redis, result.wasted]) {
          expect(share).toBeGreaterThanOrEqual(-1e-9);
          expect(share).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it('comes to the same again from the same seed', () => {
    fc.assert(
      fc.property(anyJobs, anyOptions, (jobs, chosen) => {
        expect(simulateQueue(jobs, chosen)).toEqual(simulateQueue(jobs, chosen));
      }),
    );
  });

  it('takes a job of a killed machine up again once its lock has expired', () => {
    const faults = { ...NO_FAULTS, meanTimeBetweenKills: 200, restartSeconds: 1e9, stalledMax: 1000 };
    const jobs = Array.from({ length: 40 }, (_, id) => job(id, { phases: [{ kind: 'compute', seconds: 100 }] }));
    const result = simulateQueue(jobs, options({ machines: 200, faults }));
    expect(result.stalled).toBeGreaterThan(0);
    expect(result.done).toBe(40);
    expect(result.latency.p99).toBeGreaterThan(100 + 30);
    expect(result.wasted).toBeGreaterThan(0);
  });

  it('collapses a corpus after all of its documents', () => {
    const documents = Array.from({ length: 5 }, (_, id) => job(id, { group: 7, arrival: id }));
    const collapse = job(5, { after: { group: 7, jobs: 5 }, phases: [{ kind: 'compute', seconds: 10 }] });
    expect(simulateQueue([...documents, collapse], options({ machines: 9 })).seconds).toBe(15);
  });
});
