import type { Redis } from 'ioredis';
import { HypersceneError } from '../../errors.ts';

const TIMEOUT_MS = 5000;
/** What BullMQ asks for. */
const VERSION_MIN = [6, 2] as const;
/** Beyond it, time-outs and delays of jobs mean other things on two machines. */
const SKEW_MS_MAX = 60_000;

/** Where it is, and what it is opened with. */
export interface RedisAddress {
  readonly url: string;
  /** Null where the address holds it, or there is none. */
  readonly password: string | null;
}

/** What a queue needs to know of its server. */
export interface RedisFacts {
  /** As `INFO server` has it. */
  readonly version: string;
  /** What it does when its memory is full. */
  readonly policy: string;
  /** ms since 1970, by its clock. */
  readonly time: number;
}

/** @returns what was found. @throws HypersceneError REDIS_UNREACHABLE, REDIS_DENIED, REDIS_FAILED */
export const checkRedis = async ({ url, password }: RedisAddress): Promise<string> => {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    ...(password === null ? {} : { password }),
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Each failure also rejects what was asked; without a listener ioredis writes to the console.
  let last: unknown;
  redis.on('error', (error) => {
    last = error;
  });
  try {
    const facts = await askRedis(redis);
    refuseUnfit(facts, Date.now());
    return `${facts.version} at ${redis.options.host}:${redis.options.port}, ${facts.policy}`;
  } catch (error) {
    throw error instanceof HypersceneError ? error : redisError(last ?? error, redis);
  } finally {
    redis.disconnect();
  }
};

const askRedis = async (redis: Redis): Promise<RedisFacts> => {
  await redis.connect();
  const info = await redis.info();
  const [seconds, microseconds] = await redis.time();
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, 'mu').exec(info)?.[1]?.trim() ?? 'unknown';
  return {
    version: field('redis_version'),
    policy: field('maxmemory_policy'),
    time: Number(seconds) * 1000 + Number(microseconds) / 1000,
  };
};

/** @throws HypersceneError REDIS_FAILED for a server that would lose or delay jobs */
export const refuseUnfit = ({ version, policy, time }: RedisFacts, now: number): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const unfit = (what: string, expected: string, came: string) =>
    new HypersceneError('REDIS_FAILED', what, { expected, came });
  if (!(major > VERSION_MIN[0] || (major === VERSION_MIN[0] && minor >= VERSION_MIN[1])))
    throw unfit('Redis is too old', `${VERSION_MIN.join('.')} or newer`, version);
  if (policy !== 'noeviction')
    throw unfit('Redis may throw jobs away when its memory is full', 'maxmemory-policy noeviction', policy);
  if (Math.abs(time - now) > SKEW_MS_MAX)
    throw unfit(
      'the clocks of Redis and of this machine differ',
      'at most 60 s',
      `${Math.round((time - now) / 1000)} s`,
    );
};

/** Without the address, which may hold a password. */
const redisError = (cause: unknown, { options }: Redis): HypersceneError => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const at = `${options.host}:${options.port}`;
  if (/\b(?:WRONGPASS|NOAUTH|NOPERM|ERR AUTH)\b/u.test(message))
    return new HypersceneError('REDIS_DENIED', 'Redis does not let this user in', {
      at,
      came: message.split(' ')[0] ?? '',
    });
  return new HypersceneError('REDIS_UNREACHABLE', 'Redis does not answer', { at, came: message });
};
