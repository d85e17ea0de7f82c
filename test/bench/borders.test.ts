import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { borderF1, pk, windowDiff, windowOf } from '../../bench/borders/metrics.ts';
import { readGold } from '../../bench/borders/pipeline.ts';
import { changes, deepest, modularSegments, type UnitEdges, windows } from '../../bench/borders/segmentation.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { LANGUAGES } from '../../src/scene/scene.ts';
import { type ComputePool, openComputePool } from '../../src/worker/compute-pool.ts';

const STORIES = join(import.meta.dirname, '../../data/stories');

/** A line of NLTK: `1` for a border in the gap. */
const bordersOf = (line: string): readonly number[] =>
  [...line].flatMap((mark, gap) => (mark === '1' ? [gap + 1] : []));
const both = (gold: string, found: string) => ({
  units: gold.length + 1,
  gold: bordersOf(gold),
  found: bordersOf(found),
});

/** Borders of a text of 2 to 40 units. */
const segmentations = fc.integer({ min: 2, max: 40 }).chain((units) =>
  fc.record({
    units: fc.constant(units),
    gold: fc.uniqueArray(fc.integer({ min: 1, max: units - 1 }), { minLength: 1 }),
    found: fc.uniqueArray(fc.integer({ min: 1, max: units - 1 })),
  }),
);

describe('the metrics', () => {
  it.each([
    ['000100000010', '000100000010', 0],
    ['000100000010', '000010000100', 0.3],
    ['000010000100', '100000010000', 0.8],
  ])("windowDiff of %s and %s is that of NLTK's documentation, %d", (gold, found, expected) => {
    expect(windowDiff(both(gold, found), 3)).toBeCloseTo(expected, 10);
  });

  it.each([
    [`${'0100'.repeat(100)}`, `${'1'.repeat(400)}`, 0.5],
    [`${'0100'.repeat(100)}`, `${'0'.repeat(400)}`, 0.5],
    [`${'0100'.repeat(100)}`, `${'0100'.repeat(100)}`, 0],
  ])(
    "pk of a text against all borders, none and the true ones is that of NLTK's documentation",
    (gold, found, expected) => {
      expect(pk(both(gold, found), 2)).toBeCloseTo(expected, 2);
    },
  );

  it('rounds half the mean length of a segment to even, as NLTK does', () => {
    expect([6, 10, 14].map((gaps) => windowOf({ units: gaps + 1, gold: [1, 2] }))).toEqual([2, 2, 4]);
  });

  it('finds nothing wrong with the true borders, and only shares of one elsewhere', () => {
    fc.assert(
      fc.property(segmentations, (one) => {
        const k = Math.min(windowOf(one), one.units - 1);
        const right = { ...one, found: one.gold };
        expect([windowDiff(right, k), pk(right, k), borderF1(right, 0)]).toEqual([0, 0, 1]);
        expect(pk(one, k)).toBeLessThanOrEqual(windowDiff(one, k));
        expect(windowDiff(one, k)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('counts each border once, and more with more tolerance', () => {
    expect(borderF1({ units: 20, gold: [5, 10], found: [6, 7] }, 0)).toBe(0);
    expect(borderF1({ units: 20, gold: [5, 10], found: [4, 6] }, 1)).toBe(0.5);
    expect(borderF1({ units: 20, gold: [5, 10], found: [7, 12] }, 2)).toBe(1);
    fc.assert(
      fc.property(segmentations, (one) => {
        const rising = [0, 1, 2, 3].map((tolerance) => borderF1(one, tolerance));
        expect(rising).toEqual(rising.toSorted((x, y) => x - y));
      }),
    );
  });
});

describe('segments of couplings', () => {
  const edges = fc.integer({ min: 1, max: 9 }).chain((units) =>
    fc
      .array(
        fc.record({
          x: fc.nat({ max: units - 1 }),
          y: fc.nat({ max: units - 1 }),
          weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
        }),
        { minLength: 1, maxLength: 30 },
      )
      .map(
        (all): UnitEdges => ({
          units,
          edgeX: Int32Array.from(all, ({ x }) => x),
          edgeY: Int32Array.from(all, ({ y }) => y),
          weightOf: Float64Array.from(all, ({ weight }) => weight),
        }),
      ),
  );

  const modularityOf = (
    { units, edgeX, edgeY, weightOf }: UnitEdges,
    borders: readonly number[],
    gamma: number,
  ): number => {
    const segmentOf = Array.from({ length: units }, (_, unit) => borders.filter((border) => border <= unit).length);
    const total = weightOf.reduce((sum, weight) => sum + weight, 0);
    const degrees = new Array<number>(borders.length + 1).fill(0);
    let inner = 0;
    for (const [edge, weight] of weightOf.entries()) {
      const [x = 0, y = 0] = [edgeX[edge], edgeY[edge]].map((unit) => segmentOf[unit ?? 0]);
      if (x === y) inner += weight;
      for (const segment of [x, y]) degrees[segment] = (degrees[segment] ?? 0) + weight;
    }
    return inner / total - gamma * degrees.reduce((sum, degree) => sum + (degree / (2 * total)) ** 2, 0);
  };

  it('are the most modular of all segmentations there are', () => {
    fc.assert(
      fc.property(edges, fc.double({ min: 0.1, max: 20, noNaN: true }), (graph, gamma) => {
        const found = modularSegments(graph)(gamma);
        const all = Array.from({ length: 2 ** (graph.units - 1) }, (_, mask) =>
          Array.from({ length: graph.units - 1 }, (_, i) => i + 1).filter((border) => mask & (1 << (border - 1))),
        );
        const best = Math.max(...all.map((borders) => modularityOf(graph, borders, gamma)));
        expect(modularityOf(graph, found, gamma)).toBeCloseTo(best, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('part two cliques where one ends', () => {
    const pairs = [0, 1, 2, 3].flatMap((x) => [1, 2, 3].filter((y) => y > x).map((y) => [x, y] as const));
    const both = [...pairs, ...pairs.map(([x, y]) => [x + 4, y + 4] as const), [3, 4] as const];
    const graph = {
      units: 8,
      edgeX: Int32Array.from(both, ([x]) => x),
      edgeY: Int32Array.from(both, ([, y]) => y),
      weightOf: Float64Array.from(both, () => 1),
    };
    expect(modularSegments(graph)(1)).toEqual([4]);
  });
});

it('takes the deepest gaps that stand apart', () => {
  const [gaps, depthOf] = [
    [2, 4, 6, 9, 12],
    [0.5, 0.9, 0.8, 0, 0.3],
  ];
  expect(deepest(gaps, depthOf, { count: 2, above: 0, apart: 0 })).toEqual([4, 6]);
  expect(deepest(gaps, depthOf, { count: 2, above: 0, apart: 5 })).toEqual([4, 12]);
  expect(deepest(gaps, depthOf, { count: 5, above: 0.3, apart: 0 })).toEqual([2, 4, 6]);
});

it('sets windows at the gaps nearest to equal lengths, and borders where groups change', () => {
  expect(windows(12, [2, 5, 7, 9], 3)).toEqual([5, 7]);
  expect(windows(12, [], 3)).toEqual([]);
  expect(changes(Int32Array.of(0, 0, 1, 1, 0), [1, 2, 4])).toEqual([2, 4]);
});

describe('a document that is read', () => {
  let tools: { readonly reader: Reader; readonly compute: ComputePool };
  beforeAll(async () => {
    tools = { reader: await openReader(), compute: openComputePool({ threadsMax: 1 }) };
  });
  afterAll(async () => {
    await Promise.all([tools.reader.close(), tools.compute.close()]);
  });

  it.each(LANGUAGES)(
    'has a place for a border where a paragraph begins, and its true ones among them: %s',
    async (lang) => {
      const [path] = (await readdir(join(STORIES, lang), { recursive: true }))
        .filter((name) => name.endsWith('.txt'))
        .sort();
      const text = await readFile(join(STORIES, lang, path ?? ''), 'utf8');
      const paragraphs = text.split(/\n\s*\n/u).map((block) => block.replace(/\s+/gu, ' ').trim());
      const blocks = paragraphs.filter((block) => block !== '').slice(0, 12);
      expect(blocks.length).toBeGreaterThan(5);
      const read = await readGold(tools, { kind: 'chapters', name: 'story', lang, blocks, sections: [2, 5] });

      expect(read.gaps.length).toBe(blocks.length - 1);
      expect(read.blockOf).toEqual(blocks.slice(1).map((_, i) => i + 1));
      expect(read.gold).toEqual([read.gaps[1], read.gaps[4]]);
      expect([...read.unitOf].filter((unit, i) => unit !== read.unitOf[i - 1])).toEqual(blocks.map((_, i) => i));
      expect(new Set(read.levels.at(-1)).size).toBe(1);
      const sizes = read.levels.map((groupOf) => new Set(groupOf).size);
      expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
      expect(sizes[0]).toBeLessThanOrEqual(read.scenes);
      expect(sizes.at(-1)).toBe(1);
    },
  );
});
