import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CompressionResult } from '../../bench/compression/summary.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

it('compresses the graph and the sequences of Russian, English and both, and writes the bits down', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
  try {
    const out = join(folder, 'compression.json');
    const options = ['--prose', join(ROOT, 'data/stories'), '--no-ours', '--no-zip2zip', '--out', out];
    await run(process.execPath, [join(ROOT, 'bench/compression.ts'), ...options]);
    const { corpora } = JSON.parse(await readFile(out, 'utf8')) as CompressionResult;
    expect(corpora.map(({ corpus, documents }) => [corpus, documents])).toEqual([
      ['ru', 1],
      ['en', 1],
      ['both', 2],
    ]);
    const [ru, en, both] = corpora;
    expect(both?.scenes).toBe((ru?.scenes ?? 0) + (en?.scenes ?? 0));
    const bitsOf = (name: string) => both?.graph.find(({ side }) => side === name)?.bits ?? Number.NaN;
    expect(bitsOf('zstd of columns')).toBeLessThan(bitsOf('columns, as they are'));
    expect(bitsOf('gRePair-like')).toBeGreaterThan(0);
    for (const { positions, scenes } of corpora) {
      const [text, level0, level1] = positions;
      expect(text?.positions).toBeGreaterThan(5 * scenes);
      expect([level0?.positions, text?.beforehand]).toEqual([scenes, 0]);
      expect(level1?.positions).toBeLessThanOrEqual(scenes);
      expect(positions.at(-1)?.positions).toBe(1);
    }
    for (const { level, length, sides } of both?.sequences ?? []) {
      expect([0, 1]).toContain(level);
      expect(length).toBe(both?.scenes);
      const pairs = sides.find(({ side }) => side === 'Re-Pair');
      expect(pairs?.tokens).toBeLessThan(length);
    }
    expect(await readFile(join(folder, 'compression.md'), 'utf8')).toContain('| gRePair-like |');
  } finally {
    await rm(folder, { recursive: true });
  }
});
