import fc from 'fast-check';
import {
  type Bundle,
  BundleBuilder,
  type BundledCoupling,
  type BundledScene,
  STRETCHES,
  SUMMARY_SCENES,
} from '../../src/collapse/bundle.ts';
import { figureKey, figureOf, NONE, parseFigureKey } from '../../src/scene/figure.ts';
import type { DocumentName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { couple } from '../arbitrary/coupled-scenes.ts';
import { shuffled, someScenes } from '../arbitrary/placed-scene.ts';

interface Graph {
  readonly scenes: readonly BundledScene[];
  readonly couplings: readonly BundledCoupling[];
  /** As they were made, each once. */
  readonly pairs: ReturnType<typeof couple>;
}

const tell = ({ scenes, couplings }: Pick<Graph, 'scenes' | 'couplings'>): Bundle => {
  const builder = new BundleBuilder(scenes);
  for (let from = 0; from < couplings.length; from += 7) builder.addCouplings(couplings.slice(from, from + 7));
  return builder.build();
};

/** Some of the scenes of a coupled corpus, so that couplings lead out of them too. */
const subgraph: fc.Arbitrary<Graph> = someScenes(30)
  .chain((all) => fc.tuple(fc.constant(all), fc.subarray([...all])))
  .map(([all, some]) => {
    const pairs = couple(all);
    const inside = new Set(some.map(({ id }) => id));
    const couplings = pairs.flatMap(({ a, b, weight }) => [
      ...(inside.has(a) ? [{ from: a, to: b, weight }] : []),
      ...(inside.has(b) ? [{ from: b, to: a, weight }] : []),
    ]);
    const scenes = some.map(
      (scene): BundledScene => ({
        ...scene,
        start: scene.position * 10,
        end: scene.position * 10 + 9,
        documentName: `${scene.document}.txt` as DocumentName,
        figure: figureKey(figureOf(scene)),
      }),
    );
    return { scenes, couplings, pairs };
  });

const countOf = (keys: readonly string[], key: string): number => keys.filter((one) => one === key).length;

it('counts who and what stands in the most scenes, and where they are', () => {
  fc.assert(
    fc.property(subgraph, (graph) => {
      const { scenes } = graph;
      const bundle = tell(graph);
      const agents = scenes.flatMap(({ agent }) => (agent === null ? [] : [agent.entity]));
      for (const { key, scenes: count } of bundle.agents) expect(count).toBe(countOf(agents, key));
      const [first] = bundle.agents;
      for (const agent of agents) expect(countOf(agents, agent)).toBeLessThanOrEqual(first?.scenes ?? 0);
      for (const part of ['archetype', 'atmosphere', 'tension'] as const) {
        const keys: string[] = scenes.map(({ figure }) => parseFigureKey(figure)?.[part] ?? NONE);
        const standing = keys.filter((key) => key !== NONE);
        const most = Math.max(0, ...standing.map((key) => countOf(standing, key)));
        expect(bundle[part]?.scenes ?? 0).toBe(most);
        expect(bundle.figure[part]).toBe(bundle[part]?.key ?? NONE);
      }
      expect(bundle.documents).toBe(new Set(scenes.map(({ document }) => document)).size);
      for (const { document, from, to, start, end, scenes: count } of bundle.spans) {
        const own = scenes.filter((scene) => scene.document === document);
        expect(count).toBe(own.length);
        expect([from, start]).toEqual([Math.min(...own.map((one) => one.position)), from * 10]);
        expect([to, end]).toEqual([Math.max(...own.map((one) => one.position)), to * 10 + 9]);
      }
    }),
  );
});

it('draws the curve over all scenes in the order of the text', () => {
  fc.assert(
    fc.property(subgraph, (graph) => {
      const { curve, scenes, tension } = tell(graph);
      const lengths = curve.map((stretch) => stretch.scenes);
      expect(curve).toHaveLength(Math.min(STRETCHES, scenes));
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(scenes);
      expect(Math.max(0, ...lengths) - Math.min(...lengths, Number.MAX_SAFE_INTEGER)).toBeLessThanOrEqual(1);
      const tense = curve.reduce((sum, stretch) => sum + stretch.tense * stretch.scenes, 0);
      const expected = graph.scenes.filter(({ figure }) => parseFigureKey(figure)?.tension !== NONE).length;
      expect(tense).toBeCloseTo(expected);
      expect(curve.some((stretch) => stretch.tension !== null)).toBe(tension !== null);
    }),
  );
});

it('takes for coherence the share of couplings that stay inside, by weight', () => {
  fc.assert(
    fc.property(subgraph, (graph) => {
      const inside = new Set(graph.scenes.map(({ id }) => id));
      const sum = (pairs: Graph['pairs']): number => pairs.reduce((total, { weight }) => total + weight, 0);
      const within = graph.pairs.filter(({ a, b }) => inside.has(a) && inside.has(b));
      const all = graph.pairs.filter(({ a, b }) => inside.has(a) || inside.has(b));
      const { coherence, coupled } = tell(graph);
      if (all.length === 0) expect(coherence).toBeNull();
      else expect(coherence).toBeCloseTo(sum(within) / sum(all));
      expect(coupled).toBe(new Set(within.flatMap(({ a, b }) => [a, b])).size);
    }),
  );
});

it('sums up by scenes that carry no less than 1 − 1/e of what the best three could, and says how much', () => {
  fc.assert(
    fc.property(subgraph, (graph) => {
      const inside = new Set(graph.scenes.map(({ id }) => id));
      const within = graph.pairs.filter(({ a, b }) => inside.has(a) && inside.has(b));
      const carriedBy = (some: readonly SceneId[]): number =>
        within.filter(({ a, b }) => some.includes(a) || some.includes(b)).reduce((sum, { weight }) => sum + weight, 0);
      const { summary } = tell(graph);
      const total = carriedBy([...inside]);
      expect(summary.scenes.length).toBeLessThanOrEqual(SUMMARY_SCENES);
      if (total === 0) {
        expect(summary.carried).toBeNull();
        expect(summary.scenes).toHaveLength(Math.min(1, graph.scenes.length));
        return;
      }
      expect(summary.carried).toBeCloseTo(carriedBy(summary.scenes) / total);
      const ids = [...inside];
      let best = 0;
      for (const [i, x] of ids.entries())
        for (const [j, y] of ids.entries())
          if (j >= i) for (const z of ids.slice(j)) best = Math.max(best, carriedBy([x, y, z]));
      expect(carriedBy(summary.scenes)).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best - 1e-9);
    }),
    { numRuns: 30 },
  );
});

it('tells the same whatever the order of scenes within their documents and of couplings', () => {
  const reordered = subgraph.chain((graph) =>
    fc.tuple(fc.constant(graph), shuffled(graph.couplings), shuffled(graph.scenes)).map(([one, couplings, scenes]) => {
      // Documents are told in the order in which they are first met: that is kept.
      const order = [...new Set(one.scenes.map(({ document }) => document))];
      return [
        one,
        { couplings, scenes: order.flatMap((id) => scenes.filter(({ document }) => document === id)) },
      ] as const;
    }),
  );
  fc.assert(
    fc.property(reordered, ([one, other]) => {
      const [first, second] = [tell(one), tell(other)];
      expect({ ...second, coherence: 0, summary: 0 }).toEqual({ ...first, coherence: 0, summary: 0 });
      expect(second.coherence ?? -1).toBeCloseTo(first.coherence ?? -1);
      expect(second.summary.carried ?? -1).toBeCloseTo(first.summary.carried ?? -1);
    }),
  );
});
