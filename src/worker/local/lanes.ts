import type { JobId } from '../job-queue.ts';
import { laneOf, type StoredJob } from '../stored-job.ts';

/** Who waits for whom: of each lane only the first job may run. */
export class Lanes {
  readonly #lanes = new Map<string, JobId[]>();

  add(job: StoredJob): void {
    const lane = this.#lanes.get(laneOf(job));
    if (lane === undefined) this.#lanes.set(laneOf(job), [job.id]);
    else lane.push(job.id);
  }

  remove(job: StoredJob): void {
    const left = this.#lanes.get(laneOf(job))?.filter((id) => id !== job.id) ?? [];
    if (left.length === 0) this.#lanes.delete(laneOf(job));
    else this.#lanes.set(laneOf(job), left);
  }

  /** Those at the head of their lanes, the one first that was submitted first. */
  heads(): readonly JobId[] {
    return [...this.#lanes.values()].flatMap(([head]) => (head === undefined ? [] : [head])).toSorted();
  }
}
