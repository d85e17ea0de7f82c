import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { corpusName } from '../../src/scene/name.ts';
import { openBullmqQueue } from '../../src/worker/bullmq/open-bullmq-queue.ts';
import { Workshop } from '../conformance/job-queue.ts';
import { openTestRedis, ownPrefix } from '../redis/redis-server.ts';
import { JOB_POLICY } from '../worker/job-policy.ts';
import { type RunningCli, STORIES, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-jobs-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of queries they have just written
type Answer = any;

const serve = async (data: string): Promise<{ readonly cli: RunningCli; readonly url: string }> => {
  const cli = startCli(['serve', '--port', '0', '--json'], { data });
  const { url } = JSON.parse(await cli.seen('stdout', '\n'));
  return { cli, url };
};

const ask = async (url: string, query: string, variables: object = {}): Promise<Answer> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  return data;
};

const START = 'mutation ($task: JobTask!) { startJob(input: { task: $task }) { job { id } } }';
const JOBS = 'query { jobs { nodes { id kind state attempts error { code } } } }';

test('a server killed in the middle of its jobs does them when it is started again, each once as seen in the graph', async () => {
  const [disturbed, calm] = [join(folder, 'disturbed'), join(folder, 'calm')];
  const name = 'рассказ';
  const text = await readFile(STORIES.ru, 'utf8');
  const corpus = 'сказки';
  const first = await serve(disturbed);
  await ask(first.url, START, { task: { read: { corpus, name, text } } });
  await ask(first.url, START, { task: { collapse: { corpus } } });
  await ask(first.url, START, { task: { export: { corpus, format: 'JSONL', licence: 'cc0-1.0' } } });
  const stateOfFirst = async (): Promise<string> => (await ask(first.url, JOBS)).jobs.nodes[2].state;
  while ((await stateOfFirst()) !== 'RUNNING') await setTimeout(10);
  await setTimeout(Math.random() * 300);
  first.cli.child.kill('SIGKILL');
  await first.cli.done;
  const damaged = join(disturbed, 'jobs', `${'0'.repeat(32)}.json`);
  await writeFile(damaged, '{"id":');
  const second = await serve(disturbed);
  const jobs = async (): Promise<Answer[]> => (await ask(second.url, JOBS)).jobs.nodes;
  while (!(await jobs()).every(({ state }) => state === 'SUCCEEDED')) await setTimeout(50);
  expect((await jobs()).map(({ kind, error }) => [kind, error])).toEqual([
    ['EXPORT', null],
    ['COLLAPSE', null],
    ['READ', null],
  ]);
  expect((await jobs())[2].attempts).toBeGreaterThanOrEqual(1);
  const { exports } = await ask(second.url, 'query { exports { nodes { files { path bytes sha256 url } } } }');
  const { files } = exports.nodes[0];
  for (const { url, bytes, sha256 } of files) {
    const came = new Uint8Array(await (await fetch(second.url + url)).arrayBuffer());
    expect([came.length, createHash('sha256').update(came).digest('hex')]).toEqual([bytes, sha256]);
  }
  second.cli.child.kill('SIGTERM');
  const { status, stderr } = await second.cli.done;
  expect(status).toBe(0);
  expect(stderr).toContain('a job cannot be read');
  expect(await readFile(damaged, 'utf8')).toBe('{"id":');
  const left = await readdir(join(disturbed, 'jobs'));
  expect(left.filter((file) => !file.endsWith('.json'))).toEqual([]);
  const out = ['--out', join(folder, 'export'), '--json'];
  const exported = ['export', '--corpus', corpus, '--format', 'jsonl', '--licence', 'cc0-1.0', ...out];
  const byHand: Answer = JSON.parse((await runHere(exported, { data: disturbed })).stdout);
  const told = byHand.files.map(({ path, bytes, sha256 }: Answer) => [path, bytes, sha256]);
  expect(files.map(({ path, bytes, sha256 }: Answer) => [path, bytes, sha256])).toEqual(told);
  const read = ['read', '-', '--name', name, '--corpus', corpus];
  expect(await runHere(read, { data: calm, stdin: text })).toMatchObject({ status: 0 });
  expect(await runHere(['collapse', '--corpus', corpus], { data: calm })).toMatchObject({ status: 0 });
  const dump = async (data: string): Promise<string> => (await runHere(['dump', '--corpus', corpus], { data })).stdout;
  const expected = await dump(calm);
  expect(expected.length).toBeGreaterThan(10_000);
  expect(await dump(disturbed)).toBe(expected);
});

test.each([
  [['work'], {}, /BAD_CONFIG.*REDIS_URL/u],
  [['work'], { REDIS_URL: 'redis://:geheim@127.0.0.1:1' }, /BAD_CONFIG.*HYPERSCENE_STORE=neo4j/u],
  [['jobs', 'list'], {}, /BAD_CONFIG.*REDIS_URL/u],
  [['jobs', 'list'], { REDIS_URL: 'redis://:geheim@127.0.0.1:1' }, /REDIS_UNREACHABLE.*127\.0\.0\.1:1/u],
  [['serve'], { HYPERSCENE_JOBS_SERVED: 'no' }, /BAD_CONFIG.*nobody/u],
  [['work'], { REDIS_URL: 'http://:geheim@127.0.0.1:1' }, /BAD_CONFIG: bad REDIS_URL/u],
])('%j with %j says what is wrong, and no password', async (args, env, message) => {
  const { status, stderr } = await runHere(args, { data: folder, env });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('geheim');
});

test('jobs in Redis are listed, shown, cancelled and retried from the command line', async () => {
  const [redis, prefix, workshop] = [await openTestRedis(), ownPrefix(), new Workshop()];
  const options = { redis: { url: redis.url, password: null }, prefix, policy: JOB_POLICY, lock: 1000 };
  const logger = { warn: () => undefined, error: () => undefined };
  const queue = await openBullmqQueue({ ...options, services: workshop.services(), logger });
  const env = {
    REDIS_URL: redis.url,
    HYPERSCENE_REDIS_PREFIX: prefix,
    HYPERSCENE_STORE: 'neo4j',
    HYPERSCENE_WORKSPACE: 'м',
  };
  const run = (...args: readonly string[]) => runHere(['jobs', ...args], { data: folder, env });
  try {
    const jobs = queue.workspace('м' as never);
    workshop.shut('книги');
    const spec = { kind: 'couple', corpus: corpusName('книги') } as const;
    const [running, waiting] = [await jobs.submit({ spec }), await jobs.submit({ spec })];
    const listed = await run('list', '--json');
    expect(
      listed.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([waiting.id, running.id]);
    expect((await run('cancel', waiting.id, '--json')).stdout).toContain('"state":"cancelled"');
    expect((await run('list', '--state', 'cancelled')).stdout).toContain(waiting.id);
    expect((await run('retry', waiting.id)).stdout).toContain('queued');
    expect((await run('show', running.id)).stdout).toMatch(/couple +книги +running/u);
    expect(await run('show', 'f'.repeat(32))).toMatchObject({ status: 66 });
    expect(await run('show', 'f')).toMatchObject({ status: 2 });
  } finally {
    workshop.releaseAll();
    await queue.close();
    await redis.stop();
  }
});
