import { openBullmqQueue } from '../../src/worker/bullmq/open-bullmq-queue.ts';
import { openTestRedis, ownPrefix, type RedisServer } from '../redis/redis-server.ts';
import { describeJobQueue } from './job-queue.ts';

const logger = { warn: () => undefined, error: () => undefined };

describe('the queue on BullMQ', () => {
  let redis: Pick<RedisServer, 'url' | 'stop'> | undefined;
  describeJobQueue({
    kind: 'bullmq',
    newPlace: async () => ownPrefix(),
    open: async (prefix, services, policy) => {
      redis ??= await openTestRedis();
      const address = { url: redis.url, password: null };
      const queue = await openBullmqQueue({ redis: address, prefix, policy, lock: 1000, services, logger });
      return { queue, crash: () => queue.close() };
    },
    close: async () => redis?.stop(),
  });
});
