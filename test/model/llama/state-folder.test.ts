import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { makeStateFolder, removeLeftStateFolders } from '../../../src/model/llama/state-folder.ts';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hyperscene-left-'));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

/** One made by another process, which then is killed. */
const leftFolder = async (): Promise<string> => {
  const program = join(import.meta.dirname, 'make-state-folder.ts');
  const child = fork(program, [parent], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [folder] = (await once(child, 'message')) as [string];
  expect(await removeLeftStateFolders(parent)).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return folder;
};

test('what a killed process left is removed with what is in it, and what is in use stays', async () => {
  const own = makeStateFolder(parent);
  const left = await leftFolder();
  expect(existsSync(join(left, '0', '0.state'))).toBe(true);
  expect(await removeLeftStateFolders(parent)).toEqual([basename(left)]);
  expect(await readdir(parent)).toEqual([basename(own)]);
});

test('what belongs to others stays: of another machine or container, of another program, or a file', async () => {
  const left = await leftFolder();
  const [, , , pid] = basename(left).split('-');
  const names = [
    `hyperscene-model-00000000-${pid}-abcdef`,
    `hyperscene-model-${pid}-abcdef`,
    'hyperscene-models-Zk3f9a',
    `${basename(left)}0`,
  ];
  for (const name of names) await mkdir(join(parent, name));
  const file = `${basename(left).slice(0, -6)}UVWXYZ`;
  await writeFile(join(parent, file), 'no folder');
  expect(await removeLeftStateFolders(parent)).toEqual([basename(left)]);
  expect((await readdir(parent)).toSorted()).toEqual([...names, file].toSorted());
});

test('several starts at once do not get in each other’s way', async () => {
  await leftFolder();
  const removed = await Promise.all([1, 2, 3].map(() => removeLeftStateFolders(parent)));
  expect(new Set(removed.flat()).size).toBe(1);
  expect(await readdir(parent)).toEqual([]);
});
