import { HypersceneError } from '../errors.ts';
import type { JobQueue, WorkspaceJobs } from './job-queue.ts';

const refuse = async (): Promise<never> => {
  throw new HypersceneError('QUEUE_CLOSED', 'this process runs no jobs', { expected: '`hyperscene serve`' });
};

const none: WorkspaceJobs = {
  submit: refuse,
  jobsById: async (ids) => ids.map(() => null),
  jobs: async () => ({ items: [], hasNextPage: false }),
  cancel: refuse,
  retry: refuse,
  // biome-ignore lint/correctness/useYield: it has nothing to tell
  watch: async function* () {
    await refuse();
  },
};

/** The queue of a process that has none: nothing is in it, and nothing can be put into it. */
export const noJobs: JobQueue = {
  workspace: () => none,
  counts: async () => ({ open: 0, over: 0 }),
  close: async () => {},
};
