import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type WorkspaceName, workspaceName } from '../../src/scene/name.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { readEmbeddedGraph, readNeo4jGraph, type StoredGraph } from '../store/stored-graph.ts';
import { attemptOf, belongingsOf, callAll, changes, METHODS } from './every-method.ts';
import { anyHistory, glance, observe, type Step, take } from './history.ts';

/** Sets of workspaces tried on each store when nothing else is said: over Bolt one takes 100 times as long as in memory. */
const RUNS = { memory: 20, embedded: 6, neo4j: 2 } as const;
const RUN_TIMEOUT = 150_000;

const ENGINES: readonly {
  readonly kind: GraphDatabase['kind'];
  readonly open: (path: string) => Promise<GraphDatabase>;
  /** What lies in the closed store. */
  readonly read?: (path: string) => Promise<StoredGraph>;
}[] = [
  { kind: 'memory', open: async () => openMemoryStore() },
  { kind: 'embedded', open: (path) => openEmbeddedStore({ path }), read: readEmbeddedGraph },
  { kind: 'neo4j', open: openSharedNeo4jStore, read: readNeo4jGraph },
];

/** Behind a common beginning: prefixes of each other, separators, escapes and look-alikes of them, a key, a code. */
const WORKSPACES = [
  '',
  '/',
  '/a',
  '/a/b',
  '/а',
  '%2Fa',
  '%2fa',
  '%252Fa',
  '%',
  'a',
  'ａ',
  '\u200ba',
  '/agent',
  '/0:1',
  '\u202ea',
  "'}) //",
];
/** Corpora that continue a workspace's name, and others that are keys. */
const CORPORA = ['a', 'b', 'a/b', 'b/a', 'а', '%2Fa', '0', '0:1', 'agent', '/', "'}) //", 'constructor'];

type Action = Exclude<Step, { readonly do: 'reopen' }>;

const anyContent: fc.Arbitrary<readonly Action[]> = anyHistory.map((steps) =>
  steps.filter((step): step is Action => step.do !== 'reopen' && step.do !== 'fail').slice(0, 6),
);

/** What each workspace begins with, so that all of them hold the same corpus, document and motif, and scenes of their own. */
const beginning = (nth: number): readonly Action[] => {
  const corpus = 'сказки';
  const document = { corpus, name: 'a', lang: 'ru' as const, reading: 0, sentences: [0, 1, 2, 3 + nth] };
  return [
    { do: 'write', document },
    { do: 'write', document: { ...document, name: 'b', reading: nth, sentences: [6 + nth, 0] } },
    { do: 'write', document: { ...document, corpus: 'tales', reading: nth, sentences: [6, 7] } },
    {
      do: 'couple',
      corpus,
      pairs: [
        [0, 1, 500],
        [2, 3, 10 * nth],
      ],
      remove: [],
      coupled: [0, 1, 4 + nth],
      stale: false,
    },
    { do: 'collapse', corpus, sizes: [2, 1 + nth], skip: 0, joins: [2], stale: false },
    { do: 'make view', corpus, name: 'порог', places: [1, 3 + nth], replace: false, stale: false },
  ];
};

/** The same step in corpora of other names. */
const renamed = (step: Action, corpora: readonly string[]): Action => {
  const rename = (corpus: string): string => corpora[corpus === 'tales' ? 1 : 0] ?? corpus;
  if ('document' in step) {
    const document = { ...step.document, corpus: rename(step.document.corpus) };
    return 'corpus' in step ? { ...step, document, corpus: rename(step.corpus) } : { ...step, document };
  }
  return { ...step, corpus: rename(step.corpus) };
};

interface Tenants {
  readonly names: readonly string[];
  readonly corpora: readonly string[];
  readonly contents: readonly (readonly Action[])[];
}

const anyTenants: fc.Arbitrary<Tenants> = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...WORKSPACES), { minLength: 2, maxLength: 3 }),
  corpora: fc.uniqueArray(fc.constantFrom(...CORPORA), { minLength: 2, maxLength: 2 }),
  contents: fc.tuple(anyContent, anyContent, anyContent),
});

/** The corpus `a/b` of a workspace, and the corpus `b` of one called like it and `/a`. */
const CONTINUED: Tenants = { names: ['', '/a'], corpora: ['b', 'a/b'], contents: [[], [], []] };

const fill = async (store: GraphStore, steps: readonly Action[], corpora: readonly string[]): Promise<void> => {
  for (const step of steps) await take(store, renamed(step, corpora));
};

/** Every call there is, with all that belongs to the other workspace: the same comes of it as where there is no other. */
const reachAcross = async (store: GraphStore, alone: GraphStore, other: GraphStore): Promise<void> => {
  const attempt = attemptOf(await belongingsOf(alone), await belongingsOf(other), other.workspace);
  for (const method of METHODS) {
    const expected = await callAll(alone, method, attempt);
    expect({ method, came: await callAll(store, method, attempt) }).toEqual({ method, came: expected });
    if (changes(method)) expect({ method, left: await glance(store) }).toEqual({ method, left: await glance(alone) });
  }
};

const methodsOf = (store: GraphStore): readonly string[] =>
  [...Object.keys(store), ...Object.getOwnPropertyNames(Object.getPrototypeOf(store))].filter(
    (name) => typeof store[name as keyof GraphStore] === 'function' && !Object.hasOwn(Object.prototype, name),
  );

it('calls every method there is', () => {
  const memory = methodsOf(openMemoryStore().workspace(workspaceName('x')));
  expect(memory).toContain('writeDocument');
  expect(Object.getPrototypeOf(openMemoryStore().workspace(workspaceName('x')))).toBe(MemoryStore.prototype);
  expect([...METHODS, 'statistics'].sort()).toEqual([...memory].sort());
});

describe.each(ENGINES)('workspaces of the $kind store', ({ kind, open, read }) => {
  const run = `tenants ${randomBytes(4).toString('hex')}`;
  const runs = Number(process.env['HISTORIES'] ?? RUNS[kind]);
  let sets = 0;
  let folder: string;
  let database: GraphDatabase;
  const path = (): string => join(folder, 'graph');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-tenants-'));
    database = await open(path());
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('offer no method that is not tried', () => {
    expect(methodsOf(database.workspace(workspaceName(`${run} methods`))).toSorted()).toEqual(
      [...METHODS, 'statistics'].sort(),
    );
  });

  it(
    'neither see nor touch each other, whatever one is told of another',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyTenants, async ({ names, corpora, contents }) => {
          sets += 1;
          const workspaces: readonly WorkspaceName[] = names.map((name) => workspaceName(`${run} ${sets}${name}`));
          const stores = workspaces.map((name) => database.workspace(name));
          const models = workspaces.map((name) => openMemoryStore().workspace(name));
          for (const [i, store] of stores.entries()) {
            const content = [...beginning(i), ...(contents[i] ?? [])];
            await fill(store, content, corpora);
            await fill(models[i] ?? store, content, corpora);
          }
          const [store, ...others] = stores;
          const [alone, ...untouched] = models;
          if (store === undefined || alone === undefined) throw new Error('there is a first workspace');
          for (const other of others) await reachAcross(store, alone, other);
          expect(await observe(store)).toEqual(await observe(alone));
          for (const [i, other] of others.entries())
            expect(await observe(other)).toEqual(await observe(untouched[i] ?? other));
        }),
        { numRuns: runs, examples: [[CONTINUED]], interruptAfterTimeLimit: runs * RUN_TIMEOUT - 10_000 },
      );
    },
    runs * RUN_TIMEOUT,
  );

  if (read === undefined) return;

  it('hold every node, and no relationship joins two', async () => {
    await database.close();
    const { nodes, relationships } = await read(path());
    database = await open(path());
    // On a shared server the tests of the engine alone have nodes too.
    const own = nodes.filter(({ workspace, labels }) => workspace?.startsWith(run) ?? !labels.includes('EngineTest'));
    expect(own.filter(({ labels }) => !labels.includes('Migration')).length).toBeGreaterThan(sets);
    const stray = own.filter(
      ({ labels, uid, workspace }) => !labels.includes('Migration') && !isWithin(labels, uid, workspace),
    );
    expect(stray).toEqual([]);
    // Those of other tests on a shared server may be in the middle of a commit.
    const mine = relationships.filter((ends) => [ends.from, ends.to].some((workspace) => workspace?.startsWith(run)));
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.filter(({ from, to }) => from !== to)).toEqual([]);
  });
});

/** The workspace's own node is called like it; the keys of all others begin with its name, separators escaped. */
const isWithin = (labels: readonly string[], uid: string | null, workspace: string | null): boolean => {
  if (uid === null || workspace === null) return false;
  if (labels.includes('Workspace')) return uid === workspace;
  return uid.startsWith(`${workspace.replaceAll('%', '%25').replaceAll('/', '%2F')}/`);
};
