import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The room rules, run over a small tree of sources of their own. */
const lint = (
  sources: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly output: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'hyperscene-rooms-'));
  try {
    for (const file of ['package.json', '.dependency-cruiser.mjs']) cpSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const { status, stdout } = spawnSync(
      process.execPath,
      [cruiser, 'src', '--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
      { cwd: folder, encoding: 'utf8' },
    );
    return { status, output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('the lint of room imports', () => {
  it('accepts imports that follow the table', () => {
    const { status } = lint({
      'src/errors.ts': 'export const code = 1;',
      'src/scene/scene.ts': "import { code } from '../errors.ts'; export const scene = code;",
      'src/worker/job.ts': "import type { scene } from '../scene/scene.ts'; export type Job = typeof scene;",
      'src/worker/read.ts':
        "export const read = async () => { await using job = await import('./job.ts'); return job; };",
    });
    expect(status).toBe(0);
  });

  it('refuses what the table does not allow: values, types, dynamic imports, cycles, adapters, unknown rooms', () => {
    const { status, output } = lint({
      'src/errors.ts': 'export const code = 1;',
      'src/store/graph-store.ts': 'export type Store = string;',
      'src/store/embedded/open.ts':
        "import type { Store } from '../graph-store.ts'; export const open = (): Store => '';",
      'src/scene/types.ts': "import type { Store } from '../store/graph-store.ts'; export type Scene = Store;",
      'src/coupling/dynamic.ts': "export const load = () => import('../collapse/one.ts');",
      'src/activation/held.ts':
        "export const held = async () => { await using pack = await import('../model/pack.ts'); return pack; };",
      'src/model/pack.ts': 'export const pack = 1;',
      'src/collapse/one.ts': "import { two } from './two.ts'; export const one = () => two;",
      'src/collapse/two.ts': "import { one } from './one.ts'; export const two = () => one;",
      'src/worker/job.ts': "import { open } from '../store/embedded/open.ts'; export const job = open;",
      'src/cellar/stray.ts': "import { code } from '../errors.ts'; export const stray = code;",
      'src/reading/dev.ts': "import { property } from 'fast-check'; export const p = property;",
    });
    expect(status).not.toBe(0);
    for (const violation of [
      'room-scene: src/scene/types.ts',
      'room-coupling: src/coupling/dynamic.ts',
      'room-activation: src/activation/held.ts',
      'no-cycles: src/collapse/',
      'adapters-by-main: src/worker/job.ts',
      'known-room: src/cellar/stray.ts',
      'declared-packages: src/reading/dev.ts',
    ])
      expect(output).toContain(violation);
  });
});
