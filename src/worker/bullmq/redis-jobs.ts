import type { Redis } from 'ioredis';
import type { WorkspaceName } from '../../scene/name.ts';
import { passes } from '../job-page.ts';
import type { JobCounts, JobFilter, JobId, QueuePolicy } from '../job-queue.ts';
import { formatJob, isOver, jobNotFound, laneOf, parseJob, type StoredJob } from '../stored-job.ts';
import { queueFull } from '../submission.ts';
import type { RedisKeys } from './redis-keys.ts';
import { CHANGE, CREATE, FORGET } from './redis-scripts.ts';

/** Jobs looked at by one call. */
const BATCH = 200;

/** The jobs as Redis keeps them. Every method throws what ioredis throws. */
export class RedisJobs {
  readonly #redis: Redis;
  readonly #keys: RedisKeys;

  constructor(redis: Redis, keys: RedisKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  /** @returns the id of the job that stands: this one, or an earlier one of the same key @throws HypersceneError QUEUE_FULL */
  async create(job: StoredJob, { waitingMax }: Pick<QueuePolicy, 'waitingMax'>): Promise<JobId> {
    const { id, workspace, key } = job;
    const [keys, lane] = [this.#keys, laneOf(job)];
    const answer = await this.#redis.eval(
      CREATE,
      7,
      ...[keys.job(id), keys.jobs(workspace), keys.over(workspace), keys.callersKeys(workspace)],
      ...[keys.lane(lane), keys.lanes, keys.workspaces],
      ...[id, formatJob(job), key ?? '', lane, workspace, waitingMax, keys.job('')],
    );
    if (answer === 'FULL') throw queueFull('jobs of the workspace wait', waitingMax);
    return answer as JobId;
  }

  async byKey(workspace: WorkspaceName, key: string): Promise<StoredJob | null> {
    const id = await this.#redis.hget(this.#keys.callersKeys(workspace), key);
    return id === null ? null : this.read(id as JobId);
  }

  async read(id: JobId): Promise<StoredJob | null> {
    const [job] = await this.readAll([id]);
    return job ?? null;
  }

  async readAll(ids: readonly JobId[]): Promise<readonly (StoredJob | null)[]> {
    if (ids.length === 0) return [];
    const texts = await this.#redis.mget(ids.map((id) => this.#keys.job(id)));
    return texts.map((text) => (text === null ? null : parseJob(text)));
  }

  /**
   * One step of a job, against whatever others do to it meanwhile.
   * @param act gives the job after it, or null to leave it; may throw, and may be called again
   * @throws HypersceneError JOB_NOT_FOUND, QUEUE_FULL; what `act` throws
   */
  async change(
    id: JobId,
    act: (job: StoredJob) => StoredJob | null,
    { waitingMax }: Pick<QueuePolicy, 'waitingMax'>,
  ): Promise<StoredJob> {
    while (true) {
      const before = await this.#redis.get(this.#keys.job(id));
      if (before === null) throw jobNotFound(id);
      const standing = parseJob(before);
      const job = act(standing);
      if (job === null || job === standing) return standing;
      const answer = await this.#write(before, standing, job, waitingMax);
      if (answer === -1) throw queueFull('jobs of the workspace wait', waitingMax);
      if (answer === 1) return job;
    }
  }

  #write(before: string, standing: StoredJob, job: StoredJob, waitingMax: number): Promise<unknown> {
    const { id, workspace, finishedAt } = job;
    const [keys, lane] = [this.#keys, laneOf(job)];
    const move = isOver(standing) === isOver(job) ? '' : isOver(job) ? 'over' : 'again';
    return this.#redis.eval(
      CHANGE,
      5,
      ...[keys.job(id), keys.jobs(workspace), keys.over(workspace), keys.lane(lane), keys.lanes],
      ...[before, formatJob(job), id, move, finishedAt ?? 0, lane, keys.changes, waitingMax],
    );
  }

  /** The newest first, `count` at most. */
  async page(
    workspace: WorkspaceName,
    filter: JobFilter,
    after: JobId | null,
    count: number,
  ): Promise<readonly StoredJob[]> {
    const page: StoredJob[] = [];
    let from = after === null ? '+' : `(${after}`;
    while (page.length < count) {
      const ids = await this.#redis.zrevrangebylex(this.#keys.jobs(workspace), from, '-', 'LIMIT', 0, BATCH);
      const jobs = await this.readAll(ids as JobId[]);
      page.push(...jobs.filter((job) => job !== null).filter((job) => passes(job, filter)));
      if (ids.length < BATCH) break;
      from = `(${ids.at(-1)}`;
    }
    return page.slice(0, count);
  }

  /** Whose turn it is in a lane. */
  async head(lane: string): Promise<StoredJob | null> {
    const id = await this.#redis.lindex(this.#keys.lane(lane), 0);
    return id === null ? null : this.read(id as JobId);
  }

  /** The heads of all lanes, some at a time. */
  async *heads(): AsyncGenerator<readonly StoredJob[], void, undefined> {
    for await (const lanes of this.#redis.sscanStream(this.#keys.lanes, { count: BATCH }) as AsyncIterable<string[]>) {
      const pipeline = this.#redis.pipeline();
      for (const lane of lanes) pipeline.lindex(this.#keys.lane(lane), 0);
      const ids = ((await pipeline.exec()) ?? []).map(([, id]) => id as JobId | null).filter((id) => id !== null);
      yield (await this.readAll(ids)).filter((job) => job !== null);
    }
  }

  /** Of all workspaces, by one call for their names and one for their sizes. */
  async counts(): Promise<JobCounts> {
    const pipeline = this.#redis.pipeline();
    const workspaces = await this.workspaces();
    for (const workspace of workspaces) {
      pipeline.zcard(this.#keys.jobs(workspace));
      pipeline.zcard(this.#keys.over(workspace));
    }
    const sizes = ((await pipeline.exec()) ?? []).map(([error, size]) => {
      if (error !== null) throw error;
      return size as number;
    });
    const sum = (every: 0 | 1): number => sizes.reduce((all, size, i) => all + (i % 2 === every ? size : 0), 0);
    return { open: sum(0) - sum(1), over: sum(1) };
  }

  async workspaces(): Promise<readonly WorkspaceName[]> {
    return (await this.#redis.smembers(this.#keys.workspaces)) as WorkspaceName[];
  }

  /** Some of those of a workspace that are over and no longer to be remembered. */
  async outlived(
    workspace: WorkspaceName,
    { keptMax, keptFor }: Pick<QueuePolicy, 'keptMax' | 'keptFor'>,
    now: number,
  ): Promise<readonly StoredJob[]> {
    const over = this.#keys.over(workspace);
    const old = await this.#redis.zrangebyscore(over, '-inf', `(${now - keptFor}`, 'LIMIT', 0, BATCH);
    const many = (await this.#redis.zrange(over, '0', String(-keptMax - 1))).slice(0, BATCH);
    const jobs = await this.readAll([...new Set([...old, ...many])] as JobId[]);
    return jobs.filter((job) => job !== null);
  }

  async forget({ id, workspace, key }: StoredJob): Promise<boolean> {
    const { job, jobs, over, callersKeys, changes } = this.#keys;
    const keys = [job(id), jobs(workspace), over(workspace), callersKeys(workspace)];
    return (await this.#redis.eval(FORGET, 4, ...keys, id, key ?? '', changes)) === 1;
  }
}
