import { HypersceneError } from '../errors.ts';
import type { Page, PageRequest } from '../store/graph-store.ts';
import { checkLimit } from '../store/paging.ts';
import { isJobId } from './job-id.ts';
import type { JobFilter, JobId, JobRecord } from './job-queue.ts';

const PREFIX = 'job:';

const encodeJobCursor = (id: JobId): string => Buffer.from(PREFIX + id).toString('base64url');

/**
 * The job after which the page begins; null for the newest.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, BAD_CURSOR
 */
export const openJobPage = ({ first, after }: PageRequest): JobId | null => {
  checkLimit('first', first);
  if (after === undefined) return null;
  const text = Buffer.from(after, 'base64url').toString('utf8');
  const id = text.slice(PREFIX.length);
  if (text.startsWith(PREFIX) && isJobId(id) && encodeJobCursor(id) === after) return id;
  throw new HypersceneError('BAD_CURSOR', 'bad cursor', {
    expected: 'a cursor that `jobs` gave',
    came: JSON.stringify(after.slice(0, 80)),
  });
};

/** @param jobs of the page, and one more where there is a next page */
export const toJobPage = <T extends JobRecord>(jobs: readonly T[], { first }: PageRequest): Page<T> => ({
  items: jobs.slice(0, first).map((item) => ({ cursor: encodeJobCursor(item.id), item })),
  hasNextPage: jobs.length > first,
});

export const passes = ({ state, spec }: JobRecord, { states, kinds }: JobFilter): boolean =>
  (states === undefined || states.includes(state)) && (kinds === undefined || kinds.includes(spec.kind));
