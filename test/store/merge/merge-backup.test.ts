import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { checkBackup } from '../../../src/store/backup/read-backup.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { mergeBackup } from '../../../src/store/merge/merge-backup.ts';
import { failing } from '../../conformance/all-pages.ts';
import { dump } from '../../conformance/isolation.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../../conformance/prose.ts';
import { archiveOf, backUp, linesOf, packed } from '../backup/take-backup.ts';

let folder: string;
let full: GraphDatabase;
let lines: readonly string[];
let into: GraphStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-merge-'));
  full = await openEmbeddedStore({ path: join(folder, 'full') });
  const store = full.workspace(DEFAULT_WORKSPACE);
  await write(store, { name: 'ru', sentences: RUSSIAN.slice(0, 20) });
  await write(store, { name: 'en', sentences: ENGLISH.slice(0, 20), lang: 'en' });
  lines = linesOf((await backUp(archiveOf(full), folder, DEFAULT_WORKSPACE)).path).slice(0, -1);
});
beforeEach(() => {
  into = openMemoryStore().workspace(DEFAULT_WORKSPACE);
});
afterAll(async () => {
  await full.close();
  await rm(folder, { recursive: true, force: true });
});

const merge = async (made: readonly string[]) => {
  const path = join(folder, 'made.gz');
  writeFileSync(path, packed(made));
  return mergeBackup(into, await checkBackup(path), DEFAULT_WORKSPACE);
};

const isEmpty = async (): Promise<boolean> => (await into.corpora({ first: 1 })).items.length === 0;

const withHeader = (change: Readonly<Record<string, unknown>>): readonly string[] => [
  JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...change }),
  ...lines.slice(1),
];

it('takes a backup of an older graph, which knew no words to search by', async () => {
  const older = withHeader({ migration: 2 }).map((line) => line.replace(/"terms":"[^"]*",?/u, ''));
  expect(older.filter((line, i) => line !== lines[i]).length).toBeGreaterThan(40);
  await merge(older);
  expect(await dump(into)).toEqual(await dump(full.workspace(DEFAULT_WORKSPACE)));
  expect(await into.countScenes({ corpus: CORPUS, text: 'царь' })).toBeGreaterThan(0);
});

it('leaves out a corpus whose import was under way when the backup was taken', async () => {
  const isCorpus = (line: string): boolean => line.startsWith('{"node":"corpus"');
  const half = lines.map((line) => (isCorpus(line) ? line.replace('"name":', '"importing":"x","name":') : line));
  expect(half.filter((line, i) => line !== lines[i])).toHaveLength(1);
  expect(await merge(half)).toMatchObject({ corpora: { added: 0 }, scenes: 0 });
  expect([await isEmpty(), await into.imports()]).toEqual([true, []]);
});

it('refuses what a newer graph holds, and records that it does not know, before it writes', async () => {
  expect(await failing(merge(withHeader({ migration: 999 })))).toBe('BACKUP_TOO_NEW');
  const end = lines.length - 1;
  for (const unknown of ['{"node":"dream","properties":{}}', '{"edge":"DREAMS","from":"a","to":"b","properties":{}}'])
    expect(await failing(merge([...lines.slice(0, end), unknown, ...lines.slice(end)]))).toBe('BACKUP_UNREADABLE');
  expect(await isEmpty()).toBe(true);
});

it('refuses records that stand where they do not belong, and leaves nothing of their document', async () => {
  const facet = lines.findIndex((line) => line.startsWith('{"edge":"TENSION"'));
  const scene = lines.findIndex((line) => line.startsWith('{"node":"scene"'));
  const early = [...lines.slice(0, scene), lines[facet] ?? '', ...lines.slice(scene)];
  expect(await failing(merge(early))).toBe('BACKUP_UNREADABLE');
  const document = lines.findIndex((line) => line.startsWith('{"node":"document"'));
  expect(await failing(merge(lines.filter((_, i) => i !== document)))).toBe('BACKUP_UNREADABLE');
  const dropped = lines.filter((line) => !line.startsWith('{"node":"hypertoken"'));
  expect(await failing(merge(dropped))).toBe('BACKUP_UNREADABLE');
});

it('finds that what came is not what the backup holds', async () => {
  const broken: GraphStore = new Proxy(into, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (name === 'scenesById') return async (ids: readonly unknown[]) => ids.map(() => null);
      return member instanceof Function ? member.bind(target) : member;
    },
  });
  const path = join(folder, 'whole.gz');
  writeFileSync(path, packed(lines));
  expect(await failing(mergeBackup(broken, await checkBackup(path), DEFAULT_WORKSPACE))).toBe('STORE_FAILED');
});
