import { HypersceneError } from '../../errors.ts';
import type { Coupling } from '../../scene/coupling.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { byPair, checkCouplings, heaviestFirst } from '../coupling-check.ts';
import type { CouplingChange, FacetRef, StoredScene, Subgraph, SubgraphRequest } from '../graph-store.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { PORTION_SCENES } from '../portion.ts';
import { checkRevision } from '../revision-check.ts';
import { checkSubgraph } from '../subgraph-request.ts';
import {
  asStored,
  type MemoryCorpus,
  pairKey,
  requireCorpus,
  requireWhole,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';

export const allCouplings = (state: WorkspaceState): readonly Coupling[] =>
  [...state.corpora.values()].flatMap(({ couplings }) => [...couplings.values()]).sort(byPair);

/** By falling weight, then the other scene's id. */
export const couplingsOfScene = (couplings: readonly Coupling[], id: SceneId): readonly Coupling[] =>
  couplings
    .filter(({ a, b }) => a === id || b === id)
    .map((coupling) => ({ coupling, weight: coupling.weight, other: coupling.a === id ? coupling.b : coupling.a }))
    .sort(heaviestFirst)
    .map(({ coupling }) => coupling);

export const writeMemoryCouplings = (state: WorkspaceState, name: CorpusName, change: CouplingChange): void => {
  checkCouplings(change);
  const corpus = requireCorpus(state, name);
  checkRevision(corpus.revision, change.revision);
  if (change.put.length + change.remove.length + change.coupled.length === 0) return;
  for (const id of change.put.flatMap(({ a, b }) => [a, b]))
    if (state.scenes.get(id)?.corpus !== name)
      throw new HypersceneError('STORE_CONFLICT', 'a coupled scene is not in the corpus', { came: id });
  for (const coupling of change.put) corpus.couplings.set(pairKey(coupling), asStored(coupling));
  for (const pair of change.remove) corpus.couplings.delete(pairKey(pair));
  for (const id of change.coupled) corpus.uncoupled.delete(id);
  corpus.revision += 1;
};

export const clearMemoryCouplings = (state: WorkspaceState, name: CorpusName): void => {
  const corpus = requireWhole(state, name);
  const scenes = scenesOf(state, corpus);
  corpus.couplings.clear();
  corpus.collapsedBy = null;
  for (const { id } of scenes) corpus.uncoupled.add(id);
  corpus.revision += Math.ceil(scenes.length / PORTION_SCENES);
};

const standsIn = ({ kind, key }: FacetRef, scene: StoredScene): boolean => {
  if (kind === 'agent') return scene.agent?.entity === key;
  if (kind === 'context') return scene.context.some((facet) => facet.key === key);
  return scene[kind]?.key === key;
};

/** In the order of the corpus. */
export const scenesWith = (state: WorkspaceState, corpus: MemoryCorpus, facet: FacetRef): readonly StoredScene[] =>
  scenesOf(state, corpus).filter((scene) => standsIn(facet, scene));

export const hasAll = (scene: StoredScene, facets: readonly FacetRef[]): boolean =>
  facets.every((facet) => standsIn(facet, scene));

/** Breadth first: in each hop the heaviest couplings to what was reached in the hop before. */
export const memorySubgraph = (state: WorkspaceState, seed: SceneId, request: SubgraphRequest): Subgraph | null => {
  checkSubgraph(request);
  checkWellFormed('id of a scene', [seed]);
  const { hops, limit, weightMin = 0 } = request;
  if (!state.scenes.has(seed)) return null;
  const couplings = allCouplings(state).filter(({ weight }) => weight >= weightMin);
  const reached = new Set([seed]);
  let frontier: readonly SceneId[] = [seed];
  let truncated = false;
  for (let hop = 0; hop < hops && !truncated; hop++) {
    const found = nextHop(couplings, frontier, reached);
    frontier = found.slice(0, limit - reached.size);
    truncated = found.length > frontier.length;
    for (const id of frontier) reached.add(id);
  }
  return {
    scenes: [...reached].map((id) => state.scenes.get(id)).filter((scene) => scene !== undefined),
    couplings: couplings.filter(({ a, b }) => reached.has(a) && reached.has(b)),
    truncated,
  };
};

const nextHop = (
  couplings: readonly Coupling[],
  frontier: readonly SceneId[],
  reached: ReadonlySet<SceneId>,
): readonly SceneId[] => {
  const weights = new Map<SceneId, number>();
  for (const id of frontier)
    for (const { a, b, weight } of couplingsOfScene(couplings, id)) {
      const other = a === id ? b : a;
      if (!reached.has(other)) weights.set(other, Math.max(weight, weights.get(other) ?? 0));
    }
  return [...weights]
    .map(([other, weight]) => ({ other, weight }))
    .sort(heaviestFirst)
    .map(({ other }) => other);
};
