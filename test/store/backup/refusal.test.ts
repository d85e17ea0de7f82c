import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { FORMAT_VERSION } from '../../../src/store/backup/format.ts';
import { checkBackup } from '../../../src/store/backup/read-backup.ts';
import { restoreBackup } from '../../../src/store/backup/restore-backup.ts';
import { saveBackup } from '../../../src/store/backup/save-backup.ts';
import { writeBackup } from '../../../src/store/backup/write-backup.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase } from '../../../src/store/graph-store.ts';
import { failing } from '../../conformance/all-pages.ts';
import { dump } from '../../conformance/isolation.ts';
import { ENGLISH, RUSSIAN, write } from '../../conformance/prose.ts';
import { archiveOf, backUp, linesOf, packed, restore } from './take-backup.ts';

let folder: string;
let full: GraphDatabase;
let empty: GraphDatabase;
let backup: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-refusal-'));
  full = await openEmbeddedStore({ path: join(folder, 'full', 'graph') });
  empty = await openEmbeddedStore({ path: join(folder, 'empty', 'graph') });
  await write(full.workspace(DEFAULT_WORKSPACE), { name: 'ru', sentences: RUSSIAN.slice(0, 20) });
  await write(full.workspace(DEFAULT_WORKSPACE), { name: 'en', sentences: ENGLISH.slice(0, 20), lang: 'en' });
  backup = (await backUp(archiveOf(full), folder, DEFAULT_WORKSPACE)).path;
});
afterAll(async () => {
  await full.close();
  await empty.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (bytes: Uint8Array | string): string => {
  const path = join(folder, 'made.gz');
  writeFileSync(path, bytes);
  return path;
};

const code = (path: string): Promise<unknown> => failing(checkBackup(path));

it('refuses a backup that is cut off anywhere', async () => {
  const bytes = readFileSync(backup);
  const cuts = fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
    expect(await code(file(bytes.subarray(0, length)))).toBe('BACKUP_UNREADABLE');
  });
  await fc.assert(cuts, { numRuns: 60 });
  const lines = linesOf(backup);
  for (const text of ['', lines[0], lines.slice(0, -1).join('\n')])
    expect(await code(file(gzipSync(`${text}\n`)))).toBe('BACKUP_UNREADABLE');
});

it('refuses a backup of which one character was changed', async () => {
  const text = linesOf(backup).join('\n');
  const changes = fc.asyncProperty(fc.nat(text.length - 1), async (at) => {
    const changed = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}\n`;
    expect(await code(file(gzipSync(changed)))).toBe('BACKUP_UNREADABLE');
  });
  await fc.assert(changes, { numRuns: 60 });
});

it('refuses what is none, and what a newer version wrote', async () => {
  expect(await code(join(folder, 'nowhere.gz'))).toBe('UNREADABLE_FILE');
  for (const bytes of ['', 'он стоял у двери', gzipSync('не то\n'), gzipSync('{"a":1}\n{"b":2}\n')])
    expect(await code(file(bytes))).toBe('BACKUP_UNREADABLE');
  const [header = '', ...rest] = linesOf(backup).slice(0, -1);
  expect(await code(file(packed([header.replace(/"version":\d+/u, `"version":${FORMAT_VERSION + 1}`), ...rest])))).toBe(
    'BACKUP_TOO_NEW',
  );
  const ahead = file(packed([header.replace(/"migration":\d+/u, '"migration":999'), ...rest]));
  expect(await failing(restore(empty, ahead, DEFAULT_WORKSPACE))).toBe('BACKUP_TOO_NEW');
});

it('never takes a part for whole: an edge without its end, a record of another workspace, an interruption', async () => {
  const lines = linesOf(backup).slice(0, -1);
  const store = empty.workspace(DEFAULT_WORKSPACE);
  const without = lines.filter((line) => !line.startsWith('{"node":"agent"'));
  const foreign = lines.map((line) =>
    line.startsWith('{"node":"chunk"') ? line.replaceAll('default', 'others') : line,
  );
  for (const [made, expected] of [
    [without, 'STORE_FAILED'],
    [foreign, 'BACKUP_UNREADABLE'],
  ] as const) {
    expect(await failing(restore(empty, file(packed(made)), DEFAULT_WORKSPACE))).toBe(expected);
    expect(await failing(store.corpora({ first: 1 }))).toBe('STORE_RESTORING');
    expect(await failing(backUp(archiveOf(empty), folder, DEFAULT_WORKSPACE))).toBe('STORE_RESTORING');
  }
  const stop = new AbortController();
  const options = { replace: false, signal: stop.signal, onProgress: () => stop.abort() };
  expect(await failing(restoreBackup(archiveOf(empty), await checkBackup(backup), DEFAULT_WORKSPACE, options))).toBe(
    'CANCELLED',
  );
  await empty.close();
  empty = await openEmbeddedStore({ path: join(folder, 'empty', 'graph') });
  const reopened = empty.workspace(DEFAULT_WORKSPACE);
  expect(await failing(write(reopened, { sentences: RUSSIAN.slice(0, 2) }))).toBe('STORE_RESTORING');
  await archiveOf(empty).discard(DEFAULT_WORKSPACE);
  expect((await reopened.corpora({ first: 1 })).items).toEqual([]);
  await restore(empty, backup, DEFAULT_WORKSPACE);
  expect(await dump(reopened)).toEqual(await dump(full.workspace(DEFAULT_WORKSPACE)));
});

it('leaves no file behind that is no backup, and replaces none', async () => {
  const path = join(folder, 'once.gz');
  const produce = async (writeText: (text: string) => Promise<void>): Promise<void> => {
    await writeText('half');
    throw new Error('broken');
  };
  const before = await readdir(folder);
  expect(await failing(saveBackup({ path, force: false, produce }))).toBe('Error: broken');
  expect(await readdir(folder)).toEqual(before);
  expect(await failing(saveBackup({ path: backup, force: false, produce }))).toBe('FILE_EXISTS');
});

it('gives the state of one instant while others write', async () => {
  const store = full.workspace(DEFAULT_WORKSPACE);
  const expected = await dump(store);
  let wrote = false;
  const taken = join(folder, 'busy.gz');
  const request = { archive: archiveOf(full), store: 'embedded', product: '0', created: new Date(0) };
  await saveBackup({
    path: taken,
    force: false,
    produce: (writeText) =>
      writeBackup({
        ...request,
        workspaces: [DEFAULT_WORKSPACE],
        write: writeText,
        onScenes: () => {
          if (!wrote) void write(store, { name: 'ru', sentences: ENGLISH.slice(5, 60) });
          wrote = true;
        },
      }),
  });
  await restore(empty, taken, DEFAULT_WORKSPACE, true);
  expect(await dump(empty.workspace(DEFAULT_WORKSPACE))).toEqual(expected);
});
