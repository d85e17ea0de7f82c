import type { SceneId } from '../scene/scene.ts';
import { facetId, type PlacedScene, sharedKeys } from './placed-scene.ts';
import { type Frequencies, RELEASE_REACH } from './reasons.ts';

/** A facet that stands in at most this many scenes proposes every pair of them. */
export const RARE_COUNT_MAX = 32;
/**
 * A commoner facet, or pair of facets, proposes only the nearest scenes before: a hub of n scenes then costs 4n
 * proposals instead of n²/2. Its distant pairs share nothing rarer, so they would hardly survive the limit of
 * couplings a scene anyway.
 */
const COMMON_NEAREST = 4;

/** Visits each pair worth weighing once; the first of a pair is always one of `scenes`. */
export const visitCandidates = (
  scenes: readonly PlacedScene[],
  around: readonly PlacedScene[],
  frequencies: Frequencies,
  visit: (x: PlacedScene, y: PlacedScene) => void,
): void => {
  const inBlock = new Set<SceneId>(scenes.map(({ id }) => id));
  const all = [...scenes, ...around.filter(({ id }) => !inBlock.has(id))].toSorted(comparePlaces);
  const seen = new Set<string>();
  const propose = (x: PlacedScene, y: PlacedScene): void => {
    if (x.id === y.id || !(inBlock.has(x.id) || inBlock.has(y.id))) return;
    const pair = x.id < y.id ? x.id + y.id : y.id + x.id;
    if (seen.has(pair)) return;
    seen.add(pair);
    if (inBlock.has(x.id)) visit(x, y);
    else visit(y, x);
  };
  proposeByPlace(all, propose);
  proposeByFacet(all, frequencies, propose);
};

const comparePlaces = (x: PlacedScene, y: PlacedScene): number =>
  x.document === y.document ? x.position - y.position : x.document < y.document ? -1 : 1;

const proposeByPlace = (ordered: readonly PlacedScene[], propose: (x: PlacedScene, y: PlacedScene) => void): void => {
  for (const [i, x] of ordered.entries()) {
    for (let j = i + 1; j < ordered.length; j += 1) {
      const y = ordered[j];
      if (y === undefined || y.document !== x.document || y.position - x.position > RELEASE_REACH) break;
      propose(x, y);
    }
  }
};

const proposeByFacet = (
  ordered: readonly PlacedScene[],
  { counts }: Frequencies,
  propose: (x: PlacedScene, y: PlacedScene) => void,
): void => {
  const rare = new Map<string, PlacedScene[]>();
  const common = new Map<string, PlacedScene[]>();
  for (const scene of ordered) {
    const hubs: string[] = [];
    for (const shared of sharedKeys(scene)) {
      const id = facetId(shared);
      if ((counts.get(id) ?? 0) > RARE_COUNT_MAX) hubs.push(id);
      else proposeAll(rare, id, scene, propose);
    }
    for (const key of [...hubs, ...pairsOf(hubs)]) proposeNearest(common, key, scene, propose);
  }
};

const proposeAll = (
  postings: Map<string, PlacedScene[]>,
  key: string,
  scene: PlacedScene,
  propose: (x: PlacedScene, y: PlacedScene) => void,
): void => {
  const before = postings.get(key);
  if (before === undefined) {
    postings.set(key, [scene]);
    return;
  }
  for (const other of before) propose(other, scene);
  // Counts are taken before the block is read, so a writer beside this one may have made the facet common since.
  if (before.length < RARE_COUNT_MAX) before.push(scene);
};

const proposeNearest = (
  postings: Map<string, PlacedScene[]>,
  key: string,
  scene: PlacedScene,
  propose: (x: PlacedScene, y: PlacedScene) => void,
): void => {
  const nearest = postings.get(key) ?? [];
  for (const other of nearest) propose(other, scene);
  postings.set(key, [...nearest, scene].slice(-COMMON_NEAREST));
};

/** Two scenes that share two common facets are closer than two that share one: at most 10 pairs of the first 5. */
const pairsOf = (ids: readonly string[]): readonly string[] => {
  const few = ids.slice(0, 5);
  return few.flatMap((x, i) => few.slice(i + 1).map((y) => `${x}\u0000${y}`));
};
