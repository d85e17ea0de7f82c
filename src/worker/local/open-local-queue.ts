import { HypersceneError } from '../../errors.ts';
import type { JobQueue, QueuePolicy } from '../job-queue.ts';
import type { JobLogger, JobServices } from '../job-runner.ts';
import { JobFiles } from './job-files.ts';
import { LocalJobQueue } from './local-queue.ts';

export interface LocalQueueOptions {
  /** Holds a file for each job, and one for its text. Nobody else may open it meanwhile. */
  readonly folder: string;
  readonly policy: QueuePolicy;
  readonly services: JobServices;
  readonly logger: JobLogger;
}

/**
 * A queue that this process runs itself. What an earlier process left waiting or running goes on at once; files that hold no
 * job are reported and left alone.
 * @throws HypersceneError STORE_FAILED, DISK_FULL
 */
export const openLocalQueue = async ({ folder, policy, services, logger }: LocalQueueOptions): Promise<JobQueue> => {
  const files = new JobFiles(folder);
  const found = await files.open();
  for (const { file, cause } of found.damaged) {
    const err = new HypersceneError('STORE_FAILED', 'a file holds no job', { at: file, cause });
    logger.warn({ err, file }, 'a job cannot be read; its file was left as it is');
  }
  return new LocalJobQueue(files, found, { policy, services, logger });
};
