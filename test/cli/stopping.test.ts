import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines, makeFolder, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

/** Long enough to be in the middle of it for seconds. */
const longStory = join(folder, 'долгая.txt');
writeFileSync(longStory, `${readFileSync(STORIES.ru, 'utf8')}\n\n`.repeat(150));

const corpora = async (data: string): Promise<readonly unknown[]> =>
  jsonLines((await runCli(['corpora', '--json'], { data })).stdout);

describe('a reader of the output that goes away', () => {
  it('ends the program quietly', () => {
    const data = join(folder, 'epipe');
    const command = `"${process.execPath}" bin/hyperscene.js read ${STORIES.ru} --corpus c --json --quiet | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const env = { ...process.env, HYPERSCENE_DATA: data };
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8', env });
    const [line, status] = stdout.trimEnd().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ position: 0 });
    expect([status, stderr]).toEqual(['0', '']);
  });
});

describe('SIGINT', () => {
  it('stops a reading with status 130 and leaves whole documents only', async () => {
    const data = join(folder, 'sigint');
    const { child, done, seen } = startCli(['read', STORIES.en, longStory, '--corpus', 'c'], { data });
    await seen('stderr', 'reading долгая.txt');
    child.kill('SIGINT');
    const { status, stderr } = await done;
    expect(status).toBe(130);
    expect(stderr).toMatch(/^error CANCELLED: /mu);
    expect(await corpora(data)).toMatchObject([{ name: 'c', documents: 1, uncoupled: 0 }]);
  });
});

describe('kill -9 in the middle of a reading', () => {
  it('leaves a store that opens, holds whole documents only, and takes the reading up again', async () => {
    const data = join(folder, 'kill');
    const { child, done, seen } = startCli(['read', STORIES.ru, longStory, '--corpus', 'c'], { data });
    await seen('stderr', 'reading долгая.txt');
    child.kill('SIGKILL');
    expect((await done).signal).toBe('SIGKILL');
    expect(await corpora(data)).toMatchObject([{ name: 'c', documents: 1 }]);
    const again = await runCli(['read', STORIES.ru, STORIES.en, '--corpus', 'c'], { data });
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('unchanged');
    expect(await corpora(data)).toMatchObject([{ name: 'c', documents: 2, uncoupled: 0 }]);
  });
});

describe('a second program on the same data folder', () => {
  it('is told which process has it open, and harms nothing', async () => {
    const data = join(folder, 'shared');
    const server = startCli(['serve', '--port', '0'], { data });
    await server.seen('stdout', 'http://');
    const { status, stderr, stdout } = await runCli(['read', STORIES.ru, '--corpus', 'c'], { data });
    expect([status, stdout]).toEqual([69, '']);
    expect(stderr).toMatch(/^error STORE_LOCKED: /u);
    expect(stderr).toContain(`process ${server.child.pid}`);
    server.child.kill('SIGTERM');
    expect((await server.done).status).toBe(0);
    expect(await corpora(data)).toEqual([]);
  });
});
