import fc from 'fast-check';
import { MOTIF_SCENES_MAX } from '../../src/collapse/canonical-form.ts';
import { collapseMotifs } from '../../src/collapse/collapse-motifs.ts';
import { CouplingGraphBuilder, carries, type GraphScene } from '../../src/collapse/coupling-graph.ts';
import type { PlacedScene } from '../../src/coupling/placed-scene.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import { figureKey, figureOf } from '../../src/scene/figure.ts';
import { couple, graphOf, reordered } from '../arbitrary/coupled-scenes.ts';
import { someScenes } from '../arbitrary/placed-scene.ts';

/** Groups with ids and names in place of numbers. */
const collapse = (scenes: readonly GraphScene[], couplings: readonly Coupling[]) => {
  const builder = new CouplingGraphBuilder();
  builder.addScenes(scenes);
  builder.addCouplings(couplings);
  return collapseMotifs(builder.build()).map(({ form, scenes: members, agents }) => ({
    form,
    scenes: members.map((scene) => builder.ids[scene] ?? ''),
    agents: agents.map((agent) => builder.agents[agent] ?? ''),
  }));
};

test('no scene is in two groups, and a group has 2 to 6', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const groups = collapse(...graphOf(scenes));
      const members = groups.flatMap(({ scenes: ids }) => ids);
      expect(new Set(members).size).toBe(members.length);
      for (const { scenes: ids } of groups) {
        expect(ids.length).toBeGreaterThanOrEqual(2);
        expect(ids.length).toBeLessThanOrEqual(MOTIF_SCENES_MAX);
      }
    }),
  );
});

test('every group is connected by couplings that carry more than sequence', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const [nodes, couplings] = graphOf(scenes);
      for (const { scenes: ids } of collapse(nodes, couplings)) {
        const reached = new Set(ids.slice(0, 1));
        for (let grown = true; grown; ) {
          const before = reached.size;
          for (const coupling of couplings) {
            if (!carries(coupling) || !ids.includes(coupling.a) || !ids.includes(coupling.b)) continue;
            if (reached.has(coupling.a) || reached.has(coupling.b)) reached.add(coupling.a).add(coupling.b);
          }
          grown = reached.size > before;
        }
        expect(reached.size).toBe(ids.length);
      }
    }),
  );
});

test('the order in which documents and couplings came changes no group', () => {
  fc.assert(
    fc.property(someScenes(60), fc.infiniteStream(fc.nat()), (scenes, stream) => {
      const [nodes, couplings] = graphOf(scenes);
      const documents = [...new Set(nodes.map(({ document }) => document))];
      const keyOf = new Map(documents.map((document) => [document, stream.next().value ?? 0]));
      const others = reordered(nodes, (document) => keyOf.get(document as PlacedScene['document']) ?? 0);
      const asText = (groups: ReturnType<typeof collapse>) => groups.map((group) => JSON.stringify(group)).toSorted();
      expect(asText(collapse(others, couplings.toReversed()))).toEqual(asText(collapse(nodes, couplings)));
    }),
  );
});

test('groups with one form have the same figures in the same places and as many agents', () => {
  fc.assert(
    fc.property(someScenes(60), (scenes) => {
      const figureOfId = new Map<string, string>(scenes.map((scene) => [scene.id, figureKey(figureOf(scene))]));
      const shapes = new Map<string, string>();
      for (const { form, scenes: ids, agents } of collapse(...graphOf(scenes))) {
        const shape = `${ids.map((id) => figureOfId.get(id)).join(' ')} ${agents.length}`;
        expect(shapes.get(form) ?? shape).toBe(shape);
        shapes.set(form, shape);
      }
    }),
  );
});

test('scenes coupled by sequence alone rise unchanged', () => {
  const bare: PlacedScene[] = ['a', 'b', 'c'].map((id, position) => ({
    id: id as PlacedScene['id'],
    document: 'd' as PlacedScene['document'],
    position,
    agent: null,
    tension: null,
    context: [],
    atmosphere: null,
    archetype: null,
  }));
  expect(couple(bare)).toHaveLength(2);
  expect(collapse(...graphOf(bare))).toEqual([]);
});

test('the same motif elsewhere has the same form, with its own agents bound', () => {
  const at = (document: string, position: number, agent: string, context: string): PlacedScene => ({
    id: `${document}${position}` as PlacedScene['id'],
    document: document as PlacedScene['document'],
    position,
    agent: { key: agent, entity: agent, start: 0, end: 1, confidence: 1, by: 'grammar' },
    tension: { key: 'waiting', start: 0, end: 1, confidence: 1, by: 'word' },
    context: [{ key: context, start: 0, end: 1, confidence: 1, by: 'grammar' }],
    atmosphere: null,
    archetype: null,
  });
  const agents = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? `Анна ${i + 10}` : `John ${i + 10}`));
  const scenes = agents.flatMap((agent) => [
    at(agent, 0, agent, `метель ${agent}`),
    at(agent, 1, agent, `метель ${agent}`),
  ]);
  const groups = collapse(...graphOf(scenes));
  expect(new Set(groups.map(({ form }) => form)).size).toBe(1);
  expect(groups.map(({ scenes: ids, agents: bound }) => [ids.toSorted(), bound]).toSorted()).toEqual(
    agents.map((agent) => [[`${agent}0`, `${agent}1`], [agent]]).toSorted(),
  );
});
