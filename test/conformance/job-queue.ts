import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { HypersceneError } from '../../src/errors.ts';
import { KeptExports } from '../../src/export/kept-exports.ts';
import { openTextCounter } from '../../src/main.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName, type WorkspaceName, workspaceName } from '../../src/scene/name.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import type { JobId, JobQueue, JobRecord, JobRequest, QueuePolicy, WorkspaceJobs } from '../../src/worker/job-queue.ts';
import type { JobServices } from '../../src/worker/job-runner.ts';
import type { FillJournals } from '../../src/worker/model/fill-journal.ts';
import { JOB_POLICY } from '../worker/job-policy.ts';

/** One kind of queue. */
export interface QueueAdapter {
  readonly kind: string;
  /** @param place what is opened on the same place again finds what is there; two may be open at once only where it says so */
  open(place: string, services: JobServices, policy: QueuePolicy): Promise<OpenQueue>;
  /** A place where nothing is. */
  newPlace(): Promise<string>;
  close(): Promise<void>;
}

export interface OpenQueue {
  readonly queue: JobQueue;
  /** What would be left if its process were killed now: it does nothing any more and has not closed. */
  crash(): Promise<void>;
}

/**
 * Work whose end the test decides, in place of a graph: what is tested is the queue. The whole is tested with real stores in
 * `test/worker/local` and `test/redis`.
 */
export class Workshop {
  /** Corpora in the order in which work on them was begun. */
  readonly begun: string[] = [];
  readonly done: string[] = [];
  /** How many are at work in a corpus: more than one would be a fault. */
  readonly #busy = new Map<string, number>();
  mostAtOnce = 0;
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  /** Errors that the next attempts in a corpus end with. */
  readonly failures = new Map<string, HypersceneError[]>();
  readonly texts: string[] = [];

  /** Holds work in a corpus until it is opened. */
  shut(corpus: string): void {
    this.#gates.set(corpus, Promise.withResolvers());
  }

  release(corpus: string): void {
    this.#gates.get(corpus)?.resolve();
    this.#gates.delete(corpus);
  }

  releaseAll(): void {
    for (const corpus of [...this.#gates.keys()]) this.release(corpus);
  }

  async #work(workspace: string, corpus: string): Promise<void> {
    const place = `${workspace}/${corpus}`;
    this.begun.push(corpus);
    this.#busy.set(place, (this.#busy.get(place) ?? 0) + 1);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#busy.get(place) ?? 0);
    try {
      await this.#gates.get(corpus)?.promise;
      const failure = this.failures.get(corpus)?.shift();
      if (failure !== undefined) throw failure;
      this.done.push(corpus);
    } finally {
      this.#busy.set(place, (this.#busy.get(place) ?? 0) - 1);
    }
  }

  services(): JobServices {
    const graph = (workspace: WorkspaceName) => {
      // Each run is given a store of its own, and asks it for the corpus first: the work is done in there.
      let working: Promise<void> | undefined;
      return {
        workspace,
        corpus: async (name: string) => {
          working ??= this.#work(workspace, name);
          await working;
          return { name, scenes: 0, uncoupled: 0, revision: 1 };
        },
        uncoupledScenes: async () => [],
        documentsById: async () => [],
        writeDocument: async () => ({ ...WRITTEN }),
      } as unknown as GraphStore;
    };
    const reader = { read: (source: { path?: string; stream?: AsyncIterable<Uint8Array> }) => this.#read(source) };
    return {
      graph,
      reader: reader as unknown as Reader,
      compute: {} as ComputePool,
      fill: { model: () => Promise.reject(new Error('none')), journals: {} as FillJournals },
      tokenizer: () => Promise.reject(new Error('none')),
      couplingsPerScene: 16,
      exports: new KeptExports(NO_EXPORTS),
    };
  }

  async #read({ path, stream }: { path?: string; stream?: AsyncIterable<Uint8Array> }) {
    const { readFile } = await import('node:fs/promises');
    const bytes = path === undefined ? Buffer.concat(await Array.fromAsync(stream ?? [])) : await readFile(path);
    this.texts.push(bytes.toString('utf8'));
    return { lang: 'ru', sha256: '', bytes: bytes.length, parts: () => [], dispose: async () => undefined };
  }
}

/** No kind of job that the suite runs exports. */
const NO_EXPORTS = {
  folder: '/nowhere',
  keptFor: 0,
  bytesMax: 0,
  tokenizers: null,
  counter: openTextCounter,
  product: { version: '0.0.0', store: 'memory' as const },
};

const WRITTEN = {
  document: '0'.repeat(32),
  version: 1,
  unchanged: false,
  scenesAdded: 3,
  scenesKept: 0,
  scenesDeleted: 0,
  viewsDeleted: [],
};

const couple = (corpus: string): JobRequest => ({ spec: { kind: 'couple', corpus: corpusName(corpus) } });

const read = (corpus: string, text: string): JobRequest => ({
  spec: { kind: 'read', corpus: corpusName(corpus), name: documentName('док') },
  text,
});

const conflict = (): HypersceneError => new HypersceneError('STORE_CONFLICT', 'someone was quicker');

/** ms; a very busy machine. */
const PATIENCE = 250_000;

export const untilOver = async (jobs: WorkspaceJobs, id: JobId): Promise<JobRecord> => {
  let last: JobRecord | null = null;
  for await (const job of jobs.watch(id, AbortSignal.timeout(PATIENCE))) last = job;
  if (last === null || last.state === 'queued' || last.state === 'running')
    throw new Error(`the job did not end: ${JSON.stringify(last)}`);
  return last;
};

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + PATIENCE; !(await what()); await setTimeout(5))
    if (Date.now() > end) throw new Error('it did not come to pass');
};

/** What every queue does. */
export const describeJobQueue = (adapter: QueueAdapter): void => {
  let workshop: Workshop;
  let place: string;
  let open: OpenQueue;
  let jobs: WorkspaceJobs;
  const workspace = workspaceName('мастерская');

  const start = async (policy: Partial<QueuePolicy> = {}): Promise<void> => {
    open = await adapter.open(place, workshop.services(), { ...JOB_POLICY, ...policy });
    jobs = open.queue.workspace(workspace);
  };

  beforeEach(async () => {
    workshop = new Workshop();
    place = await adapter.newPlace();
    await start();
  });

  afterEach(async () => {
    workshop.releaseAll();
    await open.queue.close();
  });

  afterAll(() => adapter.close());

  const stateOf = async (id: JobId) => (await jobs.jobsById([id]))[0]?.state;
  const all = async () => (await jobs.jobs({}, { first: 100 })).items.map(({ item }) => item);

  test('a job runs, and is remembered with what came of it', async () => {
    const job = await jobs.submit(couple('а'));
    expect(job).toMatchObject({ state: 'queued', attempts: 0, spec: { kind: 'couple', corpus: 'а' }, textBytes: null });
    const over = await untilOver(jobs, job.id);
    const result = { kind: 'couple', scenes: 0, added: 0, removed: 0 };
    expect(over).toMatchObject({ id: job.id, state: 'succeeded', attempts: 1, result, error: null });
    expect(over.startedAt).toBeGreaterThanOrEqual(over.createdAt);
    expect(over.finishedAt).toBeGreaterThanOrEqual(over.startedAt ?? 0);
    expect(await jobs.jobsById([job.id, 'f'.repeat(32) as JobId])).toEqual([over, null]);
    expect(workshop.done).toEqual(['а']);
  });

  test('what is open and what is over is counted, of all workspaces', async () => {
    expect(await open.queue.counts()).toEqual({ open: 0, over: 0 });
    workshop.shut('а');
    const [first] = [await jobs.submit(couple('а')), await jobs.submit(couple('а'))];
    const other = open.queue.workspace(workspaceName('другая'));
    await untilOver(other, (await other.submit(couple('б'))).id);
    expect(await open.queue.counts()).toEqual({ open: 2, over: 1 });
    await jobs.cancel(first.id);
    workshop.releaseAll();
    await until(async () => (await open.queue.counts()).open === 0);
    expect(await open.queue.counts()).toEqual({ open: 0, over: 3 });
  });

  test('a text comes to the job whole, however long, and not with what is told of the job', async () => {
    const texts = ['Он шёл. ', 'She went. ', '\u{1F600}'.repeat(200_000)];
    for (const text of texts) {
      const job = await jobs.submit(read('а', text));
      expect(job.textBytes).toBe(Buffer.byteLength(text));
      expect(JSON.stringify(job).length).toBeLessThan(1500);
      expect(await untilOver(jobs, job.id)).toMatchObject({ state: 'succeeded', result: { scenesAdded: 3 } });
    }
    expect(workshop.texts.map((text) => text.length)).toEqual(texts.map((text) => text.length));
    expect(workshop.texts).toEqual(texts);
  });

  test.each([
    ['DOCUMENT_TOO_LARGE', 'а'.repeat(2 ** 19 + 1)],
    ['EMPTY_DOCUMENT', ''],
    ['LONE_SURROGATE', 'Он \ud800 шёл.'],
  ])('%s is said at once', async (code, text) => {
    await expect(jobs.submit(read('а', text))).rejects.toMatchObject({ code });
    expect(await all()).toEqual([]);
  });

  test('a text where none is wanted is refused, and none where one is', async () => {
    await expect(jobs.submit({ ...couple('а'), text: 'да' })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    const { spec } = read('а', '');
    await expect(jobs.submit({ spec })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('jobs of one corpus run one after another in their order, those of others beside them', async () => {
    workshop.shut('а');
    const [first, second, other] = [
      await jobs.submit(couple('а')),
      await jobs.submit(couple('а')),
      await jobs.submit(couple('б')),
    ];
    expect(await untilOver(jobs, other.id)).toMatchObject({ state: 'succeeded' });
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['running', 'queued']);
    workshop.release('а');
    await untilOver(jobs, second.id);
    expect(await stateOf(first.id)).toBe('succeeded');
    expect(workshop.begun.toSorted()).toEqual(['а', 'а', 'б']);
    expect(workshop.mostAtOnce).toBe(1);
  });

  test('an error that may pass is tried again, others are not', async () => {
    workshop.failures.set('а', [conflict(), conflict()]);
    workshop.failures.set('б', [new HypersceneError('CORPUS_NOT_FOUND', 'нет')]);
    const [passing, final] = [await jobs.submit(couple('а')), await jobs.submit(couple('б'))];
    expect(await untilOver(jobs, passing.id)).toMatchObject({ state: 'succeeded', attempts: 3, error: null });
    const error = { code: 'CORPUS_NOT_FOUND', message: 'нет', retriable: false };
    expect(await untilOver(jobs, final.id)).toMatchObject({ state: 'failed', attempts: 1, error });
  });

  test('what does not pass is given up after as many attempts as are set, and the next of its corpus runs', async () => {
    workshop.failures.set('а', Array.from({ length: JOB_POLICY.attemptsMax }, conflict));
    const [failing, next] = [await jobs.submit(couple('а')), await jobs.submit(couple('а'))];
    const error = { code: 'STORE_CONFLICT', retriable: true };
    expect(await untilOver(jobs, failing.id)).toMatchObject({ state: 'failed', attempts: 4, error });
    expect(await untilOver(jobs, next.id)).toMatchObject({ state: 'succeeded' });
  });

  test("the program's own faults are not told to those who ask", async () => {
    workshop.failures.set('а', [new HypersceneError('STORE_FAILED', 'at /secret/place')]);
    const { id } = await jobs.submit(couple('а'));
    const { error } = await untilOver(jobs, id);
    expect(error).toMatchObject({ code: 'STORE_FAILED', retriable: false });
    expect(error?.message).not.toContain('secret');
  });

  test('a job that waits is cancelled at once and never begun', async () => {
    workshop.shut('а');
    const [first, second, third] = [
      await jobs.submit(couple('а')),
      await jobs.submit(couple('а')),
      await jobs.submit(couple('а')),
    ];
    expect(await jobs.cancel(second.id)).toMatchObject({ state: 'cancelled', attempts: 0 });
    workshop.release('а');
    await untilOver(jobs, third.id);
    expect(await stateOf(first.id)).toBe('succeeded');
    expect(workshop.done).toEqual(['а', 'а']);
  });

  test('a job that runs is stopped where it can be, and the next of its corpus runs', async () => {
    workshop.shut('а');
    const [first, next] = [await jobs.submit(couple('а')), await jobs.submit(couple('а'))];
    await until(() => workshop.begun.length > 0);
    expect(await jobs.cancel(first.id)).toMatchObject({ state: 'running', cancelRequested: true });
    // The wish has to reach who runs it before the work ends by itself.
    await setTimeout(200);
    workshop.release('а');
    expect(await untilOver(jobs, first.id)).toMatchObject({ state: 'cancelled', cancelRequested: false, result: null });
    expect(await untilOver(jobs, next.id)).toMatchObject({ state: 'succeeded' });
  });

  test('what is over stays as it is when it is cancelled', async () => {
    const { id } = await jobs.submit(couple('а'));
    const over = await untilOver(jobs, id);
    expect(await jobs.cancel(id)).toEqual(over);
  });

  test('a job that failed or was cancelled is done again by hand, with its text', async () => {
    workshop.failures.set('а', [new HypersceneError('STORE_DENIED', 'нет')]);
    const { id } = await jobs.submit(read('а', 'Он шёл.'));
    expect(await untilOver(jobs, id)).toMatchObject({ state: 'failed' });
    workshop.shut('а');
    expect(await jobs.retry(id)).toMatchObject({ state: 'queued', attempts: 0, error: null, finishedAt: null });
    await until(async () => (await stateOf(id)) === 'running');
    await jobs.cancel(id);
    await setTimeout(200);
    workshop.release('а');
    expect(await untilOver(jobs, id)).toMatchObject({ state: 'cancelled' });
    await jobs.retry(id);
    expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect(new Set(workshop.texts)).toEqual(new Set(['Он шёл.']));
    await expect(jobs.retry(id)).rejects.toMatchObject({ code: 'JOB_NOT_OVER' });
  });

  test('the same under the same key is one job; another workspace has keys of its own', async () => {
    const request = { ...read('а', 'Он шёл.'), key: 'ключ' };
    const [one, same] = await Promise.all([jobs.submit(request), jobs.submit(request)]);
    expect(same.id).toBe(one.id);
    await untilOver(jobs, one.id);
    expect((await jobs.submit(request)).id).toBe(one.id);
    for (const other of [
      { ...request, text: 'Он шёл!' },
      { ...request, ...couple('а'), text: undefined },
    ])
      await expect(jobs.submit(other)).rejects.toMatchObject({ code: 'JOB_KEY_TAKEN' });
    const others = open.queue.workspace(workspaceName('другая'));
    expect((await others.submit({ ...request, text: 'Он шёл!' })).id).not.toBe(one.id);
    expect(await all()).toHaveLength(1);
  });

  test('another workspace neither sees nor touches a job', async () => {
    workshop.shut('а');
    const { id } = await jobs.submit(couple('а'));
    const others = open.queue.workspace(workspaceName('мастерская2'));
    expect(await others.jobsById([id])).toEqual([null]);
    expect((await others.jobs({}, { first: 10 })).items).toEqual([]);
    const notFound = { code: 'JOB_NOT_FOUND' };
    await expect(others.cancel(id)).rejects.toMatchObject(notFound);
    await expect(others.retry(id)).rejects.toMatchObject(notFound);
    await expect(others.watch(id).next()).rejects.toMatchObject(notFound);
    workshop.release('а');
    expect(await untilOver(jobs, id)).toMatchObject({ state: 'succeeded' });
  });

  test('a list is paged newest first, by state and kind, without gap or double while jobs come', async () => {
    const ids: JobId[] = [];
    for (let i = 0; i < 7; i++) ids.push((await jobs.submit(i % 3 === 2 ? read('а', 'т') : couple('а'))).id);
    for (const id of ids) await untilOver(jobs, id);
    const found: JobId[] = [];
    let after: string | undefined;
    do {
      const page = await jobs.jobs({ kinds: ['couple'], states: ['succeeded', 'failed'] }, { first: 2, after });
      found.push(...page.items.map(({ item }) => item.id));
      after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined;
      await jobs.submit(couple('б'));
    } while (after !== undefined);
    expect(found).toEqual(ids.filter((_, i) => i % 3 !== 2).toReversed());
    expect((await jobs.jobs({ states: ['cancelled'] }, { first: 5 })).items).toEqual([]);
    for (const cursor of ['', 'ы', Buffer.from('job:1').toString('base64url')])
      await expect(jobs.jobs({}, { first: 1, after: cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    await expect(jobs.jobs({}, { first: 0 })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('a watch tells the job as it stands, then its changes, and ends with it or with its signal', async () => {
    workshop.shut('а');
    const { id } = await jobs.submit(couple('а'));
    const stop = new AbortController();
    const stopped = jobs.watch(id, stop.signal);
    expect((await stopped.next()).value).toMatchObject({ id });
    const states: string[] = [];
    const watching = (async () => {
      for await (const { state } of jobs.watch(id)) states.push(state);
    })();
    await until(() => states.includes('running'));
    stop.abort();
    for await (const _ of stopped);
    workshop.release('а');
    await watching;
    expect(states.at(-1)).toBe('succeeded');
    expect(['queued', 'running']).toContain(states[0]);
    expect(await Array.fromAsync(jobs.watch(id))).toMatchObject([{ state: 'succeeded' }]);
  });

  test('what is over is forgotten beyond the number that is kept, the oldest first, keys with it', async () => {
    await open.queue.close();
    await start({ keptMax: 2 });
    const request = { ...couple('а'), key: 'ключ' };
    const first = await jobs.submit(request);
    await untilOver(jobs, first.id);
    for (const corpus of ['б', 'в']) await untilOver(jobs, (await jobs.submit(couple(corpus))).id);
    await until(async () => (await all()).length === 2);
    expect((await all()).map(({ spec }) => spec.corpus)).toEqual(['в', 'б']);
    expect((await jobs.submit(request)).id).not.toBe(first.id);
  });

  test('more than may wait is refused, and neither jobs nor texts of it are kept', async () => {
    await open.queue.close();
    await start({ waitingMax: 2, textsBytesMax: 20 });
    workshop.shut('а');
    const full = { code: 'QUEUE_FULL' };
    const { id } = await jobs.submit(read('а', 'двадцать б'));
    await expect(jobs.submit(read('а', 'д'))).rejects.toMatchObject(full);
    await jobs.submit(couple('а'));
    await expect(jobs.submit(couple('а'))).rejects.toMatchObject(full);
    await expect(open.queue.workspace(workspaceName('другая')).submit(couple('б'))).resolves.toBeDefined();
    workshop.release('а');
    await untilOver(jobs, id);
    await until(async () => (await all()).every(({ state }) => state === 'succeeded'));
    await untilOver(jobs, (await jobs.submit(read('а', 'ещё десять'))).id);
  });

  test('closed in the middle it leaves what runs and waits to the next process', async () => {
    await open.queue.close();
    await start({ drain: 0 });
    workshop.shut('а');
    const [first, second] = [await jobs.submit(read('а', 'Он шёл.')), await jobs.submit(couple('а'))];
    await until(() => workshop.begun.length > 0);
    const closing = open.queue.close();
    await setTimeout(50);
    workshop.release('а');
    await closing;
    await expect(jobs.submit(couple('б'))).rejects.toMatchObject({
      code: expect.stringMatching(/QUEUE_CLOSED|REDIS/u),
    });
    await start();
    expect(await untilOver(jobs, second.id)).toMatchObject({ state: 'succeeded' });
    expect(await stateOf(first.id)).toBe('succeeded');
  });

  test('jobs under way get their time to end when it closes', async () => {
    workshop.shut('а');
    const { id } = await jobs.submit(couple('а'));
    await until(() => workshop.begun.length > 0);
    const closing = open.queue.close();
    await setTimeout(50);
    workshop.release('а');
    await closing;
    await start();
    expect(await stateOf(id)).toBe('succeeded');
    expect(workshop.begun).toEqual(['а']);
  });

  test('whatever is submitted, cancelled, retried and crashed in between, each job ends once, in order, one at a time', async () => {
    const action = fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: fc.constant('submit' as const), corpus: fc.constantFrom('а', 'б') }) },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'retry' as const), which: fc.nat(9) }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), corpus: fc.constantFrom('а', 'б') }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'close' as const) }) },
    );
    const history = fc.asyncProperty(fc.array(action, { maxLength: 14 }), async (actions) => {
      await open.queue.close();
      workshop = new Workshop();
      place = await adapter.newPlace();
      await start();
      const ids: JobId[] = [];
      for (const each of actions) {
        if (each.do === 'submit') ids.push((await jobs.submit(couple(each.corpus))).id);
        else if (each.do === 'fail') workshop.failures.set(each.corpus, [conflict()]);
        else if (each.do === 'crash' || each.do === 'close') {
          await (each.do === 'crash' ? open.crash() : open.queue.close());
          await start();
        } else if ('which' in each) {
          const id = ids[each.which];
          if (id === undefined) continue;
          if (each.do === 'cancel') await jobs.cancel(id);
          else await jobs.retry(id).catch((error: unknown) => expect(error).toMatchObject({ code: 'JOB_NOT_OVER' }));
        }
      }
      const over: JobRecord[] = [];
      for (const id of ids) over.push(await untilOver(jobs, id));
      expect((await all()).map(({ id }) => id)).toEqual(ids.toReversed());
      for (const { state, result, error } of over) {
        expect(['succeeded', 'cancelled']).toContain(state);
        expect([result !== null, error]).toEqual([state === 'succeeded', null]);
      }
      expect(workshop.mostAtOnce).toBeLessThanOrEqual(1);
      expect(workshop.done.length).toBeGreaterThanOrEqual(over.filter(({ state }) => state === 'succeeded').length);
    });
    await fc.assert(history, { numRuns: 25, endOnFailure: true });
  });
};
