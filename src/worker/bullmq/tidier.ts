import type { QueuePolicy } from '../job-queue.ts';
import * as step from '../job-transitions.ts';
import { isOver, type StoredJob } from '../stored-job.ts';
import type { RedisJobs } from './redis-jobs.ts';
import type { RedisTexts } from './redis-texts.ts';

/** ms for which a text may be there before its job is. */
const TEXT_ALONE = 3_600_000;
const TIME_DIGITS = 12;

/** Clears what is no longer to be kept. All of it may be done by several processes at once. */
export class Tidier {
  readonly #jobs: RedisJobs;
  readonly #texts: RedisTexts;
  readonly #policy: QueuePolicy;

  constructor(jobs: RedisJobs, texts: RedisTexts, policy: QueuePolicy) {
    this.#jobs = jobs;
    this.#texts = texts;
    this.#policy = policy;
  }

  /** After a job was over. */
  async after(job: StoredJob): Promise<void> {
    if (job.textBytes !== null && !job.textKept) await this.#texts.drop(job.id);
    await this.#forgetOutlived(job.workspace);
  }

  async all(): Promise<void> {
    for (const workspace of await this.#jobs.workspaces()) await this.#forgetOutlived(workspace);
    for await (const ids of this.#texts.ids())
      for (const [i, job] of (await this.#jobs.readAll(ids)).entries()) {
        const id = ids[i];
        if (id === undefined) continue;
        const born = Number.parseInt(id.slice(0, TIME_DIGITS), 16);
        if (job === null ? born < Date.now() - TEXT_ALONE : await this.#isDone(job)) await this.#texts.drop(id);
      }
  }

  /** No run will ask for its text any more. */
  async #isDone(job: StoredJob): Promise<boolean> {
    if (!isOver(job)) return false;
    if (!job.textKept) return true;
    if ((job.finishedAt ?? 0) >= Date.now() - this.#policy.textKeptFor) return false;
    // Retried meanwhile, it keeps its text.
    return !(await this.#jobs.change(job.id, step.withoutText, this.#policy)).textKept;
  }

  async #forgetOutlived(workspace: StoredJob['workspace']): Promise<void> {
    for (const job of await this.#jobs.outlived(workspace, this.#policy, Date.now()))
      if (await this.#jobs.forget(job)) await this.#texts.drop(job.id);
  }
}
