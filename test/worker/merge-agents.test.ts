import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpusName, DEFAULT_WORKSPACE } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus, recoupleCorpus } from '../../src/worker/couple-job.ts';
import type { JobContext } from '../../src/worker/job.ts';
import { mergeAgents, undoMerge } from '../../src/worker/merge-agents-job.ts';
import { longStory } from '../api/sketches.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { dump } from '../conformance/isolation.ts';

const CORPUS = corpusName('сказки');
const SCENES = 120;

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
let compute: ComputePool;
let job: JobContext;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
  store = database.workspace(DEFAULT_WORKSPACE);
  compute = openComputePool({ threadsMax: 1 });
  job = { store, compute };
});

afterEach(async () => {
  await compute.close();
  await database.close();
  await rm(folder, { recursive: true });
});

describe.each([
  ['ru', 'герой 1', 'герой 2'],
  ['en', 'hero 1', 'hero 2'],
] as const)('in %s', (lang, alias, person) => {
  beforeEach(async () => {
    const { input, parts } = longStory(CORPUS, 'story', SCENES, lang);
    await store.writeDocument(input, parts());
    await coupleCorpus(job, CORPUS);
    await collapseCorpus(job, CORPUS);
  });

  /** Couplings that give an agent as reason whom not both of their scenes have. */
  const lies = async (): Promise<readonly unknown[]> => {
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
    const agents = new Map(scenes.map(({ id, agent }) => [id, agent?.entity]));
    const couplings = await allItems((page) => store.couplings(CORPUS, page));
    return couplings.filter(({ a, b, because }) =>
      because.some(({ kind, key }) => kind === 'agent' && (agents.get(a) !== key || agents.get(b) !== key)),
    );
  };

  it('couples by the person, and by the alias again once it is undone', async () => {
    const reasons = async (key: string): Promise<number> =>
      (await allItems((page) => store.couplings(CORPUS, page))).filter(({ because }) =>
        because.some((reason) => reason.kind === 'agent' && reason.key === key),
      ).length;
    const ofAlias = await reasons(alias);
    expect(ofAlias).toBeGreaterThan(0);
    const report = await mergeAgents(job, CORPUS, { alias, into: person });
    expect(report).toMatchObject({ alias, into: person, unchanged: false, scenes: Math.ceil((SCENES - 1) / 7) });
    expect(report.couplings).toBeGreaterThan(0);
    expect(report.occurrences).toBeGreaterThan(0);
    expect(await store.corpus(CORPUS)).toMatchObject({ uncoupled: 0 });
    expect(await reasons(alias)).toBe(0);
    expect(await lies()).toEqual([]);
    await undoMerge(job, CORPUS, alias);
    expect(await reasons(alias)).toBeGreaterThan(0);
    expect(await lies()).toEqual([]);
    expect(await store.corpus(CORPUS)).toMatchObject({ uncoupled: 0 });
  });

  it('leaves after merging and undoing the same graph, once it is coupled afresh and collapsed', async () => {
    const before = await dump(store, CORPUS, false);
    const codes = async () =>
      (await allItems((page) => store.scenes({ corpus: CORPUS }, page))).map(({ code, ordinal }) => [code, ordinal]);
    const numbers = await codes();
    await mergeAgents(job, CORPUS, { alias, into: person });
    await collapseCorpus(job, CORPUS);
    expect(await dump(store, CORPUS, false)).not.toEqual(before);
    expect(await codes()).toEqual(numbers);
    await undoMerge(job, CORPUS, alias);
    await recoupleCorpus(job, CORPUS);
    await collapseCorpus(job, CORPUS);
    expect(await dump(store, CORPUS, false)).toEqual(before);
    expect(await codes()).toEqual(numbers);
  });

  it('does nothing that was cancelled before it began', async () => {
    const before = await dump(store, CORPUS);
    const cancelled = { ...job, signal: AbortSignal.abort() };
    expect(await failing(mergeAgents(cancelled, CORPUS, { alias, into: person }))).toBe('CANCELLED');
    expect(await dump(store, CORPUS)).toEqual(before);
  });
});
