import type { JobId, JobRecord } from './job-queue.ts';
import { isOver, jobNotFound, type StoredJob, toRecord } from './stored-job.ts';

/** Where changes of a job are told. */
export interface JobChanges {
  /** @param onChange also called when the queue closes. @returns ends it */
  subscribe(id: JobId, onChange: () => void): () => void;
  read(id: JobId): Promise<StoredJob | null>;
  readonly closed: AbortSignal;
}

/** @see WorkspaceJobs.watch */
export async function* watchJob(
  changes: JobChanges,
  id: JobId,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobRecord, void, undefined> {
  const ended = AbortSignal.any([changes.closed, ...(signal === undefined ? [] : [signal])]);
  let wake = (): void => undefined;
  let changed = true;
  const onChange = (): void => {
    changed = true;
    wake();
  };
  const unsubscribe = changes.subscribe(id, onChange);
  ended.addEventListener('abort', onChange, { once: true });
  let told: string | null = null;
  try {
    while (!ended.aborted) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      if (ended.aborted) return;
      // Before it is read, so that a change while it is read is not missed.
      changed = false;
      wake = () => undefined;
      const job = await changes.read(id);
      if (job === null && told === null) throw jobNotFound(id);
      if (job === null) return;
      const record = toRecord(job);
      const text = JSON.stringify(record);
      if (text === told) continue;
      told = text;
      yield record;
      if (isOver(job)) return;
    }
  } finally {
    unsubscribe();
    ended.removeEventListener('abort', onChange);
  }
}
