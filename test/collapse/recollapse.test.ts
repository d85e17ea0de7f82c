import fc from 'fast-check';
import { type CommunityLevel, collapseCommunities } from '../../src/collapse/collapse-communities.ts';
import { CouplingGraphBuilder, type GraphScene } from '../../src/collapse/coupling-graph.ts';
import type { CommunityPart } from '../../src/collapse/layer.ts';
import { motifDigest } from '../../src/collapse/motif-digest.ts';
import { type NumberedMotif, regroupMotifs } from '../../src/collapse/regroup-motifs.ts';
import {
  nothingStanding,
  type StandingCollapse,
  StandingCollapseBuilder,
} from '../../src/collapse/standing-collapse.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import type { Digest } from '../../src/scene/digest.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import { isConnected } from '../arbitrary/connected.ts';
import { graphOf } from '../arbitrary/coupled-scenes.ts';
import { someScenes } from '../arbitrary/placed-scene.ts';

type Graph = readonly [scenes: readonly GraphScene[], couplings: readonly Coupling[]];

interface Collapse {
  readonly ids: readonly string[];
  readonly motifs: readonly NumberedMotif[];
  readonly levels: readonly CommunityLevel[];
}

/** An occurrence as it would stand in a store. */
interface Held {
  readonly level: number;
  readonly digest: Digest;
  readonly leaves: readonly string[];
  readonly parts: readonly string[];
}

const OPTIONS = { resolution: 4, seed: 1 };

const collapse = ([scenes, couplings]: Graph, standing?: StandingCollapse): Collapse => {
  const builder = new CouplingGraphBuilder();
  builder.addScenes(scenes);
  builder.addCouplings(couplings);
  const graph = builder.build();
  const stands = standing ?? nothingStanding(builder.ids.length);
  const motifs = regroupMotifs(graph, stands);
  return { ids: builder.ids, motifs, levels: collapseCommunities(graph, motifs, OPTIONS, stands) };
};

/** All occurrences above level 0 by level and leaves, with the keys of their parts. */
const occurrencesOf = ({ ids, motifs, levels }: Collapse): ReadonlyMap<string, Held> => {
  const held = new Map<string, Held>();
  const keys: string[][] = [];
  const idOf = (scene: number): string => ids[scene] ?? '';
  const keyOf = (part: CommunityPart): string =>
    typeof part === 'number' ? idOf(part) : (keys[part.level - 1]?.[part.group] ?? '');
  const add = (level: number, digest: Digest, parts: readonly string[]): string => {
    const leaves = parts.flatMap((part) => held.get(part)?.leaves ?? [part]);
    const key = `${level}: ${leaves.toSorted().join(' ')}`;
    held.set(key, { level, digest, leaves, parts });
    return key;
  };
  keys.push(motifs.map(({ form, scenes }) => add(1, motifDigest(form), scenes.map(idOf))));
  for (const [i, { communities }] of levels.entries())
    keys.push(communities.map(({ digest, parts }) => add(i + 2, digest, parts.map(keyOf))));
  return held;
};

/** What a store keeps of a collapse when the scenes have become others: what lost one is gone. */
const whatStands = (before: Collapse, after: readonly GraphScene[]): StandingCollapse => {
  const numberOf = new Map<string, number>(after.map(({ id }, number) => [id, number]));
  const builder = new StandingCollapseBuilder(after.length);
  for (const [key, { level, digest, leaves, parts }] of occurrencesOf(before)) {
    if (!leaves.every((leaf) => numberOf.has(leaf))) continue;
    const number = builder.add(level, digest);
    numberOf.set(key, number);
    for (const part of parts) builder.hold(numberOf.get(part) ?? 0, number);
  }
  return builder.build(before.levels.map(({ resolution }) => resolution));
};

const asText = (found: Collapse) => [...occurrencesOf(found)].map(([key, { digest }]) => `${key} ${digest}`).toSorted();

/** A corpus, and the same without one of its documents, coupled as it would be then. */
const withAndWithout = fc.tuple(someScenes(60), fc.nat(10)).map(([scenes, pick]) => {
  const documents = [...new Set(scenes.map(({ document }) => document))];
  const gone = documents[pick % Math.max(1, documents.length)];
  return [graphOf(scenes), graphOf(scenes.filter(({ document }) => document !== gone))] as const;
});

test('a corpus that did not change is collapsed as it was', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const graph = graphOf(scenes);
      const before = collapse(graph);
      expect(asText(collapse(graph, whatStands(before, graph[0])))).toEqual(asText(before));
    }),
    { numRuns: 200 },
  );
});

test('after a document came or went it is collapsed whole, once a scene and level, and twice changes nothing', () => {
  fc.assert(
    fc.property(withAndWithout, fc.boolean(), ([larger, smaller], grows) => {
      const [from, to] = grows ? [smaller, larger] : [larger, smaller];
      const found = collapse(to, whatStands(collapse(from), to[0]));
      const parts = [...occurrencesOf(found).values()].flatMap((one) => one.parts);
      expect(new Set(parts).size).toBe(parts.length);
      const top = [...occurrencesOf(found).values()].at(-1);
      if (to[0].length > 1) expect(top?.leaves.toSorted()).toEqual(to[0].map(({ id }) => id as string).toSorted());
      expect(asText(collapse(to, whatStands(found, to[0])))).toEqual(asText(found));
    }),
    { numRuns: 200 },
  );
});

test('every community is connected but the one that joins what no coupling does', () => {
  fc.assert(
    fc.property(withAndWithout, fc.boolean(), ([larger, smaller], grows) => {
      const [from, to] = grows ? [smaller, larger] : [larger, smaller];
      const found = collapse(to, whatStands(collapse(from), to[0]));
      const joined = new Set(found.levels.flatMap(({ resolution }, i) => (resolution > 0 ? [i + 2] : [])));
      for (const { level, leaves } of occurrencesOf(found).values())
        if (joined.has(level)) expect(isConnected(leaves, to[1])).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('what no coupling joins to the document that came or went keeps every code but that of the whole', () => {
  fc.assert(
    fc.property(someScenes(40), someScenes(30), fc.boolean(), (some, others, grows) => {
      const apart = others.map((scene) => ({
        ...scene,
        id: `x${scene.id}` as SceneId,
        document: `x${scene.document}` as DocumentId,
      }));
      const still = graphOf(some);
      const moving = graphOf(apart);
      const both: Graph = [
        [...still[0], ...moving[0]],
        [...still[1], ...moving[1]],
      ];
      const [from, to] = grows ? [still, both] : [both, still];
      const before = collapse(from);
      const after = new Set(asText(collapse(to, whatStands(before, to[0]))));
      const own = new Set<string>(still[0].map(({ id }) => id));
      for (const [key, { leaves, digest, level }] of occurrencesOf(before)) {
        const isJoined = (before.levels[level - 2]?.resolution ?? 1) > 0;
        if (isJoined && leaves.every((leaf) => own.has(leaf))) expect(after).toContain(`${key} ${digest}`);
      }
    }),
    { numRuns: 200 },
  );
});
