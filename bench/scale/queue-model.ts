/** What a job does in order: computes on its worker's core, or writes, one at a time a writer. s */
export interface Phase {
  readonly kind: 'compute' | 'write';
  readonly seconds: number;
}

export interface Job {
  readonly id: number;
  readonly shard: number;
  /** Whose lock is held while writing: a workspace's. */
  readonly writer: number;
  /** When it is put into the queue, s; of one that waits for others, no sooner than they are done. */
  readonly arrival: number;
  readonly phases: readonly Phase[];
  /** Jobs that must be done first: how many there are of them, and by what name they call themselves. */
  readonly after?: { readonly group: number; readonly jobs: number } | undefined;
  readonly group: number;
}

export interface QueueOptions {
  readonly seed: number;
  readonly machines: number;
  readonly coresAMachine: number;
  /** At once of one shard: else all workers come to wait for one writer. Infinity for a plain queue. */
  readonly runningAShard: number;
  /** Of Redis' only thread, for all that one job asks of it until it is taken, and until it is given back; s. */
  readonly redisSeconds: number;
  readonly faults: FaultOptions;
  /** The share of the jobs, by arrival, whose latencies are not looked at: the queue fills first. */
  readonly warmUp: number;
}

export interface FaultOptions {
  /** Of one machine, s; Infinity for none. Its jobs are gone; their writers are let go at once, with the connection. */
  readonly meanTimeBetweenKills: number;
  readonly restartSeconds: number;
  /** A lock that nobody renews expires, and is found by the next look for such, somewhere in the interval. */
  readonly lockSeconds: number;
  readonly stalledInterval: number;
  /** A job that stalls more often is given up. */
  readonly stalledMax: number;
  /** Of the runs: ends with an error that passes. */
  readonly failureShare: number;
  readonly backoffSeconds: number;
  readonly attempts: number;
}

export interface QueueResult {
  /** From the first arrival to the last job done, s. */
  readonly seconds: number;
  readonly jobs: number;
  readonly done: number;
  readonly givenUp: number;
  /** How often the job that was done most often was done. */
  readonly doneAtMost: number;
  /** From its arrival until it is taken for the first time, and until it is done; s. */
  readonly wait: Percentiles;
  readonly latency: Percentiles;
  readonly meanWait: number;
  readonly queueMean: number;
  readonly queueMost: number;
  /** Of the cores: computing; taken by a job, waiting for a writer included. */
  readonly computing: number;
  readonly taken: number;
  /** Of the busiest writer, and of Redis' thread. */
  readonly busiestWriter: number;
  readonly redis: number;
  readonly kills: number;
  readonly stalled: number;
  readonly retried: number;
  /** Core seconds that went into runs that were not the one that counted, of all. */
  readonly wasted: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}
