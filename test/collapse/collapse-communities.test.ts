import fc from 'fast-check';
import { type CommunityLevel, collapseCommunities } from '../../src/collapse/collapse-communities.ts';
import type { MotifGroup } from '../../src/collapse/collapse-motifs.ts';
import { CouplingGraphBuilder, type GraphScene } from '../../src/collapse/coupling-graph.ts';
import type { Community } from '../../src/collapse/layer.ts';
import { regroupMotifs } from '../../src/collapse/regroup-motifs.ts';
import { nothingStanding } from '../../src/collapse/standing-collapse.ts';
import type { PlacedScene } from '../../src/coupling/placed-scene.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import { digestOf } from '../../src/scene/digest.ts';
import { isConnected } from '../arbitrary/connected.ts';
import { graphOf, reordered } from '../arbitrary/coupled-scenes.ts';
import { someScenes } from '../arbitrary/placed-scene.ts';

interface Hierarchy {
  readonly ids: readonly string[];
  readonly motifs: readonly MotifGroup[];
  readonly levels: readonly CommunityLevel[];
}

const collapse = (scenes: readonly GraphScene[], couplings: readonly Coupling[], options = {}): Hierarchy => {
  const builder = new CouplingGraphBuilder();
  builder.addScenes(scenes);
  builder.addCouplings(couplings);
  const graph = builder.build();
  const nothing = nothingStanding(builder.ids.length);
  const motifs = regroupMotifs(graph, nothing);
  return { ids: builder.ids, motifs, levels: collapseCommunities(graph, motifs, options, nothing) };
};

/** All scenes below, in order. */
const leavesOf = ({ ids, motifs, levels }: Hierarchy, { parts }: Community): readonly string[] =>
  parts.flatMap((part): readonly string[] => {
    if (typeof part === 'number') return [ids[part] ?? ''];
    if (part.level === 1) return (motifs[part.group]?.scenes ?? []).map((scene) => ids[scene] ?? '');
    return leavesOf({ ids, motifs, levels }, levels[part.level - 2]?.communities[part.group] as Community);
  });

test('each scene and each group is part of one community of a higher level at most, and the last holds all', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const hierarchy = collapse(...graphOf(scenes));
      const parts = hierarchy.levels.flatMap(({ communities }) => communities.flatMap((community) => community.parts));
      const keys = parts.map((part) => JSON.stringify(part));
      expect(new Set(keys).size).toBe(keys.length);
      const last = hierarchy.levels.at(-1);
      if (scenes.length > 1 && hierarchy.motifs[0]?.scenes.length !== scenes.length) {
        expect(last?.communities).toHaveLength(1);
        const leaves = leavesOf(hierarchy, last?.communities[0] as Community);
        expect(leaves.toSorted()).toEqual(scenes.map(({ id }) => id as string).toSorted());
      }
      for (const [i, { communities }] of hierarchy.levels.entries())
        for (const { parts: held } of communities) {
          expect(held.length).toBeGreaterThan(1);
          for (const part of held) if (typeof part !== 'number') expect(part.level).toBeLessThan(i + 2);
        }
    }),
  );
});

test('every community is connected but the one that joins what no coupling does', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const [nodes, couplings] = graphOf(scenes);
      const hierarchy = collapse(nodes, couplings);
      for (const { communities, resolution } of hierarchy.levels)
        for (const community of communities)
          if (resolution > 0) expect(isConnected(leavesOf(hierarchy, community), couplings)).toBe(true);
    }),
  );
});

test('the order in which documents and couplings came changes no digest', () => {
  fc.assert(
    fc.property(someScenes(60), fc.infiniteStream(fc.nat()), (scenes, stream) => {
      const [nodes, couplings] = graphOf(scenes);
      const documents = [...new Set(nodes.map(({ document }) => document as string))];
      const keyOf = new Map(documents.map((document) => [document, stream.next().value ?? 0]));
      const others = reordered(nodes, (document) => keyOf.get(document) ?? 0);
      const asText = (hierarchy: Hierarchy) =>
        hierarchy.levels.map(({ communities, resolution }) => [
          resolution,
          communities.map((community) => [community.digest, community.figures, leavesOf(hierarchy, community)]),
        ]);
      expect(asText(collapse(others, couplings.toReversed()))).toEqual(asText(collapse(nodes, couplings)));
    }),
  );
});

test('a digest is that of the form, which names the parts in the order of the text', () => {
  fc.assert(
    fc.property(someScenes(40), (scenes) => {
      const hierarchy = collapse(...graphOf(scenes));
      for (const { communities } of hierarchy.levels)
        for (const { form, digest, parts } of communities) {
          expect(digest).toBe(digestOf('community', form));
          expect(form.split(' | ')[0]?.split(' ')).toHaveLength(parts.length);
          for (const pair of (form.split(' | ')[1] ?? '').split(' ').filter(Boolean)) {
            const [x = -1, y = -1] = pair.split('-').map(Number);
            expect([x >= 0, x < y, y < parts.length]).toEqual([true, true, true]);
          }
        }
    }),
  );
});

const scene = (id: string, tension: string | null, agent: string): PlacedScene => ({
  id: id as PlacedScene['id'],
  document: 'd' as PlacedScene['document'],
  position: Number(id.slice(1)),
  agent: { key: agent, entity: agent, start: 0, end: 1, confidence: 1, by: 'grammar' },
  tension: tension === null ? null : { key: tension, start: 0, end: 1, confidence: 1, by: 'word' },
  context: [],
  atmosphere: null,
  archetype: null,
});

test('two stories that share nothing are two communities, joined at the last level', () => {
  const story = (letter: string, agent: string) =>
    Array.from({ length: 12 }, (_, i) => scene(`${letter}${i}`, ['waiting', 'fear', 'calm'][i % 3] ?? null, agent));
  const pairs = (scenes: readonly PlacedScene[]): readonly Coupling[] =>
    scenes.flatMap((x, i) =>
      scenes.slice(i + 1).map(({ id }) => ({
        a: x.id,
        b: id,
        weight: 0.5,
        because: [{ kind: 'agent' as const, key: 'agent', weight: 0.5 }],
      })),
    );
  const [ru, en] = [story('р', 'Анна'), story('e', 'Mary')];
  const nodes = [...ru, ...en].map((one) => ({ ...one, document: one.id.slice(0, 1) }));
  const hierarchy = collapse(
    nodes.map(({ id, document, tension, agent }) => ({
      id,
      document: document as PlacedScene['document'],
      figure: `none.none.${tension?.key ?? 'none'}` as GraphScene['figure'],
      agent: agent?.entity ?? null,
    })),
    [...pairs(ru), ...pairs(en)],
    { resolution: 0.5 },
  );
  const [stories, all] = hierarchy.levels.slice(-2);
  expect(stories?.communities.map((community) => leavesOf(hierarchy, community).toSorted())).toEqual(
    [en, ru].map((one) => one.map(({ id }) => id as string).toSorted()),
  );
  expect(all).toMatchObject({ resolution: 0, communities: [{ parts: [{ group: 0 }, { group: 1 }] }] });
  // The same kind of story is the same hypertoken.
  expect(new Set(stories?.communities.map(({ digest }) => digest)).size).toBe(1);
});

test('what is shown of a community is its commonest figures, the empty one only where there is no other', () => {
  const scenes = ['fear', 'fear', 'calm', null, null, null].map((tension, i) => scene(`s${i}`, tension, 'Анна'));
  const { levels } = collapse(...graphOf(scenes));
  expect(levels.at(-1)?.communities[0]?.figures ?? ['none.none.fear', 'none.none.calm']).toEqual([
    'none.none.fear',
    'none.none.calm',
  ]);
  const bare = collapse(...graphOf([0, 1, 2].map((i) => ({ ...scene(`s${i}`, null, 'Анна'), agent: null }))));
  expect(bare.levels.at(-1)?.communities[0]?.figures).toEqual(['none.none.none']);
});
