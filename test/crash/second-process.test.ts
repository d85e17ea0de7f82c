import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { runCli } from '../cli/run-cli.ts';
import { Ledger } from './ledger.ts';
import { startWriter, type Writer } from './writer-process.ts';

/** Races on one store; the processes of each start together. */
const RACES = 3;
const RUNNERS = 3;

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-second-'));
  path = join(folder, 'graph');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (ledger: Ledger): Writer => startWriter({ store: { kind: 'embedded', path }, from: ledger.next });

const verdictOn = async (ledger: Ledger, writer: Writer) => {
  const database = await openEmbeddedStore({ path });
  try {
    return await ledger.judge(database, writer.lines);
  } finally {
    await database.close();
  }
};

it('tells a second process, again and again, which one has the store, and the first loses nothing', async () => {
  const ledger = new Ledger();
  const first = start(ledger);
  await first.told('ack', 3);
  for (let i = 0; i < 3; i++) {
    const second = start(ledger);
    await second.ended;
    expect(second.lines.at(-1)).toMatch(/^failed STORE_LOCKED /u);
    expect(second.lines.at(-1)).toContain(`process ${first.child.pid}`);
  }
  const { status, stderr } = await runCli(['corpora'], { data: folder });
  expect(status).toBe(69);
  expect(stderr).toMatch(/^error STORE_LOCKED: /u);
  expect(stderr).toContain(`process ${first.child.pid}`);
  expect(stderr).not.toContain('    at ');
  await first.told('ack', first.lines.filter((line) => line.startsWith('ack')).length + 3);
  await first.stop();
  expect(first.lines.at(-1)).toBe('closed');
  expect(await verdictOn(ledger, first)).toMatchObject({ lost: 0, halves: [] });
});

it('lets one of several processes that start at once have the store, also where the last one was killed', async () => {
  const ledger = new Ledger();
  for (let race = 0; race < RACES; race++) {
    const writers = Array.from({ length: RUNNERS }, () => start(ledger));
    const winner = await Promise.any(writers.map((writer) => writer.told('ack', 2).then(() => writer)));
    const others = writers.filter((writer) => writer !== winner);
    await Promise.all(others.map(({ ended }) => ended));
    for (const { lines } of others) {
      expect(lines.at(-1)).toMatch(/^failed STORE_LOCKED /u);
      expect(lines.at(-1)).toContain(`process ${winner.child.pid}`);
    }
    await winner.kill();
    expect(await verdictOn(ledger, winner)).toMatchObject({ lost: 0, halves: [] });
  }
});
