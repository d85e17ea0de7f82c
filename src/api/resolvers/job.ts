import type { JobKindName } from '../../worker/job-kinds.ts';
import type { JobRecord } from '../../worker/job-queue.ts';
import { connection } from '../connection.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { decodeJobId, encodeGlobalId } from '../global-id.ts';
import { jobRequest } from '../job-task.ts';
import { pageRequest } from '../page-request.ts';

const moment = (ms: number): string => new Date(ms).toISOString();
const momentOrNull = (ms: number | null): string | null => (ms === null ? null : moment(ms));

const RESULT_TYPES = {
  read: 'ReadJobResult',
  couple: 'CoupleJobResult',
  recouple: 'CoupleJobResult',
  collapse: 'CollapseJobResult',
  mergeAgents: 'AgentMergeJobResult',
  undoMerge: 'AgentMergeJobResult',
  export: 'ExportJobResult',
} as const satisfies Record<JobKindName, string>;

export const jobResolvers = {
  Query: {
    job: (_, { id }, { loaders }) => loaders.jobs.load(decodeJobId(id)),
    jobs: async (_, { filter: { states, kinds }, ...page }, { jobs, limits }) => {
      const filter = { states: states ?? undefined, kinds: kinds ?? undefined };
      return connection(await jobs.jobs(filter, pageRequest(page, limits.pageMax)), page.after);
    },
  },
  Mutation: {
    startJob: async (_, { input: { task, key } }, { jobs }) => ({
      job: await jobs.submit({ ...jobRequest(task), key: key ?? undefined }),
    }),
    cancelJob: async (_, { id }, { jobs, loaders }) => {
      const job = await jobs.cancel(decodeJobId(id));
      loaders.jobs.clearAll();
      return { job };
    },
    retryJob: async (_, { id }, { jobs, loaders }) => {
      const job = await jobs.retry(decodeJobId(id));
      loaders.jobs.clearAll();
      return { job };
    },
  },
  Subscription: {
    job: {
      // Looked up first, so that a job which is not there is an answer with an error and no stream.
      subscribe: async (_, { id }, { jobs, loaders, signal }) => {
        const job = found(await loaders.jobs.load(decodeJobId(id)), 'JOB_NOT_FOUND', id);
        return jobs.watch(job.id, signal);
      },
      resolve: (job: JobRecord) => job,
    },
  },
  Job: {
    id: ({ id }) => encodeGlobalId({ type: 'Job', id }),
    // The generated type of an enum with the domain's values is null.
    kind: ({ spec }) => spec.kind as unknown as null,
    corpus: ({ spec }) => spec.corpus,
    document: ({ spec }) => (spec.kind === 'read' ? spec.name : null),
    createdAt: ({ createdAt }) => moment(createdAt),
    startedAt: ({ startedAt }) => momentOrNull(startedAt),
    finishedAt: ({ finishedAt }) => momentOrNull(finishedAt),
  },
  JobProgress: {
    fraction: ({ done, total }) => (total === 0 ? 1 : Math.min(1, done / total)),
  },
  JobResult: {
    __resolveType: ({ kind }) => RESULT_TYPES[kind],
  },
  ReadJobResult: {
    document: ({ document }, _, { loaders }) => loaders.documents.load(document),
    sceneCount: ({ scenes }) => scenes,
  },
} satisfies Resolvers;
