import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { idOf } from '../../conformance/prose.ts';
import { inconsistencies } from '../consistency.ts';
import { startWriter } from './writer-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-full-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files that may not grow stand for a disk that has no room: the system refuses the write in the same place. */
it('tells when there is no room, keeps what was acknowledged and opens again', async () => {
  const path = join(folder, 'graph');
  const writer = startWriter(path, 0, 1000, 'ulimit -f 1200');
  expect(await writer.line('failed')).toBe('failed DISK_FULL');
  expect(await writer.line('closed')).toBe('closed');
  await writer.ended;
  const wrote = writer.lines.filter((line) => line.startsWith('wrote')).map((line) => Number(line.split(' ')[1]));
  const deleted = writer.lines.filter((line) => line.startsWith('deleted')).map((line) => Number(line.split(' ')[1]));
  const database = await openEmbeddedStore({ path });
  const store = database.workspace(DEFAULT_WORKSPACE);
  expect(await inconsistencies(store)).toEqual([]);
  const expected = wrote.filter((i) => !deleted.includes(i));
  expect(expected.length).toBeGreaterThan(1);
  const found = await store.documentsById(expected.map((i) => idOf({ name: `документ ${i}` })));
  expect(found.filter((document) => document === null)).toEqual([]);
  await database.close();
  const again = startWriter(path, 500, 3);
  expect(await again.line('closed')).toBe('closed');
  expect(again.lines).toContain('wrote 502');
});

it('opens again when the process is killed while there is no room', async () => {
  for (const [i, blocks] of [700, 1100, 1500].entries()) {
    const path = join(folder, `killed ${i}`);
    const writer = startWriter(path, 0, 1000, `ulimit -f ${blocks}`);
    await writer.line('failed');
    writer.process.kill('SIGKILL');
    await writer.ended;
    const numbers = (verb: string) =>
      writer.lines.filter((line) => line.startsWith(verb)).map((line) => Number(line.split(' ')[1]));
    const deleted = numbers('deleted');
    const expected = numbers('wrote').filter((one) => !deleted.includes(one));
    const database = await openEmbeddedStore({ path });
    const store = database.workspace(DEFAULT_WORKSPACE);
    expect(await inconsistencies(store)).toEqual([]);
    const found = await store.documentsById(expected.map((one) => idOf({ name: `документ ${one}` })));
    expect(found).not.toContain(null);
    await database.close();
  }
});
