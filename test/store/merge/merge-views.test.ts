import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../../src/scene/digest.ts';
import { type ViewName, viewName, type WorkspaceName, workspaceName } from '../../../src/scene/name.ts';
import type { SceneId } from '../../../src/scene/scene.ts';
import { checkBackup } from '../../../src/store/backup/read-backup.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { type GraphDatabase, type GraphStore, VIEW_SCENES_MAX } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { mergeBackup } from '../../../src/store/merge/merge-backup.ts';
import { allItems, failing } from '../../conformance/all-pages.ts';
import { changes } from '../../conformance/every-method.ts';
import { dump } from '../../conformance/isolation.ts';
import { CORPUS, ENGLISH, RUSSIAN, scenesOf, write } from '../../conformance/prose.ts';
import { archiveOf, backUp, linesOf, packed } from '../backup/take-backup.ts';

let folder: string;
let database: GraphDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-merge-views-'));
  database = await openEmbeddedStore({ path: join(folder, 'graph') });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const prose = async (store: GraphStore): Promise<readonly SceneId[]> => {
  await write(store, { sentences: RUSSIAN.slice(0, 12), name: 'ru' });
  await write(store, { sentences: ENGLISH.slice(0, 12), name: 'en', lang: 'en' });
  return (await allItems((page) => store.scenes({ corpus: CORPUS }, page))).map(({ id }) => id);
};

const make = async (store: GraphStore, name: ViewName, scenes: readonly SceneId[], revision?: number) => {
  const now = (await store.corpus(CORPUS))?.revision ?? -1;
  const form = `view of ${scenes.length} from ${scenes[0]}`;
  const of = { form, digest: digestOf('test', form), figures: [], scenes, selection: { by: 'scenes' as const } };
  return store.writeView(CORPUS, { name, revision: revision ?? now, ...of });
};

/** A workspace with so many views, of 1 to 5 scenes each. */
const withViews = async (name: string, views: number): Promise<GraphStore> => {
  const store = database.workspace(workspaceName(name));
  const ids = await prose(store);
  for (let i = 0; i < views; i++)
    await make(store, viewName(`${i % 2 === 0 ? 'вид' : 'view'} ${i}`), ids.slice(i % 20, (i % 20) + 1 + (i % 5)));
  return store;
};

const backupOf = async ({ workspace }: GraphStore): Promise<string> =>
  (await backUp(archiveOf(database), folder, workspace)).path;

const mergeFile = async (into: GraphStore, path: string, workspace: WorkspaceName) =>
  mergeBackup(into, await checkBackup(path), workspace);

/** The store, and how often it was asked for what changes nothing. */
const counted = (store: GraphStore) => {
  const calls = new Map<string, number>();
  const get = (target: GraphStore, name: string): unknown => {
    const member: unknown = Reflect.get(target, name);
    if (!(member instanceof Function)) return member;
    if (!changes(name as Parameters<typeof changes>[0])) calls.set(name, (calls.get(name) ?? 0) + 1);
    return member.bind(target);
  };
  return { store: new Proxy(store, { get: (target, name) => get(target, String(name)) }), calls };
};

it('asks the store as often for many views as for few, whether they come or are there', async () => {
  const asked = [];
  for (const views of [4, 60]) {
    const from = await withViews(`${views} views`, views);
    const path = await backupOf(from);
    const into = database.workspace(workspaceName(`into of ${views}`));
    await prose(into);
    const rounds = [];
    for (const added of [views, 0]) {
      const { store, calls } = counted(into);
      const before = into.statistics().reads;
      const report = await mergeFile(store, path, from.workspace);
      expect(report.views).toEqual({ added, shared: views - added, otherForm: [], left: [] });
      rounds.push({
        calls: Object.fromEntries(calls),
        ...(added === 0 ? { reads: into.statistics().reads - before } : {}),
      });
    }
    expect(rounds[0]?.calls).toMatchObject({ views: expect.any(Number) });
    asked.push(rounds);
  }
  expect(asked[1]).toEqual(asked[0]);
});

it('refuses views that are cut off, before it writes, in a corpus that is there as in one that is not', async () => {
  const from = await withViews('to be cut off', 3);
  const lines = linesOf(await backupOf(from)).slice(0, -1);
  const [first = -1, ...rest] = lines.flatMap((line, i) => (line.startsWith('{"edge":"GATHERS"') ? [i] : []));
  const path = join(folder, 'torn.gz');
  for (const torn of [lines.toSpliced(first, 1), lines.filter((_, i) => i !== first && !rest.includes(i))]) {
    writeFileSync(path, packed(torn));
    const [empty, full] = [openMemoryStore(), openMemoryStore()].map((one) => one.workspace(from.workspace));
    if (empty === undefined || full === undefined) throw new Error('two stores are needed');
    await prose(full);
    const before = await dump(full);
    for (const into of [empty, full])
      await expect(mergeFile(into, path, from.workspace)).rejects.toMatchObject({
        code: 'BACKUP_UNREADABLE',
        message: expect.stringMatching(/scenes of the view "вид 0"/u),
      });
    expect((await empty.corpora({ first: 1 })).items).toEqual([]);
    expect((await empty.hypertokens({}, { first: 1 })).items).toEqual([]);
    expect(await dump(full)).toEqual(before);
  }
});

it('writes no view over scenes that changed after they were looked at, nor in place of one made meanwhile', async () => {
  const from = await withViews('beside a writer', 3);
  const path = await backupOf(from);
  const into = openMemoryStore().workspace(from.workspace);
  const ids = await prose(into);
  /** Does something once, after the conflicts were looked for and before the views are read again. */
  const meanwhile = (something: () => Promise<unknown>): GraphStore => {
    let listed = 0;
    return new Proxy(into, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'views') return member instanceof Function ? member.bind(target) : member;
        return async (...parameters: Parameters<GraphStore['views']>) => {
          listed += 1;
          if (listed === 2) await something();
          return target.views(...parameters);
        };
      },
    });
  };
  const view = viewName('вид 0');
  expect(
    await failing(
      mergeFile(
        meanwhile(() => make(into, view, ids.slice(5, 6))),
        path,
        from.workspace,
      ),
    ),
  ).toBe('STORE_CONFLICT');
  await into.deleteView(CORPUS, view);
  const change = () => write(into, { sentences: RUSSIAN.slice(0, 13), name: 'ru', reading: 1 });
  expect(await failing(mergeFile(meanwhile(change), path, from.workspace))).toBe('STORE_CONFLICT');
  expect((await into.views(CORPUS, { first: 1 })).items).toEqual([]);
});

it('brings views of as many scenes as one may hold, several of which begin at one scene', async () => {
  const from = database.workspace(workspaceName('large'));
  const sentences = Array.from({ length: VIEW_SCENES_MAX }, (_, i) => `${RUSSIAN[i % RUSSIAN.length]} ${i}.`);
  await write(from, { sentences, name: 'ru' });
  const ids = scenesOf({ sentences, name: 'ru' }).map(({ id }) => id);
  const sizes = [VIEW_SCENES_MAX, 4000, 4000, 1, VIEW_SCENES_MAX];
  const names = sizes.map((_, i) => viewName(`вид ${i}`));
  for (const [i, size] of sizes.entries()) await make(from, names[i] as ViewName, ids.slice(0, size));
  const into = openMemoryStore().workspace(from.workspace);
  const { views } = await mergeFile(into, await backupOf(from), from.workspace);
  expect(views).toEqual({ added: 5, shared: 0, otherForm: [], left: [] });
  expect(await into.scenesOfViews(CORPUS, names)).toEqual(sizes.map((size) => ids.slice(0, size)));
});
