import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { openBullmqQueue } from '../../src/worker/bullmq/open-bullmq-queue.ts';
import type { JobServices } from '../../src/worker/job-runner.ts';
import { untilOver, Workshop } from '../conformance/job-queue.ts';
import { JOB_POLICY } from '../worker/job-policy.ts';
import { ownPrefix, type RedisServer, startRedisServer } from './redis-server.ts';

/** These end servers, and so have their own in any case. */
const PASSWORD = 'never-to-be-printed';
const workspace = workspaceName('мастерская');
const couple = { spec: { kind: 'couple', corpus: corpusName('а') } } as const;

let server: RedisServer;
let workshop: Workshop;
let prefix: string;
let log: string[];

const note = (details: object, message: string) => log.push(`${message} ${inspect(details, { depth: 10 })}`);
const logger = { warn: note, error: note };

const open = (services: JobServices | null, url = server.url) =>
  openBullmqQueue({ redis: { url, password: null }, prefix, policy: JOB_POLICY, lock: 1000, services, logger });

beforeEach(async () => {
  server = await startRedisServer({ password: PASSWORD });
  workshop = new Workshop();
  prefix = ownPrefix();
  log = [];
});

afterEach(() => server.stop());

test('while Redis is away that is said at once; when it is back, all goes on and nothing is lost', async () => {
  const queue = await open(workshop.services());
  const jobs = queue.workspace(workspace);
  workshop.shut('а');
  const [running, waiting] = [await jobs.submit(couple), await jobs.submit({ ...couple, key: 'второй' })];
  while ((await jobs.jobsById([running.id]))[0]?.state !== 'running') await setTimeout(10);
  const watching = untilOver(jobs, running.id).catch((error: unknown) => error);
  const { port, folder } = server;
  await server.kill();
  for (const asked of [
    () => jobs.submit(couple),
    () => jobs.jobsById([running.id]),
    () => jobs.cancel(waiting.id),
    () => jobs.jobs({}, { first: 1 }),
  ]) {
    const error: unknown = await asked().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'REDIS_UNREACHABLE', retriable: true });
    expect(String(error)).not.toContain(PASSWORD);
  }
  workshop.release('а');
  server = await startRedisServer({ password: PASSWORD, port, folder });
  const reachable = async () => (await jobs.jobsById([waiting.id]).catch(() => [null]))[0] !== null;
  while (!(await reachable())) await setTimeout(20);
  expect(await untilOver(jobs, waiting.id)).toMatchObject({ state: 'succeeded' });
  expect(await untilOver(jobs, running.id)).toMatchObject({ state: 'succeeded' });
  expect((await jobs.submit({ ...couple, key: 'второй' })).id).toBe(waiting.id);
  await watching;
  await queue.close();
  expect(log.join('\n')).toContain('Redis is away');
  expect(log.join('\n')).not.toContain(PASSWORD);
});

test('a server that is not there, or refuses, is told without its password', async () => {
  const url = server.url.replace(PASSWORD, 'wrong-and-secret');
  const denied: unknown = await open(null, url).catch((error: unknown) => error);
  expect(denied).toMatchObject({ code: 'REDIS_DENIED' });
  await server.kill();
  const away: unknown = await open(null).catch((error: unknown) => error);
  expect(away).toMatchObject({ code: 'REDIS_UNREACHABLE' });
  for (const error of [denied, away])
    expect(`${error} ${inspect(error, { depth: 10 })}`).not.toMatch(/secret|never-to-be/u);
});

test('one process submits, another runs, a third cancels: the wish comes to where it runs', async () => {
  const [submitting, running, cancelling] = [await open(null), await open(workshop.services()), await open(null)];
  const jobs = submitting.workspace(workspace);
  workshop.shut('а');
  const { id } = await jobs.submit(couple);
  while ((await jobs.jobsById([id]))[0]?.state !== 'running') await setTimeout(10);
  expect(await cancelling.workspace(workspace).cancel(id)).toMatchObject({ cancelRequested: true });
  await setTimeout(200);
  workshop.release('а');
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'cancelled' });
  for (const queue of [submitting, running, cancelling]) await queue.close();
});

test('what is over leaves its record and nothing else, all below the prefix', async () => {
  const queue = await open(workshop.services());
  const jobs = queue.workspace(workspace);
  const { corpus } = couple.spec;
  const read = { spec: { kind: 'read', corpus, name: documentName('док') }, text: 'Он шёл. '.repeat(50_000) } as const;
  const { id } = await jobs.submit(read);
  await untilOver(jobs, id);
  await queue.close();
  const redis = new Redis(server.url);
  const keys = (await redis.keys('*')).toSorted();
  expect(keys.filter((key) => !key.startsWith(`${prefix}:`))).toEqual([]);
  const own = keys.map((key) => key.slice(prefix.length + 1)).filter((key) => !key.startsWith('turns:'));
  expect(own).toEqual([`job:${id}`, 'jobs:мастерская', 'over:мастерская', 'text-bytes', 'workspaces']);
  expect(await redis.get(`${prefix}:text-bytes`)).toBe('0');
  redis.disconnect();
});
