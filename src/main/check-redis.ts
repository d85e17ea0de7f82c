import type { Redis } from 'ioredis';
import { HypersceneError } from '../errors.ts';
import type { RedisAddress } from '../worker/bullmq/redis-connection.ts';

/** What BullMQ asks for. */
const VERSION_MIN = [6, 2] as const;
/** Beyond it, time-outs and delays of jobs mean other things on two machines. */
const SKEW_MS_MAX = 60_000;

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
export const checkRedis = async (address: RedisAddress): Promise<string> => {
  // Its library is loaded where there is a queue at all.
  const { openRedis, redisError } = await import('../worker/bullmq/redis-connection.ts');
  const redis = await openRedis(address, 'asking', { warn: () => undefined, error: () => undefined });
  try {
    const facts = await askRedis(redis);
    refuseUnfit(facts, Date.now());
    return `${facts.version} at ${redis.options.host}:${redis.options.port}, ${facts.policy}`;
  } catch (error) {
    throw redisError(error, address.url);
  } finally {
    redis.disconnect();
  }
};

const askRedis = async (redis: Redis): Promise<RedisFacts> => {
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
