import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { modelDoor } from '../../src/main/model.ts';
import { tinyGguf } from '../model/gguf/tiny-gguf.ts';

test('a model that is opened tidies up what a killed service left, and leaves nothing itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-main-'));
  try {
    const program = join(import.meta.dirname, '../model/llama/make-state-folder.ts');
    const child = fork(program, [tmpdir()], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const [left] = (await once(child, 'message')) as [string];
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(left)).toBe(true);
    const path = join(folder, 'tiny.gguf');
    await writeFile(path, tinyGguf({ seed: 1 }));
    const env = { HYPERSCENE_MODEL: path, HYPERSCENE_MODELS: folder, HYPERSCENE_MODEL_THREADS: '1' };
    const door = modelDoor(readConfig({ ...env, HYPERSCENE_MODEL_CONTEXT: '512' }));
    const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('hyperscene-model-'));
    const model = await door.open();
    expect(existsSync(left)).toBe(false);
    for (const text of ['он стоял', 'he stood'])
      expect(
        await model.count([{ form: 'raw', segments: [{ kind: 'text', text }] }], {
          client: 'test',
          workspace: 'test',
          pack: null,
          reproducible: false,
        }),
      ).toHaveLength(1);
    const own = (await folders()).filter((name) => name.includes(`-${process.pid}-`));
    expect(own).toHaveLength(1);
    await door.close();
    expect((await folders()).filter((name) => own.includes(name))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
