import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ApiResult } from '../../bench/api/bench.ts';
import { type MemorySample, slopesOf } from '../../bench/api/soak.ts';

const run = promisify(execFile);
const BENCH = join(import.meta.dirname, '../../bench/api.ts');

test('both servers answer the same, by a number of statements that no question changes, and it is written down', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
  const out = join(folder, 'api.json');
  const options = ['--rounds', '1', '--seconds', '1', '--connections', '2', '--no-soak', '--no-hostile', '--out', out];
  const { stdout } = await run(process.execPath, [BENCH, '--operations', 'scene,page of scenes', ...options]);
  expect(stdout).toBe('');
  const result = JSON.parse(await readFile(out, 'utf8')) as ApiResult;
  const summary = await readFile(join(folder, 'api.md'), 'utf8');
  await rm(folder, { recursive: true });
  expect(result.machine.node).toBe(process.version);
  expect(result).toMatchObject({ documents: 2, soak: null, hostile: null });
  expect(result.operations.map(({ operation }) => operation)).toEqual(['scene', 'page of scenes']);
  for (const { operation, storeCalls, ours, bare, ratio, questions } of result.operations) {
    expect(questions).toBe(100);
    expect(storeCalls.least).toBe(storeCalls.most);
    expect(storeCalls.most).toBeGreaterThan(0);
    for (const [round] of [ours, bare]) {
      expect(round).toMatchObject({ failed: 0, failure: null });
      expect(round?.requests).toBeGreaterThan(0);
      expect(round?.p99).toBeGreaterThanOrEqual(round?.p50 ?? Number.NaN);
    }
    expect(ratio).toBeCloseTo((ours[0]?.perSecond ?? 0) / (bare[0]?.perSecond ?? 0), 10);
    expect(summary).toContain(`| ${operation} |`);
  }
  // Three processes, each of which compiles what it runs.
});

test('memory that grows has a slope, and a heap that is collected by and by has none', () => {
  const samples = (rss: (i: number) => number, heap: (i: number) => number): readonly MemorySample[] =>
    Array.from({ length: 120 }, (_, i) => ({
      seconds: i * 5,
      rssMb: rss(i),
      heapMb: heap(i),
      externalMb: 0,
      heldMs: 0,
    }));
  const saw = slopesOf(
    samples(
      () => 300,
      (i) => 50 + 10 * (i % 6),
    ),
  );
  expect(saw.rss).toBeCloseTo(0, 6);
  expect(saw.heap).toBeCloseTo(0, 6);
  const growing = slopesOf(
    samples(
      (i) => 300 + i,
      (i) => 50 + i / 2 + 10 * (i % 6),
    ),
  );
  // A sample each 5 s: 12 a minute.
  expect(growing.rss).toBeCloseTo(12, 6);
  expect(growing.heap).toBeCloseTo(6, 6);
});
