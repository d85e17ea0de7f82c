import type { JobContext } from '../worker/job.ts';
import type { ApiContext } from './context.ts';
import { clearLoaders } from './loaders.ts';

/** What was loaded before a change is forgotten after it, whether it succeeded or not. */
export const change = async <T>(
  { store, compute, signal, onProgress, loaders }: ApiContext,
  run: (job: JobContext) => Promise<T>,
): Promise<T> => {
  try {
    return await run({ store, compute, signal, onProgress });
  } finally {
    clearLoaders(loaders);
  }
};
