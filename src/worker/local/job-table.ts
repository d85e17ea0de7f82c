import type { WorkspaceName } from '../../scene/name.ts';
import { passes } from '../job-page.ts';
import type { JobCounts, JobFilter, JobId, QueuePolicy } from '../job-queue.ts';
import { isOver, type StoredJob } from '../stored-job.ts';

/** What a queue knows of its jobs, by id, by key and by workspace. */
export class JobTable {
  readonly #jobs = new Map<JobId, StoredJob>();
  /** Of each workspace, the oldest first. */
  readonly #ids = new Map<WorkspaceName, JobId[]>();
  readonly #keys = new Map<string, JobId>();

  get(id: JobId): StoredJob | undefined {
    return this.#jobs.get(id);
  }

  /** Null for another workspace's too. */
  of(workspace: WorkspaceName, id: JobId): StoredJob | null {
    const job = this.#jobs.get(id);
    return job?.workspace === workspace ? job : null;
  }

  byKey(workspace: WorkspaceName, key: string): StoredJob | undefined {
    const id = this.#keys.get(keyOf(workspace, key));
    return id === undefined ? undefined : this.#jobs.get(id);
  }

  /** Ids come in the order in which they were made. */
  put(job: StoredJob): void {
    const known = this.#jobs.has(job.id);
    this.#jobs.set(job.id, job);
    if (known) return;
    const ids = this.#ids.get(job.workspace);
    if (ids === undefined) this.#ids.set(job.workspace, [job.id]);
    else ids.push(job.id);
    if (job.key !== null) this.#keys.set(keyOf(job.workspace, job.key), job.id);
  }

  forget(job: StoredJob): void {
    this.#jobs.delete(job.id);
    const left = this.#ids.get(job.workspace)?.filter((id) => id !== job.id) ?? [];
    if (left.length === 0) this.#ids.delete(job.workspace);
    else this.#ids.set(job.workspace, left);
    if (job.key !== null) this.#keys.delete(keyOf(job.workspace, job.key));
  }

  /** The newest first, `count` at most. */
  page(workspace: WorkspaceName, filter: JobFilter, after: JobId | null, count: number): readonly StoredJob[] {
    const page: StoredJob[] = [];
    const ids = this.#ids.get(workspace) ?? [];
    for (let i = ids.length - 1; i >= 0 && page.length < count; i--) {
      const job = this.#jobs.get(ids[i] as JobId);
      if (job !== undefined && (after === null || job.id < after) && passes(job, filter)) page.push(job);
    }
    return page;
  }

  counts(): JobCounts {
    const jobs = [...this.#jobs.values()];
    const over = jobs.filter(isOver).length;
    return { open: jobs.length - over, over };
  }

  waiting(workspace: WorkspaceName): number {
    return this.#of(workspace).filter((job) => !isOver(job)).length;
  }

  /** Those of a workspace that are over and no longer to be remembered. */
  outlived(workspace: WorkspaceName, { keptMax, keptFor }: QueuePolicy, now: number): readonly StoredJob[] {
    const over = this.#of(workspace)
      .filter(isOver)
      .toSorted((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0));
    return over.filter(({ finishedAt }, i) => i >= keptMax || (finishedAt ?? 0) < now - keptFor);
  }

  /** Those that are over and whose text is no longer to be kept. */
  staleTexts({ textKeptFor }: QueuePolicy, now: number): readonly StoredJob[] {
    return [...this.#jobs.values()].filter(
      (job) => job.textKept && isOver(job) && (job.finishedAt ?? 0) < now - textKeptFor,
    );
  }

  /** Bytes of all texts that are kept. */
  textBytes(): number {
    return [...this.#jobs.values()].reduce(
      (sum, { textKept, textBytes }) => sum + (textKept ? (textBytes ?? 0) : 0),
      0,
    );
  }

  workspaces(): readonly WorkspaceName[] {
    return [...this.#ids.keys()];
  }

  #of(workspace: WorkspaceName): readonly StoredJob[] {
    return (this.#ids.get(workspace) ?? []).flatMap((id) => this.#jobs.get(id) ?? []);
  }
}

const keyOf = (workspace: WorkspaceName, key: string): string => JSON.stringify([workspace, key]);
