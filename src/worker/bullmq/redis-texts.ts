import type { Redis } from 'ioredis';
import { HypersceneError } from '../../errors.ts';
import type { JobId } from '../job-queue.ts';
import { queueFull } from '../submission.ts';
import type { RedisKeys } from './redis-keys.ts';
import { DROP_TEXT, RESERVE_TEXT } from './redis-scripts.ts';

/** Texts of jobs, in pieces beside them: a job itself stays small, and no process holds a text whole. */
export class RedisTexts {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** Before there is its job. @throws HypersceneError QUEUE_FULL; what ioredis throws */
  async write(id: JobId, bytes: number, max: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { texts, textBytes, text } = this.#keys;
    const room = await this.#redis.eval(RESERVE_TEXT, 2, texts, textBytes, id, bytes, max);
    if (room !== 1) throw queueFull('bytes of text wait', max);
    try {
      for await (const chunk of chunks) await this.#redis.rpush(text(id), Buffer.from(chunk));
    } catch (error) {
      // Where Redis is away, the next clearing finds a text without a job.
      await this.drop(id).catch(() => undefined);
      throw error;
    }
  }

  /** @param bytes that there must be @throws HypersceneError JOB_TEXT_GONE; what ioredis throws */
  async *read(id: JobId, bytes: number): AsyncGenerator<Uint8Array, void, undefined> {
    let left = bytes;
    for (let i = 0; left > 0; i++) {
      const [chunk] = await this.#redis.lrangeBuffer(this.#keys.text(id), i, i);
      if (chunk === undefined)
        throw new HypersceneError('JOB_TEXT_GONE', 'the text of a job is not whole', {
          expected: `${bytes} bytes`,
          came: `${bytes - left}`,
        });
      left -= chunk.length;
      yield chunk;
    }
  }

  async drop(id: JobId): Promise<void> {
    const { texts, textBytes, text } = this.#keys;
    await this.#redis.eval(DROP_TEXT, 3, texts, textBytes, text(id), id);
  }

  /** Ids of the jobs whose texts are kept, some at a time. */
  async *ids(): AsyncGenerator<readonly JobId[], void, undefined> {
    for await (const page of this.#redis.hscanStream(this.#keys.texts, { count: 500 }) as AsyncIterable<string[]>)
      yield page.filter((_, i) => i % 2 === 0) as JobId[];
  }
}
