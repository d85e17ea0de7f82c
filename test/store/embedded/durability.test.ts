import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { CORPUS, idOf } from '../../conformance/prose.ts';
import { inconsistencies } from '../consistency.ts';
import { startWriter, type WriterProcess } from './writer-process.ts';

/** `KILLS=100` for a night. */
const KILLS = Number(process.env['KILLS'] ?? 6);
/** From the first acknowledgement to the kill, ms: a document takes some 30. */
const KILL_AFTER_MAX = 700;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-kill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a writer acknowledged. */
const told = ({ lines }: WriterProcess, verb: string): readonly number[] =>
  lines.filter((line) => line.startsWith(verb)).map((line) => Number(line.split(' ')[1]));

it(
  'loses nothing acknowledged and leaves nothing by halves when the process is killed',
  async () => {
    const path = join(folder, 'graph');
    const expected = new Set<number>();
    let next = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = startWriter(path, next, 1_000_000);
      await writer.line('wrote');
      await setTimeout(Math.random() * KILL_AFTER_MAX);
      writer.process.kill('SIGKILL');
      await writer.ended;
      const wrote = told(writer, 'wrote');
      const last = wrote.at(-1) ?? next;
      for (const i of wrote) expected.add(i);
      // The deletion that comes next may be done and not told: its document is no witness.
      for (const i of [...told(writer, 'deleted'), last - 3]) expected.delete(i);
      next = last + 2;
      const database = await openEmbeddedStore({ path });
      const store = database.workspace(DEFAULT_WORKSPACE);
      expect(await inconsistencies(store)).toEqual([]);
      const ids = [...expected].map((i) => idOf({ name: `документ ${i}` }));
      const lost = (await store.documentsById(ids)).filter((document) => document === null);
      expect(lost).toEqual([]);
      expect((await store.corpus(CORPUS))?.documents).toBeGreaterThan(0);
      await database.close();
    }
    expect(expected.size).toBeGreaterThan(KILLS);
  },
  60_000 + KILLS * 10_000,
);
