import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lognormal } from '../../bench/scale/draws.ts';
import { fitLengths } from '../../bench/steps/lengths.ts';
import type { StepsResult } from '../../bench/steps/summary.ts';
import { seededRandom } from '../../src/collapse/leiden/random.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

it('measures each step on Russian and English stories and takes the rest from what was recorded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
  try {
    const out = join(folder, 'steps.json');
    const stories = join(ROOT, 'data/stories');
    const env = { ...process.env, REDIS_URL: '' };
    const options = ['--prose', stories, '--lengths', stories, '--out', out];
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'bench/steps.ts'), ...options], {
      env,
    });
    const { prose, large, recorded, diskBytesAScene, queue, neo4j } = JSON.parse(
      await readFile(out, 'utf8'),
    ) as StepsResult;
    expect(prose.map(({ lang }) => lang)).toEqual(['ru', 'en']);
    expect(large.map(({ scenes }) => scenes)).toEqual(prose.map(({ scenes }) => scenes));
    for (const figures of [...prose, ...large]) {
      expect(figures.scenes).toBeGreaterThan(100);
      expect(figures.couplings / figures.scenes).toBeGreaterThan(1);
      expect(figures.tokensAScene).toBeGreaterThan(5);
      for (const ms of [figures.readMsAScene, figures.coupleMsAScene]) expect(ms).toBeGreaterThan(0);
      // So few scenes are collapsed within one tick of the clock that counts a thread's time.
      expect(figures.collapseMsAScene).toBeGreaterThanOrEqual(0);
      expect(figures.collapseMsAScene).toBeLessThan(figures.readMsAScene);
    }
    expect(diskBytesAScene).toBeGreaterThan(500);
    expect([queue, neo4j]).toEqual([null, null]);
    expect(recorded.loads.map(({ scenes }) => scenes)).toEqual([100_000, 1_000_000, 100_000]);
    expect(await readFile(join(folder, 'steps.md'), 'utf8')).toContain('| couplings a scene |');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('finds the law that lengths were drawn by', () => {
  const random = seededRandom(4);
  const { mu, sigma, documents } = fitLengths(Array.from({ length: 20_000 }, () => lognormal(random, 7, 1.5)));
  expect(documents).toBe(20_000);
  expect(mu).toBeCloseTo(7, 1);
  expect(sigma).toBeCloseTo(1.5, 1);
  expect(() => fitLengths([3])).toThrow('two documents or more');
});
