import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceName } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../../src/store/graph-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../../conformance/prose.ts';
import { openSharedNeo4jStore } from '../../neo4j/open-test-store.ts';
import { archiveOf, backUp, linesOf, packed, recordLines, restore } from './take-backup.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-older-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The line as format 1, of a graph of migration 3, would have given it: no marks of segments in the tokens of a scene. */
const olderLine = (line: string): string => {
  const record = JSON.parse(line) as Record<string, unknown> & { properties?: { terms?: string } };
  if ('format' in record) return JSON.stringify({ ...record, version: 1, migration: 3 });
  if (record['node'] !== 'scene') return line;
  const terms = record.properties?.terms ?? '';
  return JSON.stringify({ ...record, properties: { ...record.properties, terms: terms.replaceAll(/[g-v]+/gu, '') } });
};

describe.each([
  ['embedded', () => openEmbeddedStore({ path: join(folder, 'graph') })],
  ['neo4j', openSharedNeo4jStore],
] as const)('a backup of an older graph restored into the %s store', (_, open) => {
  let database: GraphDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('becomes what it would be had the graph been migrated', async () => {
    const workspace = workspaceName(`старое ${randomBytes(4).toString('hex')}`);
    const store = database.workspace(workspace);
    await write(store, { sentences: RUSSIAN.slice(0, 30), name: 'ru' });
    await write(store, { sentences: ENGLISH.slice(0, 30), name: 'en', lang: 'en' });
    const search = async () =>
      Promise.all(['царь', 'princes'].map((text) => allItems((page) => store.scenes({ corpus: CORPUS, text }, page))));
    const found = await search();
    const now = await backUp(archiveOf(database), folder, workspace);
    const lines = linesOf(now.path).slice(0, -1);
    const older = lines.map(olderLine);
    expect(older.filter((line, i) => line !== lines[i]).length).toBeGreaterThan(60);
    const path = join(folder, `${workspace}.gz`);
    await writeFile(path, packed(older));
    await restore(database, path, workspace, true);
    expect(await search()).toEqual(found);
    for (const scenes of found) expect(scenes.length).toBeGreaterThan(1);
    const again = await backUp(archiveOf(database), folder, workspace);
    expect(recordLines(again.path)).toEqual(recordLines(now.path));
  });
});
