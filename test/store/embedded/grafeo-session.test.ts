import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrafeoSession } from '../../../src/store/embedded/grafeo-session.ts';
import { failing } from '../../conformance/all-pages.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-session-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (session: GrafeoSession, id: number, key: string) =>
  session.run(id, { name: 'put', text: 'CREATE (n:Test {key: $key})' }, true, { key });
const keys = async (session: GrafeoSession): Promise<readonly unknown[]> =>
  (await session.run(null, { name: 'keys', text: 'MATCH (n:Test) RETURN n.key AS key' }, false, {})).rows().flat();

it('acknowledges nothing more after a sync that failed, and still answers', async () => {
  let fails = false;
  const log = {
    sync: () => {
      if (fails) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
    },
  };
  const session = GrafeoSession.open(join(folder, 'graph'), () => log);
  await put(session, 1, 'before');
  await session.commit(1);
  fails = true;
  await put(session, 2, 'in doubt');
  await expect(session.commit(2)).rejects.toThrow(/could not be synced.*EIO/u);
  fails = false;
  await put(session, 3, 'after');
  expect(await failing(session.commit(3))).toBe('STORE_FAILED');
  expect(await keys(session)).toContain('before');
  expect(await keys(session)).not.toContain('after');
  await session.close();
  const again = GrafeoSession.open(join(folder, 'graph'));
  await put(again, 1, 'again');
  await again.commit(1);
  expect(await keys(again)).toContain('again');
  await again.close();
});

it('refuses what comes behind the end of a transaction, begun or not', async () => {
  const session = GrafeoSession.open(join(folder, 'graph'));
  await put(session, 2, 'kept');
  await session.commit(2);
  expect(await failing(put(session, 2, 'late'))).toBe('INTERNAL');
  await put(session, 1, 'undone');
  await session.rollback(1);
  expect(await failing(put(session, 1, 'late'))).toBe('INTERNAL');
  await session.rollback(3);
  expect(await failing(put(session, 3, 'late'))).toBe('INTERNAL');
  expect(await keys(session)).toEqual(['kept']);
  await session.close();
});
