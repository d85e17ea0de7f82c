import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HypersceneError } from '../../../src/errors.ts';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { failing } from '../../conformance/all-pages.ts';
import { CORPUS, RUSSIAN, write } from '../../conformance/prose.ts';
import { startWriter } from './writer-process.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-open-'));
  path = join(folder, 'новая папка', 'graph');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const refusal = async (of: string): Promise<HypersceneError> => {
  try {
    await (await openEmbeddedStore({ path: of })).close();
  } catch (error) {
    if (error instanceof HypersceneError) return error;
    throw error;
  }
  throw new Error('it opened');
};

it('makes its folder, and leaves nothing but the file when it is closed', async () => {
  const database = await openEmbeddedStore({ path });
  expect(database).toMatchObject({ kind: 'embedded', location: path });
  await write(database.workspace(DEFAULT_WORKSPACE), { sentences: RUSSIAN.slice(0, 3) });
  await database.close();
  expect(await readdir(join(folder, 'новая папка'))).toEqual(['graph']);
  const modeOf = async (at: string): Promise<number> => (await stat(at)).mode & 0o777;
  expect([await modeOf(dirname(path)), await modeOf(path)]).toEqual([0o700, 0o600]);
});

it('is refused while it is open, to this process and to another, which is told by whom', async () => {
  const database = await openEmbeddedStore({ path });
  const second = await refusal(path);
  expect([second.code, second.retriable]).toEqual(['STORE_LOCKED', true]);
  expect(second.message).toContain(path);
  expect(second.message).toContain('this very process');
  await database.close();
  const writer = startWriter(path, 0, 1_000_000);
  await writer.line('wrote');
  const other = await refusal(path);
  expect(other.code).toBe('STORE_LOCKED');
  expect(other.message).toContain(`process ${writer.process.pid}`);
  writer.process.kill('SIGKILL');
  await writer.ended;
  const after = await openEmbeddedStore({ path });
  expect((await after.workspace(DEFAULT_WORKSPACE).corpus(CORPUS))?.documents).toBeGreaterThan(0);
  await after.close();
});

it.each([
  ['text', 'Это не граф, а письмо.\n'.repeat(500)],
  ['nothing', ''],
  ['zeros', '\0'.repeat(100_000)],
])('does not take a file of %s for a store, and leaves it as it is', async (_, content) => {
  const file = join(folder, 'file');
  await writeFile(file, content);
  const error = await refusal(file);
  expect(error.code).toBe('STORE_UNREADABLE');
  expect(error.message).toContain(file);
  expect(await readFile(file, 'utf8')).toBe(content);
});

it('does not take a store that was cut short for a whole one', async () => {
  const database = await openEmbeddedStore({ path });
  await write(database.workspace(DEFAULT_WORKSPACE), { sentences: RUSSIAN.slice(0, 50) });
  await database.close();
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
  expect((await refusal(path)).code).toBe('STORE_UNREADABLE');
});

it('does not take a folder for a store, nor a file for a folder', async () => {
  await mkdir(join(folder, 'folder'));
  expect((await refusal(join(folder, 'folder'))).code).toBe('STORE_UNREADABLE');
  await writeFile(join(folder, 'file'), 'x');
  expect((await refusal(join(folder, 'file', 'graph'))).code).toBe('STORE_FAILED');
});

it('answers nothing once it is closed, and may be closed twice', async () => {
  const database = await openEmbeddedStore({ path });
  const store = database.workspace(DEFAULT_WORKSPACE);
  await write(store, { sentences: RUSSIAN.slice(0, 20) });
  await Promise.all([database.close(), database.close()]);
  expect(await failing(store.corpus(CORPUS))).toBe('STORE_CLOSED');
  expect(await failing(write(store, { sentences: RUSSIAN.slice(0, 2) }))).toBe('STORE_CLOSED');
});
