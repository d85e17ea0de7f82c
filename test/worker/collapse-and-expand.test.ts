import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openReader } from '../../src/reading/read-document.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import type { Occurrence } from '../../src/scene/hypertoken.ts';
import { corpusName, DEFAULT_WORKSPACE, documentName, workspaceName } from '../../src/scene/name.ts';
import { documentId, type SceneId } from '../../src/scene/scene.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import type { GraphDatabase, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import { type Sketch, sketchDocument } from '../arbitrary/corpus.ts';
import { allItems } from '../conformance/all-pages.ts';
import { dump } from '../conformance/isolation.ts';

const CORPUS = corpusName('сказки и tales');
const RUNS = 60;

let folder: string;
let compute: ComputePool;
let memory: GraphDatabase;
let workspaces = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-expand-'));
  compute = openComputePool({ threadsMax: 1 });
  memory = openMemoryStore();
});
afterAll(async () => {
  await compute.close();
  await memory.close();
  await rm(folder, { recursive: true });
});

const optional = (...keys: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.option(fc.constantFrom(...keys), { nil: undefined, freq: 2 });

const anySketch: fc.Arbitrary<Omit<Sketch, 'text'>> = fc
  .record({
    agent: optional('Анна', 'Вронский', 'Levin', 'он'),
    tension: optional('fear', 'calm', 'waiting', 'restraint', 'release'),
    context: fc.uniqueArray(fc.constantFrom('дверь', 'метель', 'station', 'snow'), { maxLength: 2 }),
    atmosphere: optional('cold', 'dark', 'silence'),
    archetype: optional('threshold', 'road'),
  })
  .map((facets) => Object.fromEntries(Object.entries(facets).filter(([, value]) => value !== undefined)));

/** Documents of scenes whose facets, and some of whose texts, come back. */
const anyCorpus: fc.Arbitrary<readonly (readonly Sketch[])[]> = fc.array(
  fc
    .array(fc.tuple(anySketch, fc.nat(9)), { maxLength: 20, size: 'max' })
    .map((some) => some.map(([facets, n]) => ({ ...facets, text: n % 2 === 0 ? `Сцена ${n}.` : `Scene ${n}.` }))),
  { minLength: 1, maxLength: 4 },
);

const writeAll = async (
  store: GraphStore,
  documents: Iterable<readonly [number, readonly Sketch[]]>,
): Promise<void> => {
  for (const [i, sketches] of documents) {
    const { input, parts } = sketchDocument(CORPUS, `документ ${i}`, sketches, i % 2 === 0 ? 'ru' : 'en');
    await store.writeDocument(input, parts());
  }
};

const collapseAll = async (store: GraphStore) => {
  await coupleCorpus({ store, compute }, CORPUS);
  return collapseCorpus({ store, compute }, CORPUS);
};

const newStore = (): GraphStore => memory.workspace(workspaceName(`${++workspaces}`));

const textOf = async (store: GraphStore, document: string): Promise<string> => {
  let text = '';
  for await (const chunk of store.documentText(documentId(CORPUS, documentName(document)))) text += chunk;
  return text;
};

/** A text put together of scenes and the white space between them, which is all that stands between them. */
const rebuilt = (text: string, scenes: readonly StoredScene[]): string => {
  let [whole, at] = ['', 0];
  for (const scene of scenes.toSorted((x, y) => x.start - y.start)) {
    const gap = text.slice(at, scene.start);
    expect(gap.trim()).toBe('');
    whole += gap + scene.text;
    at = scene.end;
  }
  expect(text.slice(at).trim()).toBe('');
  return whole + text.slice(at);
};

/** All that an occurrence expands to, page by page. */
const expandAll = async (store: GraphStore, occurrence: Occurrence, first: number) => {
  const scenes: StoredScene[] = [];
  const couplings: Coupling[] = [];
  let after: string | undefined;
  do {
    const page = await expandOccurrence(store, occurrence, { first, after });
    scenes.push(...page.scenes.items.map(({ item }) => item));
    couplings.push(...page.couplings);
    after = page.scenes.hasNextPage ? page.scenes.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return { scenes, couplings: couplings.sort((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1)) };
};

const isConnected = (
  ids: readonly SceneId[],
  edges: readonly { readonly a: SceneId; readonly b: SceneId }[],
): boolean => {
  const reached = new Set(ids.slice(0, 1));
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { a, b } of edges) {
      if (reached.has(a)) reached.add(b);
      if (reached.has(b)) reached.add(a);
    }
  }
  return reached.size === ids.length;
};

/**
 * What must hold of every level, up to the highest: its occurrences expand to all scenes of the corpus, each once, exactly as
 * they are, with exactly the couplings among them; each is connected, but for the highest; and the documents can be put
 * together of them to the last byte.
 */
const checkLevels = async (store: GraphStore, levels: number, first: number): Promise<void> => {
  const all = await allItems((page) => store.scenes({ corpus: CORPUS }, page), 1000);
  const byId = new Map(all.map((scene) => [scene.id, scene]));
  const couplings = await allItems((page) => store.couplings(CORPUS, page), 1000);
  const documents = await allItems((page) => store.documents(CORPUS, page), 1000);
  for (let level = 0; level <= levels; level++) {
    const occurrences = await allItems((page) => store.occurrences({ corpus: CORPUS, level }, page), 1000);
    const gathered: StoredScene[] = [];
    for (const occurrence of occurrences) {
      const expanded = await expandAll(store, occurrence, first);
      const ids = new Set(expanded.scenes.map(({ id }) => id));
      expect(expanded.scenes).toEqual([...ids].map((id) => byId.get(id)));
      expect([expanded.scenes.length, expanded.scenes[0]?.id]).toEqual([occurrence.size, occurrence.first]);
      const within = couplings.filter(({ a, b }) => ids.has(a) && ids.has(b));
      expect(expanded.couplings).toEqual(within.toSorted((x, y) => (x.a + x.b < y.a + y.b ? -1 : 1)));
      if (occurrence.level < levels) expect(isConnected([...ids], within)).toBe(true);
      const below = await allItems((page) => store.parts(occurrence, { ...page, depth: 1 }), first);
      const parts = await Promise.all(
        (await store.occurrencesByRef(below)).map((part) => expandAll(store, part as Occurrence, 200)),
      );
      if (occurrence.level > 0) expect(parts.flatMap(({ scenes }) => scenes)).toEqual(expanded.scenes);
      gathered.push(...expanded.scenes);
    }
    expect(gathered.map(({ id }) => id).toSorted()).toEqual([...byId.keys()].toSorted());
    if (level === levels && all.length > 0) expect(occurrences).toHaveLength(1);
    for (const { id, name, sha256, bytes } of documents) {
      const text = rebuilt(
        await textOf(store, name),
        gathered.filter(({ document }) => document === id),
      );
      expect(text).toBe(await textOf(store, name));
      expect(Buffer.byteLength(text)).toBe(bytes);
      if (name.endsWith('.txt')) expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    }
  }
};

test('whatever the corpus, every level parts it, and expands to exactly what was collapsed', async () => {
  let highest = 0;
  const property = fc.asyncProperty(anyCorpus, fc.integer({ min: 1, max: 20 }), async (documents, first) => {
    const store = newStore();
    await writeAll(store, documents.entries());
    const { levels } = await collapseAll(store);
    await checkLevels(store, levels.length, first);
    highest = Math.max(highest, levels.length);
  });
  await fc.assert(property, { numRuns: RUNS });
  expect(highest).toBeGreaterThan(2);
});

test('whatever the corpus and the order in which it came, the same digests stand over the same scenes', async () => {
  const withOrder = anyCorpus.chain((documents) =>
    fc.tuple(fc.constant(documents), fc.shuffledSubarray([...documents.keys()], { minLength: documents.length })),
  );
  const property = fc.asyncProperty(withOrder, async ([documents, order]) => {
    const [straight, shuffled] = [newStore(), newStore()];
    await writeAll(straight, documents.entries());
    await writeAll(
      shuffled,
      order.map((i) => [i, documents[i] ?? []] as const),
    );
    for (const store of [straight, shuffled]) await collapseAll(store);
    expect(await dump(shuffled, CORPUS, false)).toEqual(await dump(straight, CORPUS, false));
    const digests = async (store: GraphStore) =>
      (await allItems((page) => store.hypertokens({ corpus: CORPUS }, page))).map(({ digest }) => digest).toSorted();
    expect(await digests(shuffled)).toEqual(await digests(straight));
  });
  await fc.assert(property, { numRuns: RUNS });
});

test('whatever the corpus, to collapse again or to read again changes nothing, and a restart keeps every number', async () => {
  const path = join(folder, 'restarted');
  let database = await openEmbeddedStore({ path });
  const property = fc.asyncProperty(anyCorpus, async (documents) => {
    const name = workspaceName(`${++workspaces}`);
    const seen = async () => {
      const store = database.workspace(name);
      const occurrences = await allItems((page) => store.occurrences({ corpus: CORPUS }, page));
      const hypertokens = await allItems((page) => store.hypertokens({}, page));
      return { occurrences, hypertokens, dump: await dump(store, CORPUS), corpus: await store.corpus(CORPUS) };
    };
    const store = database.workspace(name);
    await writeAll(store, documents.entries());
    const first = await collapseAll(store);
    const before = await seen();
    expect(await collapseAll(store)).toMatchObject({ added: 0, deleted: 0, newCodes: 0, kept: first.occurrences });
    await writeAll(store, documents.entries());
    expect(await seen()).toEqual(before);
    await database.close();
    database = await openEmbeddedStore({ path });
    expect(await seen()).toEqual(before);
  });
  try {
    await fc.assert(property, { numRuns: 6 });
  } finally {
    await database.close();
  }
});

const STORIES = {
  Russian: [['ru', 'tolstoy-rabotnik-emelyan.txt']],
  English: [['en', 'poe-masque-of-the-red-death.txt']],
  'Russian and English': [
    ['en', 'poe-masque-of-the-red-death.txt'],
    ['ru', 'tolstoy-rabotnik-emelyan.txt'],
  ],
} as const;

test.each(Object.entries(STORIES))('%s prose comes back from every level to the last byte', async (what, stories) => {
  const database = await openEmbeddedStore({ path: join(folder, what) });
  const reader = await openReader();
  try {
    const store = database.workspace(DEFAULT_WORKSPACE);
    const pathOf = (lang: string, name: string): string => join(import.meta.dirname, '../../data/stories', lang, name);
    for (const [lang, name] of stories) {
      const source = { path: pathOf(lang, name) };
      await readIntoCorpus({ store, compute, reader }, { corpus: CORPUS, name: documentName(name), source });
    }
    const { levels } = await collapseAll(store);
    expect(levels.length).toBeGreaterThan(2);
    await checkLevels(store, levels.length, 50);
    for (const [lang, name] of stories)
      expect(await textOf(store, name)).toBe(readFileSync(pathOf(lang, name), 'utf8'));
  } finally {
    await reader.close();
    await database.close();
  }
});
