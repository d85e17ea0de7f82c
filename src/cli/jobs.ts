import { type Command, InvalidArgumentError, Option } from 'commander';
import { HypersceneError } from '../errors.ts';
import { openSharedJobs } from '../main/jobs.ts';
import { pagesOf } from '../store/pages.ts';
import { isJobId } from '../worker/job-id.ts';
import { JOB_KIND_NAMES, type JobKindName } from '../worker/job-kinds.ts';
import { JOB_STATES, type JobId, type JobRecord, type JobState, type WorkspaceJobs } from '../worker/job-queue.ts';
import { examples, parseCount } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface ListOptions {
  readonly state?: JobState;
  readonly kind?: JobKindName;
  readonly limit: number;
}

const COLUMNS: readonly Column<JobRecord>[] = [
  { title: 'job', cell: ({ id }) => id, widthMax: 32 },
  { title: 'kind', cell: ({ spec }) => spec.kind },
  { title: 'corpus', cell: ({ spec }) => spec.corpus },
  { title: 'state', cell: ({ state, cancelRequested }) => (cancelRequested ? `${state}, to be cancelled` : state) },
  { title: 'progress', cell: (job) => progressOf(job) },
  { title: 'submitted', cell: ({ createdAt }) => new Date(createdAt).toISOString() },
];

const progressOf = ({ progress, error, state }: JobRecord): string => {
  if (error !== null) return error.code;
  if (progress === null || state !== 'running') return '';
  const { stage, done, total } = progress;
  return `${stage} ${total === 0 ? 100 : Math.floor((done / total) * 100)} %`;
};

const parseJob = (text: string): JobId => {
  if (!isJobId(text)) throw new InvalidArgumentError('expected 32 hex digits, as `jobs list` gives them');
  return text;
};

export const addJobsCommand = (program: Command, session: Session): void => {
  const jobs = program
    .command('jobs')
    .description('jobs of the queue in Redis: list, show, cancel and retry them')
    .addHelpText(
      'after',
      examples('jobs list --state failed', 'jobs show 0190…', 'jobs cancel 0190…', 'jobs retry 0190…'),
    );
  jobs
    .command('list')
    .description('list jobs of the workspace, the newest first')
    .addOption(new Option('--state <state>', 'only those').choices(JOB_STATES))
    .addOption(new Option('--kind <kind>', 'only those').choices(JOB_KIND_NAMES))
    .option('--limit <n>', 'how many at most', parseCount, 50)
    .action((options: ListOptions) => withJobs(session, (shared) => list(session, shared, options)));
  jobs
    .command('show')
    .description('show a job')
    .argument('<job>', 'its id', parseJob)
    .action((id: JobId) => withJobs(session, async (shared) => show(session, await wanted(shared, id))));
  jobs
    .command('cancel')
    .description('cancel a job; one that runs stops between two transactions')
    .argument('<job>', 'its id', parseJob)
    .action((id: JobId) => withJobs(session, async (shared) => show(session, await shared.cancel(id))));
  jobs
    .command('retry')
    .description('have a job done again that failed or was cancelled')
    .argument('<job>', 'its id', parseJob)
    .action((id: JobId) => withJobs(session, async (shared) => show(session, await shared.retry(id))));
};

const withJobs = async (session: Session, act: (jobs: WorkspaceJobs) => Promise<void>): Promise<void> => {
  const config = session.config();
  const queue = await openSharedJobs(config);
  if (queue === null)
    throw new HypersceneError('BAD_CONFIG', 'there is no queue that several processes share', {
      expected: 'REDIS_URL; without it the jobs are those of `serve`, which tells of them by GraphQL',
      came: 'none',
    });
  try {
    await act(queue.workspace(config.workspace));
  } finally {
    await queue.close();
  }
};

const list = async (session: Session, jobs: WorkspaceJobs, { state, kind, limit }: ListOptions): Promise<void> => {
  const filter = { states: state && [state], kinds: kind && [kind] };
  const found: JobRecord[] = [];
  for await (const page of pagesOf((request) => jobs.jobs(filter, request), session.signal, limit)) found.push(...page);
  if (found.length === 0) session.note('no such jobs');
  else if (session.json) for (const job of found) await session.output.json(job);
  else await writeTable(session.output, COLUMNS, [found]);
};

const wanted = async (jobs: WorkspaceJobs, id: JobId): Promise<JobRecord> => {
  const [job] = await jobs.jobsById([id]);
  if (!job) throw new HypersceneError('JOB_NOT_FOUND', 'no such job', { came: id });
  return job;
};

const show = async (session: Session, job: JobRecord): Promise<void> => {
  if (session.json) return session.output.json(job);
  await writeTable(session.output, COLUMNS, [[job]]);
  if (job.error !== null) await session.output.line(`${job.error.code}: ${job.error.message}`);
  if (job.result !== null) await session.output.line(JSON.stringify(job.result));
};
