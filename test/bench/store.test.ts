import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchResult } from '../../bench/store/bench.ts';

const run = promisify(execFile);
const BENCH = join(import.meta.dirname, '../../bench/store.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('loads both sides of the embedded store, finds the same answers in both and writes them down', async () => {
  const out = join(folder, 'store.json');
  const options = ['--scenes', '500', '--store', 'embedded', '--rounds', '1', '--reads', '5', '--out', out];
  const { stdout, stderr } = await run(process.execPath, [BENCH, ...options]);
  expect(stdout).toBe('');
  expect(stderr).toContain(out);

  const result = JSON.parse(await readFile(out, 'utf8')) as BenchResult;
  expect(result.machine.node).toBe(process.version);
  expect(result.stores.map(({ kind }) => kind)).toEqual(['embedded']);
  const [embedded] = result.stores;
  const [round] = embedded?.rounds ?? [];
  for (const side of ['store', 'byHand'] as const) {
    expect(round?.[side]).toMatchObject({ scenes: 500, documents: 1 });
    expect(round?.[side].couplings).toBeGreaterThan(4 * 500 - 100);
    expect(round?.[side].rssPeakMb).toBeGreaterThan(10);
  }
  expect(round?.store.graph).toEqual(round?.byHand.graph);
  expect(round?.store.graph).toMatchObject({ Scene: 500, AGENT: 500, TENSION: 500, CONTEXT: 500, ARCHETYPE: 500 });
  const paths = ['scene with facets', 'two hops, at most 200', 'page of 100', '100 ids', 'search, first 20'];
  for (const reads of [embedded?.reads.caller, embedded?.reads.thread]) {
    expect(reads?.map(({ path }) => path)).toEqual(paths);
    expect(reads?.find(({ path }) => path === '100 ids')?.scenes).toBeGreaterThan(50);
  }

  const summary = await readFile(join(folder, 'store.md'), 'utf8');
  for (const path of paths) expect(summary.split(`| ${path} |`)).toHaveLength(3);
});

it('says what it expected of an option', async () => {
  await expect(run(process.execPath, [BENCH, '--store', 'oracle'])).rejects.toThrow('embedded, neo4j or both');
  await expect(run(process.execPath, [BENCH, '--scenes', 'many'])).rejects.toThrow('--scenes');
});
