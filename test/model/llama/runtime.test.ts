import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLlamaRuntime, RUNTIME_VERSION } from '../../../src/model/llama/runtime.ts';

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
    const { getLlama } = await loadLlamaRuntime();
    const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
    expect(llama.gpu).toBe(false);
    await llama.dispose();
    expect(readdirSync(join(ROOT, 'node_modules/node-llama-cpp/llama'))).not.toContain('localBuilds');
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
