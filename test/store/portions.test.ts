import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Coupling } from '../../src/scene/coupling.ts';
import { type WorkspaceName, workspaceName } from '../../src/scene/name.ts';
import type { CypherEngine } from '../../src/store/cypher-engine.ts';
import { createCypherDatabase } from '../../src/store/cypher-graph-store.ts';
import type { DeleteReport, GraphDatabase, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { PORTION_SCENES } from '../../src/store/portion.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { CORPUS, write } from '../conformance/prose.ts';
import { inconsistencies } from './consistency.ts';
import { ENGINES, writingBy } from './test-engines.ts';

/** The first is larger than a portion, the others are not and fill more than one together. */
const SIZES = { a: PORTION_SCENES + 300, b: PORTION_SCENES / 2 + 50, c: PORTION_SCENES / 2 + 50, d: 0 };
const SCENES = SIZES.a + SIZES.b + SIZES.c;

/** What is done before each transaction is begun; it may throw. */
type Hook = (transaction: number) => Promise<void>;

const hooked = (engine: CypherEngine, hook: () => Hook): CypherEngine => {
  let transactions = 0;
  return writingBy(engine, async (work, still) => {
    await hook()(++transactions);
    return engine.write(work, still);
  });
};

const idle: Hook = async () => undefined;

/** Lets so many transactions through, and fails the next. */
const failingAfter = (count: number): Hook => {
  let begun = 0;
  return async () => {
    begun += 1;
    if (begun > count) throw new RangeError('interrupted');
  };
};

const sentences = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `Сцена ${i} документа ${name}.`);

interface Filled {
  readonly scenes: readonly StoredScene[];
  readonly couplings: readonly Coupling[];
}

/** Those with an end among the scenes. */
const couplingsOf = ({ couplings }: Filled, scenes: readonly StoredScene[]): readonly Coupling[] => {
  const ids = new Set(scenes.map(({ id }) => id));
  return couplings.filter(({ a, b }) => ids.has(a) || ids.has(b));
};

/** Every tenth scene with the next, and with one far away, most of them in another document. */
const fill = async (store: GraphStore): Promise<Filled> => {
  for (const [name, count] of Object.entries(SIZES)) await write(store, { name, sentences: sentences(name, count) });
  const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page), 1000);
  const ids = scenes.map(({ id }) => id);
  const put = ids.flatMap((id, i) =>
    [1, SIZES.a].flatMap((step) => {
      const [a, b] = [id, ids[(i + step) % ids.length] ?? id].sort();
      const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
      return i % 10 > 0 || a === undefined || b === undefined ? [] : [{ a, b, weight: 0.5, because }];
    }),
  );
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: ids });
  return { scenes, couplings: put };
};

describe.each(ENGINES)('on $kind a corpus of several portions', ({ kind, open }) => {
  let folder: string;
  let database: GraphDatabase;
  /** Another process's, so to speak. */
  let other: GraphDatabase;
  let workspace: WorkspaceName;
  let store: GraphStore;
  let filled: Filled;
  let hook: Hook = idle;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-portions-'));
    const engine = await open(join(folder, 'graph'));
    const parts = { kind, location: folder, close: () => engine.close() };
    database = createCypherDatabase({ ...parts, engine: hooked(engine, () => hook) });
    other = createCypherDatabase({ ...parts, engine });
  });
  beforeEach(async () => {
    workspace = workspaceName(`portions ${randomBytes(4).toString('hex')}`);
    store = database.workspace(workspace);
    filled = await fill(store);
  });
  afterEach(() => {
    hook = idle;
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Lets each call do one transaction, until one comes to its end. */
  const inSteps = async <T>(call: () => Promise<T>, check: () => Promise<void>): Promise<T> => {
    while (true) {
      hook = failingAfter(1);
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        hook = idle;
        await check();
      }
    }
  };

  it('stands whole after each transaction of its deletion, and calls go on where others stopped', async () => {
    const left: (readonly number[])[] = [];
    const report = await inSteps(
      () => store.deleteCorpus(CORPUS),
      async () => {
        expect(await inconsistencies(store)).toEqual([]);
        const { documents = 0, scenes = 0, uncoupled = 0 } = (await store.corpus(CORPUS)) ?? {};
        left.push([documents, scenes, uncoupled]);
      },
    );
    expect(left).toEqual([
      [4, SCENES, PORTION_SCENES],
      [4, SCENES, SIZES.a],
      [3, SIZES.b + SIZES.c, 0],
      [2, SIZES.c, 0],
    ]);
    const others = filled.scenes.filter(({ documentName: of }) => of !== 'c');
    const couplings = filled.couplings.length - couplingsOf(filled, others).length;
    expect(report).toEqual({ documents: 2, scenes: SIZES.c, couplings, occurrences: SIZES.c });
    expect(await store.corpus(CORPUS)).toBeNull();
    expect(await failing(store.deleteCorpus(CORPUS))).toBe('CORPUS_NOT_FOUND');
    expect(await inconsistencies(store)).toEqual([]);
  });

  it('goes with the documents that come while it is deleted', async () => {
    let begun = 0;
    hook = async () => {
      begun += 1;
      if (begun === 4) await write(other.workspace(workspace), { name: 'e', sentences: sentences('e', 7) });
    };
    const couplings = filled.couplings.length;
    expect(await store.deleteCorpus(CORPUS)).toEqual({
      documents: 5,
      scenes: SCENES + 7,
      couplings,
      occurrences: SCENES + 7,
    });
    expect(await store.corpus(CORPUS)).toBeNull();
    expect(await inconsistencies(store)).toEqual([]);
  });

  it('is deleted by two calls that share the work, each of which reports its own', async () => {
    let begun = 0;
    let theirs: DeleteReport | null = null;
    hook = async () => {
      begun += 1;
      if (begun === 4) theirs = await other.workspace(workspace).deleteCorpus(CORPUS);
    };
    const own = await store.deleteCorpus(CORPUS);
    expect(own).toMatchObject({ documents: 1, scenes: SIZES.a });
    expect(theirs).toMatchObject({ documents: 3, scenes: SIZES.b + SIZES.c });
    expect(await store.corpus(CORPUS)).toBeNull();
  });

  it('keeps, when the clearing of its couplings stops, those whose scenes wait for nothing', async () => {
    hook = failingAfter(1);
    await expect(store.clearCouplings(CORPUS)).rejects.toThrow('interrupted');
    hook = idle;
    const gone = couplingsOf(filled, filled.scenes.slice(0, PORTION_SCENES)).length;
    expect(gone).toBeGreaterThan(0);
    expect(await store.corpus(CORPUS)).toMatchObject({
      couplings: filled.couplings.length - gone,
      uncoupled: PORTION_SCENES,
    });
    expect(await inconsistencies(store)).toEqual([]);
    await store.clearCouplings(CORPUS);
    expect(await store.corpus(CORPUS)).toMatchObject({ couplings: 0, uncoupled: SCENES });
    expect(await inconsistencies(store)).toEqual([]);
  });

  it('counts the same revisions as the store in memory', async () => {
    const memory = (await openMemoryStore()).workspace(workspace);
    await fill(memory);
    for (const each of [store, memory]) await each.clearCouplings(CORPUS);
    expect(await store.corpus(CORPUS)).toEqual(await memory.corpus(CORPUS));
  });
});
