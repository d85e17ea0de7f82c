import type { WorkspaceName } from '../../scene/name.ts';
import type { JobId } from '../job-queue.ts';

/** Where things stand in Redis, all below one prefix. With the prefix in braces they share a slot of a cluster. */
export interface RedisKeys {
  /** The job as JSON. */
  readonly job: (id: JobId | '') => string;
  /** Sorted set of the ids of a workspace, all with score 0 and so in the order of submission. */
  readonly jobs: (workspace: WorkspaceName) => string;
  /** Sorted set of those that are over, by the time at which they were. */
  readonly over: (workspace: WorkspaceName) => string;
  /** Hash from callers' keys to ids. */
  readonly callersKeys: (workspace: WorkspaceName) => string;
  /** List of the ids that wait or run, in order; of these only the first runs. */
  readonly lane: (lane: string) => string;
  /** Set of the lanes that are not empty. */
  readonly lanes: string;
  /** Set of the workspaces that have jobs. */
  readonly workspaces: string;
  /** List of a text's pieces. */
  readonly text: (id: JobId) => string;
  /** Hash from ids to the bytes of their texts, and the sum of these. */
  readonly texts: string;
  readonly textBytes: string;
  /** Channel on which the id of every job that changes is told. */
  readonly changes: string;
}

export const redisKeys = (prefix: string): RedisKeys => ({
  job: (id) => `${prefix}:job:${id}`,
  jobs: (workspace) => `${prefix}:jobs:${workspace}`,
  over: (workspace) => `${prefix}:over:${workspace}`,
  callersKeys: (workspace) => `${prefix}:keys:${workspace}`,
  lane: (lane) => `${prefix}:lane:${lane}`,
  lanes: `${prefix}:lanes`,
  workspaces: `${prefix}:workspaces`,
  text: (id) => `${prefix}:text:${id}`,
  texts: `${prefix}:texts`,
  textBytes: `${prefix}:text-bytes`,
  changes: `${prefix}:changes`,
});
