import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentName, workspaceName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { CypherEngine } from '../../src/store/cypher-engine.ts';
import { createCypherDatabase } from '../../src/store/cypher-graph-store.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { PORTION_SCENES } from '../../src/store/portion.ts';
import { allItems, failing } from '../conformance/all-pages.ts';
import { groupOf } from '../conformance/every-method.ts';
import { dump } from '../conformance/isolation.ts';
import { CORPUS, RUSSIAN, write } from '../conformance/prose.ts';
import { archiveOf, backUp, restore } from './backup/take-backup.ts';
import { ENGINES, writingBy } from './test-engines.ts';

/** The driver repeats a transaction when the answer to its commit is lost: here each of them is committed twice. */
const losingAnswers = (engine: CypherEngine): CypherEngine =>
  writingBy(engine, async (work, still) => {
    await engine.write(work, still);
    return engine.write(work, still);
  });

describe.each(ENGINES)('on $kind a write whose commit was not answered', ({ kind, open }) => {
  let folder: string;
  let database: GraphDatabase;
  let store: GraphStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-repeated-'));
    const engine = losingAnswers(await open(join(folder, 'graph')));
    database = createCypherDatabase({ kind, location: folder, engine, close: () => engine.close() });
  });
  beforeEach(async () => {
    store = database.workspace(workspaceName(`repeated ${randomBytes(4).toString('hex')}`));
    await write(store, { sentences: RUSSIAN.slice(0, 12), name: 'a' });
    await write(store, { sentences: RUSSIAN.slice(12, 20), name: 'b' });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves one document, and reports its deletion', async () => {
    expect(await store.corpus(CORPUS)).toMatchObject({ documents: 2, scenes: 20 });
    expect(await store.deleteDocument(CORPUS, documentName('a'))).toMatchObject({ documents: 1, scenes: 12 });
    expect(await store.corpus(CORPUS)).toMatchObject({ documents: 1, scenes: 8 });
    expect(await failing(store.deleteDocument(CORPUS, documentName('a')))).toBe('DOCUMENT_NOT_FOUND');
  });

  it('reports what it wrote, and the same again as unchanged', async () => {
    const prose = { sentences: RUSSIAN.slice(20, 25), name: 'c' };
    expect(await write(store, prose)).toMatchObject({ unchanged: false, scenesAdded: 5, scenesKept: 0 });
    expect(await write(store, prose)).toMatchObject({ unchanged: true, scenesAdded: 0, scenesKept: 5 });
  });

  it('reports what it collapsed, and the same again as kept', async () => {
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
    const group = groupOf(scenes.slice(0, 2));
    const { revision = 0 } = (await store.corpus(CORPUS)) ?? {};
    const collapse = { revision, groups: [group] };
    expect(await store.writeCollapse(CORPUS, collapse)).toEqual({ added: 1, kept: 0, deleted: 0, newCodes: 1 });
    expect(await store.writeCollapse(CORPUS, collapse)).toEqual({ added: 0, kept: 1, deleted: 0, newCodes: 0 });
  });

  it('reports a merge, and the same again as unchanged', async () => {
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
    const [alias = '', into = ''] = new Set(scenes.flatMap(({ agent }) => agent?.entity ?? []));
    const moved = scenes.filter(({ agent }) => agent?.entity === alias).length;
    expect(await store.mergeAgents(CORPUS, { alias, into })).toMatchObject({ unchanged: false, scenes: moved });
    expect(await store.mergeAgents(CORPUS, { alias, into })).toMatchObject({ unchanged: true, scenes: 0 });
  });

  it('reports the deletion of a corpus', async () => {
    expect(await store.deleteCorpus(CORPUS)).toMatchObject({ documents: 2, scenes: 20 });
    expect(await failing(store.deleteCorpus(CORPUS))).toBe('CORPUS_NOT_FOUND');
  });

  it('reports the deletion of a corpus of several portions', async () => {
    const scenes = PORTION_SCENES + 100;
    await write(store, { sentences: Array.from({ length: scenes }, (_, i) => `Сцена ${i}.`), name: 'c' });
    const ids = (await allItems((page) => store.scenes({ corpus: CORPUS }, page))).map(({ id }) => id);
    const [a, b, c, d] = [...ids.slice(0, 2), ...ids.slice(-2)].sort() as [SceneId, SceneId, SceneId, SceneId];
    const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
    const put = [[a, b] as const, [b, c] as const, [c, d] as const].map(([x, y]) => ({
      a: x,
      b: y,
      weight: 0.5,
      because,
    }));
    await store.writeCouplings(CORPUS, { put, remove: [], coupled: ids });
    const count = scenes + 20;
    expect(await store.deleteCorpus(CORPUS)).toEqual({
      documents: 3,
      scenes: count,
      couplings: 3,
      occurrences: count,
    });
    expect(await failing(store.deleteCorpus(CORPUS))).toBe('CORPUS_NOT_FOUND');
  });

  it('restores a workspace as it was', async () => {
    const archive = archiveOf(database);
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
    const [a, b] = scenes.map(({ id }) => id).sort() as [SceneId, SceneId];
    const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
    await store.writeCouplings(CORPUS, { put: [{ a, b, weight: 0.5, because }], remove: [], coupled: [a] });
    const before = await dump(store);
    const { path } = await backUp(archive, folder, store.workspace);
    await write(store, { sentences: RUSSIAN.slice(20, 30), name: 'c' });
    await restore(database, path, store.workspace, true);
    expect(await dump(store)).toEqual(before);
    await write(store, { sentences: RUSSIAN.slice(20, 30), name: 'c' });
    expect(await store.corpus(CORPUS)).toMatchObject({ documents: 3, scenes: 30, couplings: 1 });
  });

  it('reports the undoing of a merge', async () => {
    const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
    const [alias = '', into = ''] = new Set(scenes.flatMap(({ agent }) => agent?.entity ?? []));
    await store.mergeAgents(CORPUS, { alias, into });
    expect(await store.undoMerge(CORPUS, alias)).toMatchObject({ alias, into, unchanged: false });
    expect(await failing(store.undoMerge(CORPUS, alias))).toBe('MERGE_NOT_FOUND');
  });
});
