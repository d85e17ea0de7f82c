import type { GraphScene } from '../../src/collapse/coupling-graph.ts';
import { coupleBlock } from '../../src/coupling/couple-block.ts';
import { facetId, type PlacedScene, sharedKeys } from '../../src/coupling/placed-scene.ts';
import type { Coupling } from '../../src/scene/coupling.ts';
import { figureKey, figureOf } from '../../src/scene/figure.ts';

/** The scenes coupled as a corpus of their own. */
export const couple = (scenes: readonly PlacedScene[]): readonly Coupling[] => {
  const counts = new Map<string, number>();
  for (const scene of scenes)
    for (const key of sharedKeys(scene)) counts.set(facetId(key), (counts.get(facetId(key)) ?? 0) + 1);
  return coupleBlock({
    scenes,
    around: [],
    existing: [],
    frequencies: { scenes: scenes.length, counts },
    couplingsMax: 6,
  }).put;
};

export const graphScene = (scene: PlacedScene): GraphScene => ({
  id: scene.id,
  document: scene.document,
  figure: figureKey(figureOf(scene)),
  agent: scene.agent?.entity ?? null,
});

export const graphOf = (scenes: readonly PlacedScene[]) => [scenes.map(graphScene), couple(scenes)] as const;

/** The documents in another order, each whole. */
export const reordered = (nodes: readonly GraphScene[], keyOf: (document: string) => number): readonly GraphScene[] =>
  nodes.toSorted(
    (x, y) => keyOf(x.document) - keyOf(y.document) || (x.document < y.document ? -1 : x.document > y.document ? 1 : 0),
  );
