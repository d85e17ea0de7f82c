import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import type { JobId } from '../job-queue.ts';

/** Hears which jobs change, wherever that happens. What was told while Redis was away is made up for by telling all once. */
export class RedisChanges {
  readonly #redis: Redis;
  readonly #heard = new EventEmitter().setMaxListeners(0);

  /** @param redis a connection for this alone */
  constructor(redis: Redis) {
    this.#redis = redis;
    redis.on('message', (_channel: string, id: string) => this.#heard.emit(id));
    redis.on('ready', () => {
      for (const id of this.#heard.eventNames()) this.#heard.emit(id);
    });
  }

  async open(channel: string): Promise<void> {
    await this.#redis.subscribe(channel);
  }

  readonly subscribe = (id: JobId, onChange: () => void): (() => void) => {
    this.#heard.on(id, onChange);
    return () => this.#heard.off(id, onChange);
  };
}
