import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Llama } from 'node-llama-cpp';
import { HypersceneError } from '../../../src/errors.ts';
import { loadLlamaRuntime, openRuntime, RUNTIME_VERSION } from '../../../src/model/llama/runtime.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('the runtime of language models', () => {
  it('is an optional peer in the version that errors advise, so that installing the package brings no GPU binaries', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      peerDependencies: { 'node-llama-cpp': RUNTIME_VERSION },
      peerDependenciesMeta: { 'node-llama-cpp': { optional: true } },
      devDependencies: { 'node-llama-cpp': RUNTIME_VERSION },
    });
    expect(manifest.dependencies).not.toHaveProperty('node-llama-cpp');
  });

  it('is locked without binaries for GPUs', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string; readonly os?: readonly string[] }>>;
    };
    const platforms = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/@node-llama-cpp/'));
    const come = platforms.filter(([, { version }]) => version === RUNTIME_VERSION).map(([path]) => path);
    expect(come.filter((path) => /cuda|vulkan/u.test(path))).toEqual([]);
    expect(come.map((path) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['linux-x64', 'linux-arm64', 'mac-arm64-metal', 'mac-x64', 'win-x64', 'win-arm64']),
    );
    for (const [path, { os }] of platforms) if (!come.includes(path)) expect([path, os]).toEqual([path, ['none']]);
  });

  it('is found on the CPU in what was installed, with nothing built or downloaded', async () => {
    const llama = await openRuntime({ gpu: 'off', threads: 1 });
    expect([llama.gpu, llama.maxThreads]).toEqual([false, 1]);
    await llama.dispose();
    expect(readdirSync(join(ROOT, 'node_modules/node-llama-cpp/llama'))).not.toContain('localBuilds');
  });

  it.each(['cuda', 'vulkan', 'metal'] as const)('opens on %s, or says what that needs', async (gpu) => {
    const opened = await openRuntime({ gpu }).catch((error: unknown) => error);
    if (opened instanceof HypersceneError) {
      expect(opened.code).toBe('MODEL_RUNTIME_MISSING');
      expect(opened.message).toContain('HYPERSCENE_MODEL_GPU=off');
    } else await (opened as Llama).dispose();
  });

  it.each([
    [['cuda', '--dry-run'], 0, new RegExp(`linux-x64-cuda and linux-x64-cuda-ext ${RUNTIME_VERSION}`, 'u')],
    [['vulkan', '--dry-run'], 0, new RegExp(`linux-x64-vulkan ${RUNTIME_VERSION}`, 'u')],
    [['rocm'], 2, /^Usage/u],
    [[], 2, /^Usage/u],
  ] as const)('has a set-up for GPUs, which %j shows', (args, status, said) => {
    const result = spawnSync(process.execPath, [join(ROOT, 'scripts/setup-gpu.mjs'), ...args], { encoding: 'utf8' });
    const isThere = process.platform === 'linux' && process.arch === 'x64';
    expect(result.status).toBe(isThere || status !== 0 ? status : 69);
    if (isThere) expect(result.stdout + result.stderr).toMatch(said);
  });

  it('is told to be missing with what to install', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(loadLlamaRuntime(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'MODEL_RUNTIME_MISSING',
      exitStatus: 69,
      message: expect.stringContaining(`npm install node-llama-cpp@${RUNTIME_VERSION}; came none`),
    });
    const broken = new Error('GLIBC_2.99 not found');
    await expect(loadLlamaRuntime(() => Promise.reject(broken))).rejects.toMatchObject({
      code: 'MODEL_RUNTIME_MISSING',
      message: expect.stringContaining('came GLIBC_2.99 not found'),
    });
  });
});
