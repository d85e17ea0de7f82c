import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPrivate } from '../../../src/store/embedded/keep-private.ts';
import { failing } from '../../conformance/all-pages.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-private-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('leaves the store and its log to their owner alone', async () => {
  const path = join(folder, 'graph');
  await writeFile(path, '', { mode: 0o644 });
  await mkdir(`${path}.wal`, { mode: 0o755 });
  await keepPrivate(path);
  const modeOf = async (at: string): Promise<number> => (await stat(at)).mode & 0o777;
  expect([await modeOf(path), await modeOf(`${path}.wal`)]).toEqual([0o600, 0o700]);
});

it('leaves the mode to whoever has the say over it', async () => {
  // The kernel lets nobody change modes here, root included: EPERM, as for a file of another user.
  await expect(keepPrivate('/proc/self/status')).resolves.toBeUndefined();
});

it('fails where there is nothing to keep', async () => {
  expect(await failing(keepPrivate(join(folder, 'nothing')))).toBe('STORE_FAILED');
});
