import fc from 'fast-check';
import { codeLengths, deltaLength, lengthOf, PER_BIT } from '../../src/collapse/code-lengths.ts';
import { collapseMotifs } from '../../src/collapse/collapse-motifs.ts';
import { type CouplingGraph, CouplingGraphBuilder } from '../../src/collapse/coupling-graph.ts';
import { type DescriptionStep, describeGraph, descriptionLength } from '../../src/collapse/graph-description.ts';
import { motifDigest } from '../../src/collapse/motif-digest.ts';
import { regroupMotifs } from '../../src/collapse/regroup-motifs.ts';
import { NEW, StandingCollapseBuilder } from '../../src/collapse/standing-collapse.ts';
import type { PlacedScene } from '../../src/coupling/placed-scene.ts';
import { graphOf } from '../arbitrary/coupled-scenes.ts';
import { someScenes } from '../arbitrary/placed-scene.ts';

const build = (scenes: readonly PlacedScene[]): CouplingGraph => {
  const builder = new CouplingGraphBuilder();
  const [nodes, couplings] = graphOf(scenes);
  builder.addScenes(nodes);
  builder.addCouplings(couplings);
  return builder.build();
};

interface Told {
  /** By place. */
  readonly figures: readonly number[];
  readonly agents: readonly number[];
  /** `place-place:label`, the earlier first. */
  readonly couplings: readonly string[];
}

interface ToldMotif {
  readonly nodes: { readonly figure: number; readonly variable: number }[];
  readonly labels: number[];
  readonly scenes: number;
}

/** What somebody knows who was told the steps, and nothing else but how many scenes there are. */
const listen = (scenes: number, steps: Iterable<DescriptionStep>): Told => {
  const motifs: ToldMotif[] = [];
  const figures = new Array<number>(scenes).fill(-2);
  const agents = new Array<number>(scenes).fill(-1);
  const couplings: string[] = [];
  let at: {
    readonly motif: ToldMotif;
    readonly order: readonly number[];
    readonly places: number[];
    bound: number;
  } | null = null;
  const firstEmpty = (): number => figures.indexOf(-2);
  let ended = 0;
  for (const step of steps)
    switch (step.tell) {
      case 'motif':
        motifs.push({ scenes: step.scenes, nodes: [], labels: [] });
        break;
      case 'node':
        motifs.at(-1)?.nodes.push(step);
        break;
      case 'pair':
        motifs.at(-1)?.labels.push(step.label);
        break;
      case 'scene': {
        const place = firstEmpty();
        figures[place] = step.figure;
        agents[place] = step.agent;
        break;
      }
      case 'occurrence':
        at = { motif: motifs[step.motif] as ToldMotif, order: step.order, places: [firstEmpty()], bound: 0 };
        break;
      case 'place':
        if (at === null) throw new Error('a place of no occurrence');
        at.places.push(step.to);
        if (at.places.length === at.motif.scenes) place(at, figures, couplings);
        break;
      case 'agent':
        if (at === null) throw new Error('an agent of no occurrence');
        at.bound += 1;
        for (const [i, place] of at.places.entries())
          if (at.motif.nodes[at.order[i] ?? 0]?.variable === at.bound) agents[place] = step.agent;
        break;
      case 'coupling':
        expect(step.from).toBe(ended);
        couplings.push(`${step.to}-${step.from}:${step.label}`);
        break;
      case 'end':
        ended += 1;
    }
  return { figures, agents, couplings: [...new Set(couplings)].toSorted() };
};

/** The figures and the inner couplings of an occurrence that is wholly placed. */
const place = (
  {
    motif,
    order,
    places,
  }: { readonly motif: ToldMotif; readonly order: readonly number[]; readonly places: readonly number[] },
  figures: number[],
  couplings: string[],
): void => {
  const placeOf = (node: number): number => places[order.indexOf(node)] ?? -1;
  for (const [node, { figure }] of motif.nodes.entries()) figures[placeOf(node)] = figure;
  let pair = 0;
  for (let y = 1; y < motif.scenes; y += 1)
    for (let x = 0; x < y; x += 1) {
      const label = motif.labels[pair++] ?? -1;
      if (label < 0) continue;
      const [a, b] = [placeOf(x), placeOf(y)];
      couplings.push(`${Math.min(a, b)}-${Math.max(a, b)}:${label}`);
    }
};

const asTold = ({ placeOf, figureOf, agentOf, edgeX, edgeY, labelOf }: CouplingGraph): Told => {
  const byPlace = (column: Int32Array): readonly number[] =>
    [...placeOf.keys()].toSorted((x, y) => (placeOf[x] ?? 0) - (placeOf[y] ?? 0)).map((scene) => column[scene] ?? 0);
  const couplings = [...edgeX.keys()].map((edge) => {
    const [a, b] = [placeOf[edgeX[edge] ?? 0] ?? 0, placeOf[edgeY[edge] ?? 0] ?? 0];
    return `${Math.min(a, b)}-${Math.max(a, b)}:${labelOf[edge]}`;
  });
  return { figures: byPlace(figureOf), agents: byPlace(agentOf), couplings: couplings.toSorted() };
};

/** A story told so often that its motifs recur. */
const retold = fc.tuple(someScenes(8), fc.integer({ min: 1, max: 12 })).map(([story, times]) =>
  Array.from({ length: times }, (_, i) =>
    story.map((scene) => ({
      ...scene,
      id: `${scene.id}${i}` as PlacedScene['id'],
      document: `${scene.document}-${i}` as PlacedScene['document'],
    })),
  ).flat(),
);

test('who is told the steps knows the graph, with motifs and without', () => {
  fc.assert(
    fc.property(fc.oneof(someScenes(40), retold), (scenes) => {
      const graph = build(scenes);
      const motifs = collapseMotifs(graph);
      for (const groups of [[], motifs])
        expect(listen(scenes.length, describeGraph(graph, groups))).toEqual(asTold(graph));
    }),
    { numRuns: 150 },
  );
});

test('motifs are chosen only where they make the graph shorter to tell, and each occurs twice or more', () => {
  fc.assert(
    fc.property(fc.oneof(someScenes(60), retold), (scenes) => {
      const graph = build(scenes);
      const motifs = collapseMotifs(graph);
      const { before, after, dictionary } = descriptionLength(graph, motifs, 'list');
      expect(descriptionLength(graph, motifs).before).toBeLessThanOrEqual(before);
      const counts = Map.groupBy(motifs, ({ form }) => form);
      for (const groups of counts.values()) expect(groups.length).toBeGreaterThan(1);
      if (motifs.length === 0) expect([after, dictionary]).toEqual([before, 0]);
      // Each unit's length is rounded to 1/4096 bit, what is chosen by is rounded once.
      else expect(after).toBeLessThan(before + scenes.length / PER_BIT);
    }),
    { numRuns: 300 },
  );
});

const STORY = Array.from({ length: 6 }, (_, position): PlacedScene => {
  const facet = { start: 0, end: 1, confidence: 1, by: 'word' as const };
  return {
    id: `s${position}` as PlacedScene['id'],
    document: 'd' as PlacedScene['document'],
    position,
    agent: { key: 'он', entity: 'он', ...facet },
    tension: { key: ['waiting', 'fear', 'calm'][position % 3] ?? '', ...facet },
    context: [],
    atmosphere: position % 2 === 0 ? { key: 'dark', ...facet } : null,
    archetype: null,
  };
});

/** Each time of somebody else. */
const told = (times: number, scenes = STORY.length): CouplingGraph =>
  build(
    Array.from({ length: times }, (_, i) =>
      STORY.slice(0, scenes).map((scene) => ({
        ...scene,
        id: `${scene.id}-${i}` as PlacedScene['id'],
        document: `d${i}` as PlacedScene['document'],
        agent: scene.agent && { ...scene.agent, key: `он ${i}`, entity: `он ${i}` },
      })),
    ).flat(),
  );

test('a story told again and again is told shorter and shorter, by the scene', () => {
  const ratio = (times: number): number => {
    const { before, after } = descriptionLength(told(times), collapseMotifs(told(times)));
    return after / before;
  };
  expect(ratio(40)).toBeLessThan(ratio(10));
  expect(ratio(40)).toBeLessThan(0.8);
});

test('a motif that stands elsewhere is found in what came, though it came once', () => {
  const graph = told(40, 2);
  const scenes = graph.figureOf.length;
  const motifs = collapseMotifs(graph);
  const last = motifs.findLast(({ scenes: held }) => held.length === 2);
  if (last === undefined) throw new Error('no pair');
  const standing = new StandingCollapseBuilder(scenes);
  for (const { form, scenes: held } of motifs.filter((motif) => motif !== last)) {
    const number = standing.add(1, motifDigest(form));
    for (const scene of held) standing.hold(scene, number);
  }
  const found = regroupMotifs(graph, standing.build([])).filter(({ number }) => number === NEW);
  expect(found).toEqual([{ ...last, number: NEW }]);
});

test('lengths are those of Shannon and Elias, and a table leaves room for nothing that does not occur', () => {
  expect(lengthOf(1, 8)).toBe(3 * PER_BIT);
  expect([1, 2, 3, 4, 7, 8, 16, 1000].map((n) => deltaLength(n) / PER_BIT)).toEqual([1, 4, 4, 5, 5, 8, 9, 16]);
  fc.assert(
    fc.property(someScenes(40), (scenes) => {
      const { figure, agent, label, gap } = codeLengths(build(scenes));
      for (const table of [figure, agent, label, gap])
        if (table.some(Number.isFinite))
          expect(table.reduce((sum, length) => sum + 2 ** (-length / PER_BIT), 0)).toBeCloseTo(1, 2);
    }),
  );
});
