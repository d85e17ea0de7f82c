import fc from 'fast-check';
import { corpusName, workspaceName } from '../../src/scene/name.ts';
import { isJobId, jobIds } from '../../src/worker/job-id.ts';
import type { JobId } from '../../src/worker/job-queue.ts';
import { ProgressMeter } from '../../src/worker/job-runner.ts';
import * as step from '../../src/worker/job-transitions.ts';
import { formatJob, isOver, parseJob, type StoredJob } from '../../src/worker/stored-job.ts';
import { checkRequest } from '../../src/worker/submission.ts';
import { JOB_POLICY } from './job-policy.ts';

const spec = { kind: 'recouple', corpus: corpusName('сказки') } as const;
const submission = await checkRequest({ spec }, JOB_POLICY);
const newJob = (now: number): StoredJob =>
  step.submitted(submission, { id: 'a'.repeat(32) as JobId, workspace: workspaceName('м'), now });

const error = (retriable: boolean) => ({ code: 'STORE_CONFLICT', message: 'занято', retriable }) as const;
const result = { kind: 'recouple', scenes: 1, added: 1, removed: 0 } as const;
const progress = { stage: 'coupling', subject: 'сказки', done: 1, total: 2, unit: 'scenes', rate: null } as const;

type Act = (job: StoredJob, run: string, now: number) => StoredJob | null;
const ACTS: Readonly<Record<string, Act>> = {
  begun: (job, run, now) => step.begun(job, run, now),
  progressed: (job, run) => step.progressed(job, run, progress),
  succeeded: (job, run, now) => step.succeeded(job, run, result, now),
  failed: (job, run, now) => step.failed(job, run, error(true), { policy: JOB_POLICY, now, chance: 1 }),
  failedForGood: (job, run, now) => step.failed(job, run, error(false), { policy: JOB_POLICY, now, chance: 0 }),
  stopped: (job, run, now) => step.stoppedByWish(job, run, now),
  interrupted: (job, run) => step.interrupted(job, run),
  cancelAsked: (job, _, now) => step.cancelAsked(job, now),
  retried: (job, _, now) => (job.state === 'failed' || job.state === 'cancelled' ? step.retried(job, now) : null),
};

test('whatever happens to a job in whatever order, it stays one that can be told and kept', () => {
  const happening = fc.tuple(fc.constantFrom(...Object.keys(ACTS)), fc.constantFrom('run 1', 'run 2'));
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      let job = newJob(1000);
      for (const [i, [name, run]] of happenings.entries()) {
        const before = job;
        job = ACTS[name]?.(job, run, 1001 + i) ?? job;
        expect(parseJob(formatJob(job))).toEqual(job);
        expect(job.run !== null).toBe(job.state === 'running');
        expect(job.finishedAt !== null).toBe(isOver(job));
        expect(job.result !== null).toBe(job.state === 'succeeded');
        if (isOver(job)) expect(job.error !== null).toBe(job.state === 'failed');
        // A failure that may pass does not stand against the wish to cancel.
        if (before.cancelRequested && name === 'failed') expect(job.state).not.toBe('failed');
        if (isOver(job)) expect(job.cancelRequested).toBe(false);
        // What is over goes on by hand only.
        if (isOver(before) && name !== 'retried') expect(job).toBe(before);
        // A run that is not the job's changes nothing of it.
        if (before.run !== run && !['begun', 'cancelAsked', 'retried'].includes(name)) expect(job).toBe(before);
        expect(job.failures).toBeLessThanOrEqual(JOB_POLICY.attemptsMax);
      }
    }),
  );
});

test('the pause before it is tried again doubles up to its bound, and half of it is left to chance', () => {
  const policy = { ...JOB_POLICY, attemptsMax: 10, backoff: 100, backoffMax: 1000 };
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      let job = newJob(0);
      for (let i = 1; i < 10; i++) {
        job = step.begun(job, 'run', 0) ?? job;
        job = step.failed(job, 'run', error(true), { policy, now: 0, chance }) ?? job;
        const pause = Math.min(1000, 100 * 2 ** (i - 1));
        expect(job.notBefore).toBeCloseTo(pause * (0.5 + chance / 2));
      }
      job = step.failed(step.begun(job, 'run', 0) ?? job, 'run', error(true), { policy, now: 0, chance }) ?? job;
      expect(job.state).toBe('failed');
    }),
  );
});

test('ids grow, however the clock goes, and after those of an earlier process', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { minLength: 2, maxLength: 200 }), (times) => {
      const clock = times.values();
      const now = (): number => clock.next().value ?? 0;
      const first = jobIds(now);
      const ids = times.slice(0, -1).map(() => first());
      const next = jobIds(now, ids.at(-1));
      ids.push(next());
      expect(ids.every(isJobId)).toBe(true);
      expect(ids).toEqual([...new Set(ids)].toSorted());
    }),
  );
});

test('a rate is counted from the beginning of each stage, and not within its first second', () => {
  let now = 0;
  const meter = new ProgressMeter(() => now);
  const told = (at: number, done: number, stage: 'reading' | 'coupling' = 'reading') => {
    now = at;
    return meter.measure({ stage, subject: 'а', done, total: 1000, unit: 'bytes' }).rate;
  };
  expect([told(0, 100), told(500, 300), told(2000, 500)]).toEqual([null, null, 200]);
  expect([told(2100, 10, 'coupling'), told(4100, 30, 'coupling')]).toEqual([null, 10]);
});
