import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreThread } from '../../../src/store/embedded/store-thread.ts';
import { failing } from '../../conformance/all-pages.ts';

const run = (text: string, parameters = {}) =>
  ({ type: 'run', transaction: null, alone: false, statement: { name: 'test', text }, parameters }) as const;

let folder: string;
let thread: StoreThread;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-thread-'));
  thread = new StoreThread();
  await thread.ask({ type: 'open', path: join(folder, 'graph') });
});
afterEach(async () => {
  await thread.end();
  await rm(folder, { recursive: true, force: true });
});

it('brings rows of any number and size in order', async () => {
  const rows = await thread.rows<{ readonly i: number; readonly text: string }>(
    run('UNWIND range(1, $n) AS i RETURN i, $text AS text', { n: 2345, text: 'ж'.repeat(2000) }),
  );
  expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 2345 }, (_, i) => i + 1));
  expect(rows.every(({ text }) => text.length === 2000)).toBe(true);
});

it('fails all that is pending, and all that comes, once the thread is gone', async () => {
  const pending = [
    thread.rows(run('UNWIND range(1, 2000) AS a UNWIND range(1, 2000) AS b RETURN count(*) AS n')),
    thread.ask({ type: 'commit', transaction: 1 }),
  ];
  const failures = pending.map((one) => failing(one));
  await thread.end();
  expect(await Promise.all(failures)).toEqual(['STORE_FAILED', 'STORE_FAILED']);
  expect(await failing(thread.ask({ type: 'commit', transaction: 1 }))).toBe('STORE_FAILED');
});

it('names the statement that failed, not its text, and goes on', async () => {
  await expect(thread.rows(run('RETURN nosuch(1) AS x'))).rejects.toThrow(/^the store failed; at test;/u);
  await expect(thread.rows(run('RETURN 1 AS x'))).resolves.toEqual([{ x: 1 }]);
});
