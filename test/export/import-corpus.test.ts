import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportCorpus } from '../../src/export/export-corpus.ts';
import { GRAPH_FILES } from '../../src/export/graph-rows.ts';
import { type ImportRequest, importCorpus } from '../../src/export/import-corpus.ts';
import { formatManifest, type Manifest, readManifest } from '../../src/export/manifest.ts';
import { digestOfFile } from '../../src/export/output-file.ts';
import { DEFAULT_SHARES } from '../../src/export/split.ts';
import { digestOf } from '../../src/scene/digest.ts';
import { type CorpusName, corpusName, viewName, workspaceName } from '../../src/scene/name.ts';
import type { ViewSelection } from '../../src/scene/view.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { anyHistory, take } from '../conformance/history.ts';
import { dump } from '../conformance/isolation.ts';
import { CORPUS, ENGLISH, RUSSIAN, UNICODE, write } from '../conformance/prose.ts';
import { openSharedNeo4jStore } from '../neo4j/open-test-store.ts';
import { inconsistencies } from '../store/consistency.ts';

let folder: string;
let embedded: GraphDatabase;
let count = 0;
// A server outlives a run, and several runs may share it.
const run = randomBytes(4).toString('hex');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-import-'));
  embedded = await openEmbeddedStore({ path: join(folder, 'graph') });
});
afterAll(async () => {
  await embedded.close();
  await rm(folder, { recursive: true, force: true });
});

const fresh = (of: GraphDatabase): GraphStore => of.workspace(workspaceName(`ввоз ${run} ${++count}`));

const exportGraph = async (
  store: GraphStore,
  kind: GraphDatabase['kind'],
  corpus: CorpusName = CORPUS,
): Promise<string> => {
  const out = join(folder, `graph ${++count}`);
  await exportCorpus(store, {
    corpus,
    format: 'graph',
    out,
    options: { labels: 'ru', seed: 0, shares: DEFAULT_SHARES, licence: null, rowGroup: 1 },
    resume: false,
    product: { version: '0.0.0', store: kind },
  });
  return out;
};

/** Every file to the byte; of the manifest all but which kind of store it was, and by how many migrations. */
const bytesOf = async (out: string): Promise<Readonly<Record<string, string>>> => {
  const names = (await readdir(out)).sort();
  const read = names.map(async (name) => {
    const text = await readFile(join(out, name), 'utf8');
    return [name, name === 'manifest.json' ? text.replace(/^ {2}"(?:store|migrations)": .*,$/gmu, '') : text] as const;
  });
  return Object.fromEntries(await Promise.all(read));
};

/** 220 scenes of two languages, coupled, collapsed, merged and viewed, some of which wait again. */
const fill = async (store: GraphStore): Promise<void> => {
  await write(store, {
    name: 'б/%2F сказка',
    sentences: [...RUSSIAN.slice(0, 90), ...UNICODE, ...RUSSIAN.slice(0, 4)],
  });
  await write(store, { name: 'a tale', sentences: ENGLISH.slice(0, 80), lang: 'en' });
  await write(store, { name: 'потом', sentences: RUSSIAN.slice(90, 120) });
  await write(store, { name: 'потом', sentences: RUSSIAN.slice(92, 120) });
  await store.mergeAgents(CORPUS, { alias: 'жена', into: 'the Prince', by: 'model' });
  await store.mergeAgents(CORPUS, { alias: 'никто/%', into: 'жена', unseen: true });
  const compute = openComputePool({ threadsMax: 1 });
  await coupleCorpus({ store, compute }, CORPUS, {});
  await collapseCorpus({ store, compute }, CORPUS, { resolution: 0.5, seed: 3 });
  const scenes = (await allItems((page) => store.scenes({ corpus: CORPUS }, page))).slice(3, 8);
  const [first, , last] = scenes.map(({ id }) => id);
  if (first === undefined || last === undefined) throw new Error('scenes are needed');
  const { revision = 0 } = (await store.corpus(CORPUS)) ?? {};
  const views: readonly (readonly [string, ViewSelection])[] = [
    ['вокруг', { by: 'seed', seed: first, hops: 2, weightMin: 0.25 }],
    ['a path', { by: 'path', from: first, to: last }],
    ['слова', { by: 'search', text: 'царь', facets: [{ kind: 'agent', key: 'жена' }], lang: 'ru' }],
  ];
  for (const [name, selection] of views) {
    const of = {
      form: `вид ${name}`,
      digest: digestOf('test view', name),
      figures: scenes.map(({ figure }) => figure),
    };
    const ids = scenes.map(({ id }) => id).toReversed();
    await store.writeView(CORPUS, { ...of, name: viewName(name), revision, scenes: ids, selection });
  }
  await compute.close();
  // Scenes that wait, and levels that are stale.
  await write(store, { name: 'новое', sentences: RUSSIAN.slice(120, 126), filledBy: 'модель, 1' });
};

describe('a graph that was exported and imported', () => {
  let exported: string;
  let source: GraphStore;
  beforeAll(async () => {
    source = fresh(embedded);
    await fill(source);
    exported = await exportGraph(source, 'embedded');
  });

  test('has all of the corpus in it, and nothing that names the workspace or a number of its registry', async () => {
    const files = await bytesOf(exported);
    const rows = (name: string) =>
      (files[name] ?? '')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows(GRAPH_FILES.views).map(({ name }) => name)).toEqual(['a path', 'вокруг', 'слова']);
    expect(rows(GRAPH_FILES.merges)).toHaveLength(2);
    expect(rows(GRAPH_FILES.documents)).toMatchObject([
      { version: 1 },
      { version: 1 },
      { version: 2 },
      { version: 1, filledBy: 'модель, 1' },
    ]);
    expect(rows(GRAPH_FILES.documents)[0]).not.toHaveProperty('filledBy');
    const standing = await source.corpus(CORPUS);
    for (const part of ['scenes', 'couplings'] as const) {
      expect(rows(GRAPH_FILES[part])).toHaveLength(standing?.[part] ?? -1);
      expect(standing?.[part]).toBeGreaterThan(0);
    }
    const above = (await allItems((page) => source.occurrences({ corpus: CORPUS }, page), 1000)).filter(
      ({ level }) => level > 0,
    );
    expect(new Set(above.map(({ level }) => level)).size).toBeGreaterThan(1);
    expect(rows(GRAPH_FILES.occurrences)).toHaveLength(above.length);
    expect(Object.values(files).join('')).not.toContain(source.workspace);
    expect(Object.values(files).join('')).not.toMatch(/"(?:code|ordinal|uid|workspace)":/u);
    expect(standing?.collapsedRevision).toBeLessThan(standing?.revision ?? 0);
    expect(standing?.uncoupled).toBeGreaterThan(0);
  });

  test.each(['embedded', 'neo4j', 'memory'] as const)(
    'is the same to the byte from an empty %s store',
    async (kind) => {
      const database =
        kind === 'embedded' ? embedded : kind === 'neo4j' ? await openSharedNeo4jStore() : openMemoryStore();
      const store = fresh(database);
      try {
        const report = await importCorpus(store, { folder: exported });
        expect(report).toMatchObject({ corpus: CORPUS, documents: 4, views: 3, agentMerges: 2, resumed: false });
        expect(await bytesOf(await exportGraph(store, kind))).toEqual(await bytesOf(exported));
        expect(await dump(store, CORPUS, false)).toEqual(await dump(source, CORPUS, false));
        expect(await store.corpus(CORPUS)).toEqual(await source.corpus(CORPUS));
        expect(await inconsistencies(store)).toEqual([]);
      } finally {
        await store.deleteCorpus(CORPUS);
        if (database !== embedded) await database.close();
      }
    },
  );

  test('is the same to the byte from a store that has given other numbers to the same codes, and leaves these as they are', async () => {
    const store = fresh(embedded);
    await write(store, { corpus: 'своё', sentences: [...ENGLISH.slice(20, 60), ...RUSSIAN.slice(30, 60)] });
    const own = await dump(store, corpusName('своё'));
    await importCorpus(store, { folder: exported });
    expect(await bytesOf(await exportGraph(store, 'embedded'))).toEqual(await bytesOf(exported));
    expect(await dump(store, corpusName('своё'))).toEqual(own);
    expect(await dump(store)).not.toEqual(await dump(source));
    expect(await inconsistencies(store)).toEqual([]);
  });

  test('takes another name, under which all but the ids is the same, and takes its own again', async () => {
    const [store, back] = [fresh(embedded), fresh(embedded)];
    const other = corpusName('other %2F / имя');
    await importCorpus(store, { folder: exported, corpus: other });
    expect(await inconsistencies(store)).toEqual([]);
    const renamed = await exportGraph(store, 'embedded', other);
    await importCorpus(back, { folder: renamed, corpus: CORPUS });
    // By (a, b): that alone is ordered by ids.
    const couplings = ({ [GRAPH_FILES.couplings]: lines, 'manifest.json': _, ...rest }: Record<string, string>) => rest;
    expect(couplings(await bytesOf(await exportGraph(back, 'embedded')))).toEqual(couplings(await bytesOf(exported)));
    expect(await dump(back, CORPUS, false)).toEqual(await dump(source, CORPUS, false));
  });

  test('is gone on with wherever it was cut off, and is no corpus until it is whole', async () => {
    const expected = await bytesOf(exported);
    const property = fc.asyncProperty(fc.nat(11), fc.boolean(), async (at, cancels) => {
      const store = fresh(embedded);
      const stopping = new AbortController();
      let steps = 0;
      const request: ImportRequest = { folder: exported, signal: stopping.signal };
      const stopped = importCorpus(store, {
        ...request,
        onProgress: () => {
          if (steps++ < at) return;
          if (cancels) stopping.abort();
          else throw new Error('killed');
        },
      });
      if (
        (await stopped.then(
          () => null,
          () => 'stopped',
        )) === null
      )
        return;
      expect(await store.corpus(CORPUS)).toBeNull();
      expect(await allItems((page) => store.corpora(page))).toEqual([]);
      expect(await store.imports()).toMatchObject([{ name: CORPUS }]);
      for (const act of [
        exportGraph(store, 'embedded'),
        dump(store),
        write(store, { name: 'чужой', sentences: RUSSIAN.slice(0, 3) }),
        write(store, { name: 'a tale', sentences: RUSSIAN.slice(0, 3) }),
      ])
        expect(await failing(act)).toBe('CORPUS_IMPORTING');
      expect(await importCorpus(store, { folder: exported })).toMatchObject({ resumed: true });
      expect(await store.imports()).toEqual([]);
      expect(await bytesOf(await exportGraph(store, 'embedded'))).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 5 });
  });

  test('is refused where the name is taken, by a whole corpus or by another import', async () => {
    const store = fresh(embedded);
    await write(store, { sentences: RUSSIAN.slice(0, 3) });
    const before = await dump(store);
    await expect(importCorpus(store, { folder: exported })).rejects.toMatchObject({ code: 'CORPUS_EXISTS' });
    expect(await dump(store)).toEqual(before);
    const half = fresh(embedded);
    await half.beginImport(CORPUS, 'иное');
    await expect(importCorpus(half, { folder: exported })).rejects.toMatchObject({ code: 'CORPUS_EXISTS' });
    await half.deleteCorpus(CORPUS);
    expect(await importCorpus(half, { folder: exported })).toMatchObject({ resumed: false });
    await expect(importCorpus(half, { folder: exported })).rejects.toMatchObject({ code: 'CORPUS_EXISTS' });
  });

  /** A copy in which a file is another one, and the manifest says so. */
  const changed = async (name: string, change: (text: string) => string): Promise<string> => {
    const out = join(folder, `changed ${++count}`);
    await cp(exported, out, { recursive: true });
    await writeFile(join(out, name), change(await readFile(join(out, name), 'utf8')));
    const manifest = await readManifest(out);
    const files = await Promise.all(
      manifest.files.map(async (file) => ({ ...file, ...(await digestOfFile(join(out, file.path), undefined)) })),
    );
    await writeFile(join(out, 'manifest.json'), formatManifest({ ...manifest, files }));
    return out;
  };

  test('is refused before anything is written where the folder is not what was written', async () => {
    const store = fresh(openMemoryStore());
    const refused = async (out: string, code: string, text: string): Promise<void> => {
      await expect(importCorpus(store, { folder: out })).rejects.toMatchObject({
        code,
        message: expect.stringContaining(text),
      });
      expect(await store.imports()).toEqual([]);
    };
    const edit = async (out: string, change: (manifest: Manifest) => object): Promise<string> => {
      await writeFile(join(out, 'manifest.json'), JSON.stringify(change(await readManifest(out))));
      return out;
    };
    const copy = async (): Promise<string> => {
      const out = join(folder, `copy ${++count}`);
      await cp(exported, out, { recursive: true });
      return out;
    };
    await refused(join(folder, 'nothing'), 'UNREADABLE_FILE', 'no whole export');
    await refused(await edit(await copy(), (manifest) => ({ ...manifest, version: 2 })), 'EXPORT_TOO_NEW', 'came 2');
    await refused(await edit(await copy(), (manifest) => ({ ...manifest, exported: 'csv' })), 'BAD_ARGUMENT', 'csv');
    const without = ({ files, ...rest }: Manifest) => ({ ...rest, files: files.slice(1) });
    await refused(await edit(await copy(), without), 'EXPORT_DAMAGED', GRAPH_FILES.corpus);
    const damaged = await copy();
    await writeFile(join(damaged, GRAPH_FILES.scenes), '');
    await refused(damaged, 'EXPORT_DAMAGED', GRAPH_FILES.scenes);
    const newer = await changed(GRAPH_FILES.corpus, (text) => text.replace('"version": 1', '"version": 2'));
    await refused(newer, 'EXPORT_TOO_NEW', GRAPH_FILES.corpus);
  });

  test.each([
    [GRAPH_FILES.scenes, (text: string) => text.replace('"kind":"scene"', '"kind":"ничто"'), 'scenes.jsonl:'],
    [GRAPH_FILES.scenes, (text: string) => text.slice(text.indexOf('\n') + 1), 'position'],
    [GRAPH_FILES.texts, (text: string) => `${text}{"document":"чужой","text":"x"}\n`, 'чужой'],
    [GRAPH_FILES.couplings, (text: string) => text.slice(text.indexOf('\n') + 1), 'couplings'],
    [GRAPH_FILES.documents, (text: string) => text.replace(/"id":"[0-9a-f]/u, '"id":"x'), 'id of its name'],
    [GRAPH_FILES.views, (text: string) => `${text}{`, 'views.jsonl'],
  ] as const)('is never whole where %s was made up', async (name, change, message) => {
    const store = fresh(openMemoryStore());
    const made = await changed(name, change);
    await expect(importCorpus(store, { folder: made })).rejects.toThrow(message);
    expect(await store.corpus(CORPUS)).toBeNull();
  });
});

test('whatever happened to a corpus, it comes back to the byte', async () => {
  const property = fc.asyncProperty(fc.array(anyHistory, { minLength: 2, maxLength: 4 }), async (histories) => {
    const database = openMemoryStore();
    const [from, into] = [fresh(database), fresh(database)];
    for (const step of histories.flat()) if (step.do !== 'reopen') await take(from, step);
    for (const { name } of await allItems((page) => from.corpora(page))) {
      const before = await exportGraph(from, 'memory', name);
      await importCorpus(into, { folder: before });
      expect(await bytesOf(await exportGraph(into, 'memory', name))).toEqual(await bytesOf(before));
      expect(await into.corpus(name)).toEqual(await from.corpus(name));
    }
    expect(await inconsistencies(into)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 6 });
});
