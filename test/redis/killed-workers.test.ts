import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { productVersion } from '../../src/config.ts';
import { exportCorpus } from '../../src/export/export-corpus.ts';
import { KeptExports } from '../../src/export/kept-exports.ts';
import { MANIFEST } from '../../src/export/manifest.ts';
import { DEFAULT_SHARES } from '../../src/export/split.ts';
import { verifyExport } from '../../src/export/verify-export.ts';
import { openTextCounter } from '../../src/main.ts';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import { openReader } from '../../src/reading/read-document.ts';
import { type CorpusName, corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { dumpCorpus } from '../../src/store/canonical-dump.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openBullmqQueue } from '../../src/worker/bullmq/open-bullmq-queue.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { exportOfJob } from '../../src/worker/export-of-job.ts';
import { runSpec } from '../../src/worker/job-kinds.ts';
import type { JobId, JobQueue, JobRecord, JobRequest, WorkspaceJobs } from '../../src/worker/job-queue.ts';
import type { FillJournals } from '../../src/worker/model/fill-journal.ts';
import { STORIES } from '../cli/run-cli.ts';
import { SEED, seeded } from '../crash/random.ts';
import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { sharedServer } from '../neo4j/shared-server.ts';
import { JOB_POLICY } from '../worker/job-policy.ts';
import { openTestRedis, ownPrefix, type RedisServer } from './redis-server.ts';
import { WorkerProcesses } from './worker-processes.ts';

const WORKERS = 2;
const KILLS = 4;
const logger = { warn: () => undefined, error: () => undefined };
const policy = { ...JOB_POLICY, backoff: 100, backoffMax: 1000, attemptsMax: 20 };
const texts = { ru: await readFile(STORIES.ru, 'utf8'), en: await readFile(STORIES.en, 'utf8') };

/** What is to be done in a corpus, in this order: what comes later builds on what came before. */
const requestsOf = (lang: 'ru' | 'en', corpus: CorpusName): readonly JobRequest[] => {
  const read = (name: string, text: string): JobRequest => ({
    spec: { kind: 'read', corpus, name: documentName(name), lang },
    text,
  });
  const text = texts[lang];
  return [
    read('целиком', text),
    { spec: { kind: 'collapse', corpus } },
    read('половина', text.slice(0, text.length / 2)),
    // Without its first paragraph: the other scenes stay.
    read('целиком', text.slice(text.indexOf('\n\n') + 2)),
    { spec: { kind: 'recouple', corpus } },
    { spec: { kind: 'collapse', corpus } },
  ];
};

const EXPORT = {
  labels: 'ru',
  seed: 0,
  shares: DEFAULT_SHARES,
  licence: null,
  rowGroup: 10_000,
  statistics: 'sample',
} as const;
const exportOf = (corpus: CorpusName): JobRequest => ({ spec: { kind: 'export', corpus, format: 'jsonl', ...EXPORT } });

const CORPORA = [
  ['ru', corpusName('сказки')],
  ['en', corpusName('tales')],
] as const;

let redis: Pick<RedisServer, 'url' | 'stop'>;
let database: GraphDatabase;
let queue: JobQueue;
let jobs: WorkspaceJobs;
let workers: WorkerProcesses;
/** Of exports, for all workers. */
let folder: string;
const workspace = workspaceName(`workers ${randomBytes(4).toString('hex')}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-exports-'));
  const neo4j = await sharedServer();
  database = await openSharedNeo4jStore();
  redis = await openTestRedis();
  const prefix = ownPrefix();
  const address = { url: redis.url, password: null };
  queue = await openBullmqQueue({ redis: address, prefix, policy, lock: 1000, services: null, logger });
  jobs = queue.workspace(workspace);
  const env = {
    HYPERSCENE_JOBS_ATTEMPTS: '20',
    HYPERSCENE_JOBS_BACKOFF: '100',
    HYPERSCENE_JOBS_DRAIN: '60',
    HYPERSCENE_EXPORTS: folder,
  };
  workers = new WorkerProcesses({ neo4j, redisUrl: redis.url, prefix, env });
});

afterAll(async () => {
  await workers.stop();
  await queue.close();
  await database.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

const all = async (): Promise<readonly JobRecord[]> =>
  (await jobs.jobs({}, { first: 100 })).items.map(({ item }) => item);

const dump = async (store: GraphStore, corpus: CorpusName): Promise<readonly string[]> =>
  Array.fromAsync(dumpCorpus(store, corpus, { numbers: false }));

const keptExports = (): KeptExports =>
  new KeptExports({
    folder,
    keptFor: 3_600_000,
    bytesMax: 2 ** 30,
    tokenizers: null,
    counter: openTextCounter,
    product: { version: productVersion(), store: 'neo4j' },
  });

/** The same without a queue, and without any disturbance. */
const undisturbed = async (): Promise<GraphStore> => {
  const store = openMemoryStore().workspace(workspace);
  const [exportId, exports] = [exportOfJob('0'.repeat(32) as JobId), keptExports().workspace(workspace)];
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  for (const [lang, corpus] of CORPORA)
    for (const { spec, text } of requestsOf(lang, corpus)) {
      const source = text === undefined ? null : { text };
      const context = {
        store,
        reader,
        compute,
        fill: {
          client: 'test',
          workspace: 'test',
          model: () => Promise.reject(new Error('none')),
          journals: {} as FillJournals,
        },
        tokenizer: openO200k,
        couplingsMax: 16,
        source,
        resumed: false,
        exportId,
        exports,
      };
      await runSpec(context, spec);
    }
  await reader.close();
  await compute.close();
  return store;
};

test(`workers killed at random moments lose nothing and do nothing twice (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  const submitted: JobRecord[] = [];
  for (const [lang, corpus] of CORPORA)
    for (const request of [...requestsOf(lang, corpus), exportOf(corpus)]) submitted.push(await jobs.submit(request));
  for (let i = 0; i < WORKERS; i++) await workers.start();
  while (!(await all()).every(({ state }) => state === 'succeeded')) {
    const busy = (await all()).some(({ state }) => state === 'running');
    expect((await all()).filter(({ state }) => state === 'failed')).toEqual([]);
    if (busy && workers.killed < KILLS) {
      await setTimeout(random() * 1200);
      await workers.kill(Math.floor(random() * WORKERS));
      await workers.start();
    } else await setTimeout(100);
  }
  const over = (await all()).toReversed();
  expect(over.map(({ id }) => id)).toEqual(submitted.map(({ id }) => id));
  expect(workers.killed).toBe(KILLS);
  // Else no kill met anybody at work, and the test has shown nothing.
  expect(over.reduce((sum, { attempts }) => sum + attempts, 0)).toBeGreaterThan(over.length);
  const [expected, store] = [await undisturbed(), database.workspace(workspace)];
  for (const [, corpus] of CORPORA) expect(await dump(store, corpus)).toEqual(await dump(expected, corpus));
  for (const { id, spec } of over) {
    if (spec.kind !== 'export') continue;
    const kept = await keptExports().workspace(workspace).find(exportOfJob(id));
    expect(await verifyExport(kept?.folder ?? '')).toMatchObject({ besides: [] });
    const { corpus, format } = spec;
    const [out, product] = [join(folder, id), { version: productVersion(), store: 'neo4j' as const }];
    const counter = openTextCounter();
    await exportCorpus(store, { corpus, format, out, options: EXPORT, counter, resume: false, product });
    await counter.close();
    expect(kept?.manifest).toEqual(JSON.parse(await readFile(join(out, MANIFEST), 'utf8')));
  }
});

test('a worker that is asked to stop ends what it has begun, and takes no more', async () => {
  await workers.stop();
  const corpus = corpusName('последний');
  const [first, second] = [
    await jobs.submit({ spec: { kind: 'read', corpus, name: documentName('а') }, text: texts.en }),
    await jobs.submit({ spec: { kind: 'collapse', corpus } }),
  ];
  const worker = await workers.start();
  while ((await jobs.jobsById([first.id]))[0]?.state !== 'running') await setTimeout(20);
  worker.child.kill('SIGTERM');
  expect(await worker.done).toMatchObject({ status: 0, signal: null });
  const [done, waiting] = await jobs.jobsById([first.id, second.id]);
  expect(done).toMatchObject({ state: 'succeeded', attempts: 1 });
  expect(waiting).toMatchObject({ state: 'queued', attempts: 0 });
});
