import { z } from 'zod';
import { between, DAY, HOUR, integer, type Setting } from './setting.ts';

const GIB = 2 ** 30;

const parseRedisUrl = (text: string): string | null => {
  if (text === '') return null;
  const { protocol, hostname, pathname } = new URL(text);
  z.enum(['redis:', 'rediss:']).parse(protocol);
  z.string().min(1).parse(hostname);
  z.string()
    .regex(/^\/?\d{0,5}$/u)
    .parse(pathname);
  return text;
};

/** How jobs are queued and run. */
export const JOB_SETTINGS = {
  redisUrl: {
    variable: 'REDIS_URL',
    option: null,
    expected: 'an address like redis://host:6379 or rediss://user:password@host:6379/0, or empty for none',
    fallback: '',
    about: 'Redis server that shares jobs among machines; without it the process that serves runs them',
    secret: true,
    parse: parseRedisUrl,
  },
  redisPassword: {
    variable: 'HYPERSCENE_REDIS_PASSWORD',
    option: null,
    expected: 'a password',
    fallback: '',
    about: 'password of Redis, where its address holds none',
    secret: true,
    parse: (text: string) => text,
  },
  redisPrefix: {
    variable: 'HYPERSCENE_REDIS_PREFIX',
    option: null,
    expected: '1 to 100 letters, digits and _ - . { }',
    fallback: 'hyperscene',
    about: 'beginning of every key in Redis; installations that share a server have one each',
    secret: false,
    parse: (text: string) =>
      z
        .string()
        .regex(/^[\w.{}-]{1,100}$/u)
        .parse(text),
  },
  jobsServed: {
    variable: 'HYPERSCENE_JOBS_SERVED',
    option: null,
    expected: 'yes, no or auto',
    fallback: 'auto',
    about:
      'whether serve runs jobs of the queue in Redis itself; auto: only with the embedded store, which no other process opens',
    secret: false,
    parse: (text: string) => z.enum(['yes', 'no', 'auto']).parse(text),
  },
  jobsConcurrency: {
    variable: 'HYPERSCENE_JOBS_CONCURRENCY',
    option: null,
    expected: between(1, 64),
    fallback: '2',
    about: 'jobs that one process runs at once; those of one corpus run one after another',
    secret: false,
    parse: integer(1, 64),
  },
  jobsAttempts: {
    variable: 'HYPERSCENE_JOBS_ATTEMPTS',
    option: null,
    expected: between(1, 100),
    fallback: '6',
    about: 'how often a job is begun at most while it fails with errors that may pass',
    secret: false,
    parse: integer(1, 100),
  },
  jobsBackoff: {
    variable: 'HYPERSCENE_JOBS_BACKOFF',
    option: null,
    expected: between(0, 60 * HOUR * 1000),
    fallback: '1000',
    about: 'milliseconds before such a job is begun again; doubled each time, up to five minutes',
    secret: false,
    parse: integer(0, 60 * HOUR * 1000),
  },
  jobsKept: {
    variable: 'HYPERSCENE_JOBS_KEPT',
    option: null,
    expected: between(0, 100_000),
    fallback: '1000',
    about: 'jobs of a workspace that are over and remembered',
    secret: false,
    parse: integer(0, 100_000),
  },
  jobsKeptFor: {
    variable: 'HYPERSCENE_JOBS_KEPT_FOR',
    option: null,
    expected: between(1, 365 * DAY),
    fallback: String(7 * DAY),
    about: 'seconds for which they are remembered',
    secret: false,
    parse: integer(1, 365 * DAY),
  },
  jobTextKeptFor: {
    variable: 'HYPERSCENE_JOB_TEXT_KEPT_FOR',
    option: null,
    expected: between(0, 365 * DAY),
    fallback: String(HOUR),
    about: 'seconds for which the text of a job that failed or was cancelled is kept for a retry',
    secret: false,
    parse: integer(0, 365 * DAY),
  },
  jobsWaitingMax: {
    variable: 'HYPERSCENE_JOBS_WAITING_MAX',
    option: null,
    expected: between(1, 100_000),
    fallback: '10000',
    about: 'jobs of a workspace that may wait or run',
    secret: false,
    parse: integer(1, 100_000),
  },
  jobTextsBytesMax: {
    variable: 'HYPERSCENE_JOB_TEXTS_BYTES_MAX',
    option: null,
    expected: between(1, 1024 * GIB),
    fallback: String(GIB),
    about: 'bytes of all texts that wait with their jobs, on the disk or in Redis',
    secret: false,
    parse: integer(1, 1024 * GIB),
  },
  jobsDrain: {
    variable: 'HYPERSCENE_JOBS_DRAIN',
    option: null,
    expected: between(0, DAY),
    fallback: '10',
    about: 'seconds that jobs under way get to end when the process is stopped; what is left waits for the next one',
    secret: false,
    parse: integer(0, DAY),
  },
  jobsLock: {
    variable: 'HYPERSCENE_JOBS_LOCK',
    option: null,
    expected: between(1, HOUR),
    fallback: '30',
    about: 'seconds after which a job whose process tells Redis nothing more is given to another',
    secret: false,
    parse: integer(1, HOUR),
  },
} as const satisfies Record<string, Setting<unknown>>;
