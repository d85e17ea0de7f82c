import { SECOND, type SettingReader } from './setting-reader.ts';

/** How jobs are queued and run. */
export interface JobsConfig {
  /** Null: the process that serves runs them by itself. */
  readonly redis: RedisConfig | null;
  /** Whether `serve` runs jobs of the queue in Redis; null leaves it to the kind of store. */
  readonly served: boolean | null;
  readonly concurrency: number;
  readonly attemptsMax: number;
  /** ms. */
  readonly backoff: number;
  /** Of a workspace, over and remembered. */
  readonly keptMax: number;
  /** All in ms. */
  readonly keptFor: number;
  readonly textKeptFor: number;
  readonly drain: number;
  readonly lock: number;
  readonly waitingMax: number;
  readonly textsBytesMax: number;
}

export interface RedisConfig {
  /** May hold a password: never printed. */
  readonly url: string;
  /** Null where the address holds it, or there is none. */
  readonly password: string | null;
  readonly prefix: string;
}

export const readJobs = (read: SettingReader): JobsConfig => {
  const url = read('redisUrl');
  const served = read('jobsServed');
  const redis = { url: url ?? '', password: read('redisPassword') || null, prefix: read('redisPrefix') };
  return Object.freeze({
    redis: url === null ? null : Object.freeze(redis),
    served: served === 'auto' ? null : served === 'yes',
    concurrency: read('jobsConcurrency'),
    attemptsMax: read('jobsAttempts'),
    backoff: read('jobsBackoff'),
    keptMax: read('jobsKept'),
    keptFor: read('jobsKeptFor') * SECOND,
    textKeptFor: read('jobTextKeptFor') * SECOND,
    drain: read('jobsDrain') * SECOND,
    lock: read('jobsLock') * SECOND,
    waitingMax: read('jobsWaitingMax'),
    textsBytesMax: read('jobTextsBytesMax'),
  });
};
