import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

/** What a job that does nothing costs on BullMQ. */
export interface QueueFigures {
  readonly redis: string;
  readonly jobs: number;
  /** Commands that Redis ran for a job, those within scripts counted in. */
  readonly commandsAJob: number;
  /** CPU time of the one thread of Redis that runs them, and of this process, which adds and takes the jobs; ms. */
  readonly redisMsAJob: number;
  readonly nodeMsAJob: number;
  /** What a finished job leaves in Redis' memory while it is kept, and a waiting one takes; bytes. */
  readonly bytesAWaitingJob: number;
}

const JOBS = 5000;
const CONCURRENCY = 16;

const info = async (redis: Redis): Promise<Readonly<Record<string, string>>> => {
  const lines = (await redis.info('everything')).split('\r\n');
  return Object.fromEntries(
    lines.filter((line) => line.includes(':')).map((line) => line.split(/:(.*)/su).slice(0, 2)),
  );
};

const redisCpu = (figures: Readonly<Record<string, string>>): number =>
  1000 * (Number(figures['used_cpu_user_main_thread']) + Number(figures['used_cpu_sys_main_thread']));

const commands = (figures: Readonly<Record<string, string>>): number =>
  Object.entries(figures)
    .filter(([name]) => name.startsWith('cmdstat_') && !name.startsWith('cmdstat_info'))
    .reduce((sum, [, value]) => sum + Number(/calls=(\d+)/u.exec(value)?.[1] ?? 0), 0);

const drained = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    let left = JOBS;
    worker.on('completed', () => {
      left -= 1;
      if (left === 0) resolve();
    });
    worker.on('error', reject);
  });

/** On a Redis that nobody else uses meanwhile; the queue is removed again. */
export const measureQueue = async (url: string): Promise<QueueFigures> => {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue(`bench-steps-${process.pid}`, { connection: redis });
  await queue.waitUntilReady();
  const before = await info(redis);
  const cpu = process.cpuUsage();
  for (let from = 0; from < JOBS; from += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => queue.add('read', { document: from + i })));
  const waiting = await info(redis);
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const worker = new Worker(queue.name, async () => null, { connection, concurrency: CONCURRENCY });
  await drained(worker);
  await worker.close();
  const after = await info(redis);
  const { user, system } = process.cpuUsage(cpu);
  await queue.obliterate({ force: true });
  await queue.close();
  await Promise.all([redis.quit(), connection.quit()]);
  return {
    redis: after['redis_version'] ?? '',
    jobs: JOBS,
    commandsAJob: (commands(after) - commands(before)) / JOBS,
    redisMsAJob: (redisCpu(after) - redisCpu(before)) / JOBS,
    nodeMsAJob: (user + system) / 1000 / JOBS,
    bytesAWaitingJob: (Number(waiting['used_memory']) - Number(before['used_memory'])) / JOBS,
  };
};
