import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HypersceneError } from '../../src/errors.ts';
import { exportCorpus } from '../../src/export/export-corpus.ts';
import type { FormatName } from '../../src/export/export-format.ts';
import { KeptExports, type KeptExportsPolicy } from '../../src/export/kept-exports.ts';
import { DEFAULT_SHARES } from '../../src/export/split.ts';
import { verifyExport } from '../../src/export/verify-export.ts';
import { openTextCounter } from '../../src/main.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { workspaceName } from '../../src/scene/name.ts';
import type { GraphDatabase, GraphStore, GraphView } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { exportOfJob } from '../../src/worker/export-of-job.ts';
import type { JobId, JobQueue, JobRequest, WorkspaceJobs } from '../../src/worker/job-queue.ts';
import { openLocalQueue } from '../../src/worker/local/open-local-queue.ts';
import type { FillJournals } from '../../src/worker/model/fill-journal.ts';
import { untilOver } from '../conformance/job-queue.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../conformance/prose.ts';
import { JOB_POLICY } from './job-policy.ts';

const WORKSPACE = workspaceName('вывоз / "работой"');
const OPTIONS = {
  labels: 'ru' as const,
  seed: 7,
  shares: DEFAULT_SHARES,
  licence: null,
  rowGroup: 500,
  statistics: 'none' as const,
};
const PRODUCT = { version: '0.0.0', store: 'memory' as const };
const logger = { warn: () => undefined, error: () => undefined };

let folder: string;
let place: string;
let places = 0;
let database: GraphDatabase;
let store: GraphStore;
let queue: JobQueue;
let jobs: WorkspaceJobs;
let exports: KeptExports;
/** Called before the second page of scenes of each reading is given. */
let atSecondPage: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-exports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** 1,600 scenes in two languages: two pages, the second of which begins within a document. */
beforeEach(async () => {
  place = join(folder, `${++places}`);
  database = openMemoryStore();
  store = database.workspace(WORKSPACE);
  for (const [lang, sentences] of [['ru', RUSSIAN] as const, ['en', ENGLISH] as const]) {
    const many = Array.from({ length: 20 }, () => sentences)
      .flat()
      .slice(0, 800);
    await write(store, { name: `рассказ ${lang}`, sentences: many, lang });
  }
  atSecondPage = async () => undefined;
  await open();
});
afterEach(async () => {
  await queue.close();
  await database.close();
});

/** The store, whose exports can be met in the middle. */
const watched = (): GraphStore => ({
  ...store,
  workspace: store.workspace,
  corpus: (name) => store.corpus(name),
  atOneRevision: (corpus, work) =>
    store.atOneRevision(corpus, (view, standing, state) => {
      const scenesInRanges: GraphView['scenesInRanges'] = async (ranges) => {
        if (ranges[0]?.from !== 0) await atSecondPage();
        return view.scenesInRanges(ranges);
      };
      const held = { scenesInRanges } as Partial<Record<string | symbol, unknown>>;
      return work(new Proxy(view, { get: (_, key) => held[key] ?? bound(view, key) }), standing, state);
    }),
});

const bound = (view: GraphView, key: string | symbol): unknown => {
  const value = Reflect.get(view, key) as unknown;
  return typeof value === 'function' ? value.bind(view) : value;
};

const open = async (policy: Partial<KeptExportsPolicy> = {}): Promise<void> => {
  const kept = { keptFor: 3_600_000, bytesMax: 2 ** 30, tokenizers: null, counter: openTextCounter, product: PRODUCT };
  exports = new KeptExports({ folder: join(place, 'exports'), ...kept, ...policy });
  queue = await openLocalQueue({
    folder: join(place, 'jobs'),
    policy: { ...JOB_POLICY, drain: 0 },
    services: {
      graph: watched,
      compute: openComputePool({ threadsMax: 1 }),
      reader: {} as Reader,
      fill: { model: () => Promise.reject(new Error('none')), journals: {} as FillJournals },
      tokenizer: () => Promise.reject(new Error('none')),
      couplingsPerScene: 16,
      exports,
    },
    logger,
  });
  jobs = queue.workspace(WORKSPACE);
};

const asked = (format: FormatName = 'jsonl'): JobRequest => ({
  spec: { kind: 'export', corpus: CORPUS, format, ...OPTIONS },
});

const keptOf = (id: JobId) => exports.workspace(WORKSPACE).find(exportOfJob(id));

const contents = async (out: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = files.sort().map(async (path) => [path.slice(out.length), await readFile(path, 'latin1')] as const);
  return Object.fromEntries(await Promise.all(read));
};

/** What an export that nobody disturbs writes. */
const undisturbed = async (format: FormatName): Promise<Readonly<Record<string, string>>> => {
  const out = join(place, `undisturbed ${format}`);
  await exportCorpus(store, { corpus: CORPUS, format, out, options: OPTIONS, resume: false, product: PRODUCT });
  return contents(out);
};

/** Resolves when an export is at its second page; the export waits there until it is released. */
const hold = (): { readonly reached: Promise<void>; readonly release: () => void } => {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  atSecondPage = async () => {
    reached.resolve();
    await released.promise;
  };
  return { reached: reached.promise, release: released.resolve };
};

const foldersLeft = async (): Promise<readonly string[]> => {
  const [workspace] = await readdir(join(place, 'exports'));
  return workspace === undefined ? [] : readdir(join(place, 'exports', workspace));
};

test('a job writes an export that verifies, tells how far it is, and what it wrote', async () => {
  const compute = openComputePool({ threadsMax: 1 });
  await coupleCorpus({ store, compute }, CORPUS, { couplingsMax: 2 });
  await compute.close();
  const progress: unknown[] = [];
  const { id } = await jobs.submit(asked());
  for await (const job of jobs.watch(id)) if (job.progress !== null) progress.push(job.progress);
  const job = await untilOver(jobs, id);
  expect(job).toMatchObject({ state: 'succeeded', error: null, result: { kind: 'export', id, scenes: 1600 } });
  expect(progress).toContainEqual(expect.objectContaining({ stage: 'exporting', subject: CORPUS, unit: 'scenes' }));
  const kept = await keptOf(id);
  expect(await verifyExport(kept?.folder ?? '')).toEqual({ manifest: kept?.manifest, besides: [] });
  expect(job.result).toMatchObject({ files: kept?.manifest.files });
  expect(await contents(kept?.folder ?? '')).toEqual(await undisturbed('jsonl'));
});

/** That each format goes on from its journal is tested beside them; these two keep the least and the most in it. */
test.each(['jsonl', 'parquet'] as const)(
  'an export as %s that its process left in the middle is gone on with by the next, to the same bytes',
  async (format) => {
    const expected = await undisturbed(format);
    const middle = hold();
    const { id } = await jobs.submit(asked(format));
    await middle.reached;
    const closing = queue.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    middle.release();
    await closing;
    expect(await keptOf(id)).toBeNull();
    expect(await exports.workspace(WORKSPACE).isBegun(exportOfJob(id))).toBe(true);
    atSecondPage = async () => undefined;
    await open();
    expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(await contents((await keptOf(id))?.folder ?? '')).toEqual(expected);
  },
);

test('killed when it was whole and had not said so, it stays as it is', async () => {
  const { id } = await jobs.submit(asked());
  await untilOver(jobs, id);
  const kept = await keptOf(id);
  const again = exports.workspace(WORKSPACE).write({
    id: exportOfJob(id),
    store: { ...store, atOneRevision: () => Promise.reject(new Error('it is read again')) },
    corpus: CORPUS,
    format: 'jsonl',
    options: OPTIONS,
  });
  expect(await again).toEqual(kept);
});

test('one that is cancelled is not there, and goes on when its job is retried', async () => {
  const middle = hold();
  const { id } = await jobs.submit(asked());
  await middle.reached;
  await jobs.cancel(id);
  middle.release();
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'cancelled', result: null });
  expect(await keptOf(id)).toBeNull();
  expect((await exports.workspace(WORKSPACE).page({ first: 10 })).items).toEqual([]);
  await jobs.retry(id);
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded' });
  expect(await contents((await keptOf(id))?.folder ?? '')).toEqual(await undisturbed('jsonl'));
});

test('a corpus that changed between two runs is exported anew, as it stands then', async () => {
  const middle = hold();
  const { id } = await jobs.submit(asked());
  await middle.reached;
  await jobs.cancel(id);
  middle.release();
  await untilOver(jobs, id);
  await write(store, { name: 'новый', sentences: ENGLISH.slice(0, 30), lang: 'en' });
  await jobs.retry(id);
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded', result: { scenes: 1630 } });
  expect(await contents((await keptOf(id))?.folder ?? '')).toEqual(await undisturbed('jsonl'));
});

test('what somebody did to the parts meanwhile does not come into the export', async () => {
  const middle = hold();
  const { id } = await jobs.submit(asked());
  await middle.reached;
  await jobs.cancel(id);
  middle.release();
  await untilOver(jobs, id);
  const [workspace = ''] = await readdir(join(place, 'exports'));
  await writeFile(join(place, 'exports', workspace, id, '.hyperscene-export.json'), '{"of":');
  await jobs.retry(id);
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded' });
  expect(await contents((await keptOf(id))?.folder ?? '')).toEqual(await undisturbed('jsonl'));
});

test('a corpus that is deleted midway is told, and nothing is left of its export', async () => {
  const middle = hold();
  const { id } = await jobs.submit(asked());
  await middle.reached;
  await store.deleteCorpus(CORPUS);
  middle.release();
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'failed', error: { code: 'CORPUS_NOT_FOUND' } });
  expect(await foldersLeft()).toEqual([]);
});

test('a store that is away for a moment is waited for with what was written; a full disk is cleared of it', async () => {
  let failure: HypersceneError | null = new HypersceneError('STORE_UNREACHABLE', 'away');
  atSecondPage = async () => {
    if (failure === null) return;
    const error = failure;
    failure = null;
    throw error;
  };
  const { id } = await jobs.submit(asked());
  expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded', attempts: 2 });
  expect(await contents((await keptOf(id))?.folder ?? '')).toEqual(await undisturbed('jsonl'));
  let met = 0;
  atSecondPage = async () => {
    met++;
    throw new HypersceneError('DISK_FULL', 'no space is left for the export', { at: join(place, 'exports', 'x') });
  };
  const full = await jobs.submit(asked());
  const { state, error } = await untilOver(jobs, full.id);
  expect([state, error?.code, met]).toEqual(['failed', 'DISK_FULL', JOB_POLICY.attemptsMax]);
  expect(error?.message).not.toContain(folder);
  expect(await exports.workspace(WORKSPACE).isBegun(exportOfJob(full.id))).toBe(false);
  expect(await foldersLeft()).toEqual([id]);
});

test('what would take more bytes than exports may fails, names the limit, and leaves nothing', async () => {
  const { id } = await jobs.submit(asked());
  await untilOver(jobs, id);
  const bytes = (await keptOf(id))?.manifest.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
  await queue.close();
  await open({ bytesMax: Math.floor(bytes * 1.5) });
  const second = await jobs.submit(asked());
  const { state, error } = await untilOver(jobs, second.id);
  expect([state, error?.code]).toEqual(['failed', 'EXPORTS_FULL']);
  expect(error?.message).toContain(`${Math.floor(bytes * 1.5)} bytes at most`);
  expect(await foldersLeft()).toEqual([id]);
  expect(await exports.workspace(WORKSPACE).remove(exportOfJob(id))).toBe(true);
  await jobs.retry(second.id);
  expect(await untilOver(jobs, second.id)).toMatchObject({ state: 'succeeded' });
});

test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
  [
    'shares that do not make 1',
    { shares: { train: 0.5, validation: 0.1, test: 0.1 } },
    /make 1; came 0\.5, 0\.1, 0\.1/u,
  ],
  ['a share below 0', { shares: { train: 1.5, validation: -0.5, test: 0 } }, /0 to 1/u],
  ['a row group of nothing', { rowGroup: 0 }, /1 to 50000; came 0/u],
  ['a licence of two lines', { licence: 'cc0\n---' }, /bad licence/u],
  ['a rung of lines of JSON', { rung: 'text' }, /it for the format bin; came it for jsonl/u],
  [
    'a tokenizer of lines of JSON that count no tokens',
    { tokenizer: 'gpt2', statistics: 'codes' },
    /tokenizer or bin, or statistics of tokens; came it for jsonl/u,
  ],
  ['no tokenizer to extend', { format: 'tokenizer' }, /one for this format; came none/u],
  ['a tokenizer above the folder', { format: 'bin', tokenizer: '../secret' }, /bad tokenizer/u],
  ['a tokenizer by its path', { format: 'bin', tokenizer: '/etc/model' }, /bad tokenizer/u],
])('%s is refused when it is submitted', async (_, options, message) => {
  const { spec } = asked();
  const refused = jobs.submit({ spec: { ...spec, ...options } as JobRequest['spec'] });
  await expect(refused).rejects.toThrow(message);
  await expect(jobs.submit({ spec: { ...spec, ...options } as JobRequest['spec'] })).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
  });
});

test('a folder that cannot be written to is told without its path', async () => {
  await queue.close();
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'file'), '');
  await open({ folder: join(place, 'file', 'exports') });
  const { error } = await untilOver(jobs, (await jobs.submit(asked())).id);
  expect(error).toMatchObject({ code: 'UNWRITABLE_FILE', message: expect.stringContaining('ENOTDIR') });
  expect(error?.message).not.toContain(folder);
});

test('the newest come first, in pages, and those of other workspaces do not', async () => {
  const ids: JobId[] = [];
  for (let i = 0; i < 3; i++) {
    const { id } = await jobs.submit(asked('csv'));
    await untilOver(jobs, id);
    ids.unshift(id);
  }
  const own = exports.workspace(WORKSPACE);
  const first = await own.page({ first: 2 });
  expect(first.items.map(({ item }) => item.id)).toEqual(ids.slice(0, 2));
  expect(first.hasNextPage).toBe(true);
  const rest = await own.page({ first: 2, after: first.items.at(-1)?.cursor });
  expect([rest.items.map(({ item }) => item.id), rest.hasNextPage]).toEqual([ids.slice(2), false]);
  const others = exports.workspace(workspaceName('другое'));
  expect((await others.page({ first: 2 })).items).toEqual([]);
  expect(await others.find(exportOfJob(ids[0] as JobId))).toBeNull();
  expect(await others.remove(exportOfJob(ids[0] as JobId))).toBe(false);
  await expect(own.page({ first: 2, after: 'ы' })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  await expect(own.page({ first: 0 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

test('what is over goes: whole after its time, what was cut off after a day, what was being deleted at once', async () => {
  const own = exports.workspace(WORKSPACE);
  const { id } = await jobs.submit(asked('csv'));
  await untilOver(jobs, id);
  const kept = await keptOf(id);
  const [workspace = ''] = await readdir(join(place, 'exports'));
  const at = (name: string): string => join(place, 'exports', workspace, name);
  const [old, fresh] = ['0'.repeat(32), '1'.repeat(32)];
  for (const name of [old, fresh, `${'2'.repeat(32)}.gone`, 'notes']) await mkdir(at(name), { recursive: true });
  const yesterday = (Date.now() - 86_400_000 - 1000) / 1000;
  await utimes(at(old), yesterday, yesterday);
  const left = async () => (await foldersLeft()).toSorted();
  await exports.tidy(Date.now());
  expect(await left()).toEqual([fresh, id, 'notes'].toSorted());
  await exports.tidy((kept?.expiresAt ?? 0) + 1);
  expect(await left()).toEqual([fresh, 'notes']);
  expect(await own.find(exportOfJob(id))).toBeNull();
});

test('what has expired is not given out, though it has not been deleted yet', async () => {
  const { id } = await jobs.submit(asked('csv'));
  await untilOver(jobs, id);
  const kept = await keptOf(id);
  const past = (Date.now() - 3_700_000) / 1000;
  await utimes(join(kept?.folder ?? '', 'manifest.json'), past, past);
  expect(await keptOf(id)).toBeNull();
  expect(await exports.workspace(WORKSPACE).isBegun(exportOfJob(id))).toBe(false);
});
