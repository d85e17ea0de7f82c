import { Redis, type RedisOptions } from 'ioredis';
import { HypersceneError } from '../../errors.ts';
import type { JobLogger } from '../job-runner.ts';

export interface RedisAddress {
  /** May hold user and password: never printed. */
  readonly url: string;
  /** Null where the address holds it, or there is none. */
  readonly password: string | null;
}

/** `asking`: fails at once while Redis is away. `working`: waits until it is back. */
export type RedisRole = 'asking' | 'working';

/** ms. */
const CONNECT_TIMEOUT = 10_000;
/** ms after which a command that nobody answers counts as lost. */
const ANSWER_TIMEOUT = 10_000;
/** ms between two tries to connect again. */
const PAUSE_MAX = 2000;

type Options = Omit<RedisOptions, 'replyMapping'>;

const OPTIONS: Readonly<Record<RedisRole, Options>> = {
  asking: { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: ANSWER_TIMEOUT },
  working: { maxRetriesPerRequest: null },
};

/** Host and port, which may be printed. */
export const printable = (url: string): string => new URL(url).host;

/**
 * Opens a connection that comes back by itself after it was lost.
 * @throws HypersceneError REDIS_UNREACHABLE, REDIS_DENIED
 */
export const openRedis = async (
  { url, password }: RedisAddress,
  role: RedisRole,
  logger: JobLogger,
): Promise<Redis> => {
  let opened = false;
  const options: Options = {
    ...OPTIONS[role],
    ...(password === null ? {} : { password }),
    connectTimeout: CONNECT_TIMEOUT,
    lazyConnect: true,
    // While it is opened for the first time nothing is tried again: who starts a program wants to hear at once.
    retryStrategy: (times) => (opened ? Math.min(PAUSE_MAX, 50 * 2 ** Math.min(times, 10)) : null),
  };
  const redis = new Redis(url, options);
  let heard: unknown = null;
  redis.on('error', (error: unknown) => {
    heard = error;
    if (opened) logger.warn({ err: redisError(error, url) }, 'Redis is away; trying again');
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    redis.disconnect();
    throw redisError(heard ?? error, url);
  }
  opened = true;
  return redis;
};

const DENIED = /^(?:NOAUTH|WRONGPASS|NOPERM|ERR AUTH|ERR invalid password|ERR Client sent AUTH)/u;
const FULL = /^OOM /u;
const AWAY =
  /^(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN)|Connection is closed|isn't writeable|max retries per request|Command timed out|connect ETIMEDOUT|Connection is in closing state/u;

/** What went wrong in the registry's terms. Neither message nor cause holds the address's password. */
export const redisError = (error: unknown, url: string): HypersceneError => {
  if (error instanceof HypersceneError) return error;
  const { message = String(error), code, syscall } = error as NodeJS.ErrnoException;
  const at = printable(url);
  if (DENIED.test(message)) return new HypersceneError('REDIS_DENIED', 'Redis refuses', { at, came: message });
  if (FULL.test(message))
    return new HypersceneError('QUEUE_FULL', 'Redis has no memory left', { at, expected: 'a higher maxmemory' });
  if (syscall !== undefined || code !== undefined || AWAY.test(message))
    return new HypersceneError('REDIS_UNREACHABLE', 'Redis does not answer', { at, came: message || String(code) });
  return new HypersceneError('REDIS_FAILED', 'Redis failed', { at, came: message, cause: error });
};
