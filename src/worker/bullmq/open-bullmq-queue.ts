import { setTimeout } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobQueue, QueuePolicy } from '../job-queue.ts';
import type { JobLogger, JobServices } from '../job-runner.ts';
import { BullmqJobs } from './bullmq-queue.ts';
import { BullmqWorker } from './bullmq-worker.ts';
import { Dispatcher, type Turn } from './dispatch.ts';
import { RedisChanges } from './redis-changes.ts';
import { openRedis, type RedisAddress, redisError } from './redis-connection.ts';
import { RedisJobs } from './redis-jobs.ts';
import { redisKeys } from './redis-keys.ts';
import { RedisTexts } from './redis-texts.ts';
import { Tidier } from './tidier.ts';

export interface BullmqQueueOptions {
  readonly redis: RedisAddress;
  /** Of every key. */
  readonly prefix: string;
  readonly policy: QueuePolicy;
  /** ms after which a job whose process tells nothing more is given to another. */
  readonly lock: number;
  /** With which this process runs jobs; null for one that runs none. */
  readonly services: JobServices | null;
  readonly logger: JobLogger;
}

const NAME = 'turns';
/** Of BullMQ's own stream of events, which nobody here reads. */
const EVENTS_MAX = 100;

/**
 * A queue in Redis, shared by any number of processes: those that submit and those that run.
 * @throws HypersceneError REDIS_UNREACHABLE, REDIS_DENIED, REDIS_FAILED
 */
export const openBullmqQueue = async (options: BullmqQueueOptions): Promise<JobQueue> => {
  const { redis: address, prefix, policy, services, logger } = options;
  const open = new Opened();
  try {
    const asking = open.add(await openRedis(address, 'asking', logger));
    const changes = new RedisChanges(open.add(await openRedis(address, 'working', logger)));
    const keys = redisKeys(prefix);
    await changes.open(keys.changes);
    const parts = (redis: Redis) => {
      const queue = new Queue<Turn>(NAME, { connection: redis, prefix, streams: { events: { maxLen: EVENTS_MAX } } });
      queue.on('error', (err) => logger.warn({ err: redisError(err, address.url) }, 'trouble with the queue'));
      const jobs = new RedisJobs(redis, keys);
      return { queue, jobs, texts: new RedisTexts(redis, keys), dispatcher: new Dispatcher(queue, jobs) };
    };
    const { jobs, texts, dispatcher, queue } = parts(asking);
    await queue.waitUntilReady();
    const closed = new AbortController();
    const explain = (error: unknown) => redisError(error, address.url);
    const clients = new BullmqJobs({ policy, jobs, texts, changes, dispatcher, closed: closed.signal, explain });
    const working = services === null ? null : open.add(await openRedis(address, 'working', logger));
    const running =
      working === null || services === null
        ? null
        : runTurns(options, { ...parts(working), working, services, changes });
    return {
      workspace: (name) => clients.workspace(name),
      counts: () => clients.counts(),
      close: async () => {
        if (closed.signal.aborted) return;
        closed.abort();
        await running?.close();
        await queue.close();
        open.close();
      },
    };
  } catch (error) {
    open.close();
    throw redisError(error, address.url);
  }
};

interface Parts {
  readonly working: Redis;
  readonly queue: Queue<Turn>;
  readonly jobs: RedisJobs;
  readonly texts: RedisTexts;
  readonly dispatcher: Dispatcher;
  readonly changes: RedisChanges;
  readonly services: JobServices;
}

const runTurns = ({ prefix, policy, lock, logger }: BullmqQueueOptions, { working, queue, ...parts }: Parts) => {
  const tidier = new Tidier(parts.jobs, parts.texts, policy);
  const context = { ...parts, redis: working, name: NAME, prefix, policy, lock, tidier, logger };
  const worker = new BullmqWorker(context);
  const ended = new AbortController();
  // What other processes left undone when they were killed is looked for as often as lost turns are.
  const caring = repeat(lock, ended.signal, async () => {
    try {
      await parts.dispatcher.all();
      await tidier.all();
    } catch (err) {
      if (!ended.signal.aborted) logger.warn({ err }, 'what others left undone cannot be looked for');
    }
  });
  return {
    close: async () => {
      ended.abort();
      await worker.close();
      await queue.close();
      working.disconnect();
      await caring;
    },
  };
};

/** At once, and then each time that so many ms have gone by. */
const repeat = async (pause: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  while (!signal.aborted) {
    await work();
    await setTimeout(pause, undefined, { signal, ref: false }).catch(() => undefined);
  }
};

/** Connections that are closed together. */
class Opened {
  readonly #connections: Redis[] = [];

  add(redis: Redis): Redis {
    this.#connections.push(redis);
    return redis;
  }

  close(): void {
    for (const redis of this.#connections) redis.disconnect();
  }
}
