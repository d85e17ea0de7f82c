import { type Coupling, REASON_KINDS, type Reason, roundWeight } from '../scene/coupling.ts';
import type { FacetKind } from '../scene/facet.ts';
import { rarity } from '../scene/rarity.ts';
import { facetId, type PlacedScene, type SharedKey, sharedKeys } from './placed-scene.ts';
import { releases } from './release.ts';

/**
 * How much sharing a facet says at most, for a facet that only the two scenes have. Agent and context name something
 * particular, the other three are classes with 14 to 42 members.
 */
const STRENGTH: Readonly<Record<FacetKind, number>> = {
  agent: 0.6,
  context: 0.6,
  archetype: 0.4,
  atmosphere: 0.35,
  tension: 0.35,
};

/** Following one another alone says little, so that a shared rare facet always outweighs it. */
const SEQUENCE_WEIGHT = 0.2;
const RELEASE_WEIGHT = 0.35;
/** A tension not released within this many scenes is no longer felt as raised by the reader of a sentence-long scene. */
export const RELEASE_REACH = 12;

/** How many scenes there are and in how many of them each facet stands. */
export interface Frequencies {
  readonly scenes: number;
  /** By {@link facetId}. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What ties two scenes by their place in the text: it changes when the text around them does. */
export const placeReasons = (x: PlacedScene, y: PlacedScene): readonly Reason[] => {
  if (x.document !== y.document) return [];
  const [earlier, later] = x.position < y.position ? [x, y] : [y, x];
  const distance = later.position - earlier.position;
  const reasons: Reason[] = [];
  if (distance === 1) reasons.push({ kind: 'sequence', key: '', weight: SEQUENCE_WEIGHT });
  const release = releaseReason(earlier, later, distance);
  if (release !== null) reasons.push(release);
  return reasons;
};

const releaseReason = (earlier: PlacedScene, later: PlacedScene, distance: number): Reason | null => {
  if (distance > RELEASE_REACH || earlier.tension === null || later.tension === null) return null;
  if (!releases(later.tension.key, earlier.tension.key)) return null;
  const sameAgent = earlier.agent !== null && earlier.agent.entity === later.agent?.entity;
  const nearness = 1 - (distance - 1) / RELEASE_REACH;
  const weight =
    RELEASE_WEIGHT * earlier.tension.confidence * later.tension.confidence * nearness * (sameAgent ? 1 : 0.5);
  return { kind: 'release', key: `${earlier.tension.key}>${later.tension.key}`, weight: roundWeight(weight) };
};

/** What ties two scenes by what they share, each facet weighted by how rare it is. */
export const facetReasons = (
  x: readonly SharedKey[],
  y: readonly SharedKey[],
  { scenes, counts }: Frequencies,
): readonly Reason[] => {
  const reasons: Reason[] = [];
  for (const mine of x) {
    const yours = y.find(({ kind, key }) => kind === mine.kind && key === mine.key);
    if (yours === undefined) continue;
    // A pair shares the facet, so it stands in two scenes at least, whatever an older count says.
    const count = Math.max(counts.get(facetId(mine)) ?? 2, 2);
    const weight = roundWeight(STRENGTH[mine.kind] * mine.confidence * yours.confidence * rarity(count, scenes));
    if (weight > 0) reasons.push({ kind: mine.kind, key: mine.key, weight });
  }
  return reasons;
};

const compareReasons = (x: Reason, y: Reason): number =>
  y.weight - x.weight ||
  REASON_KINDS.indexOf(x.kind) - REASON_KINDS.indexOf(y.kind) ||
  (x.key < y.key ? -1 : x.key > y.key ? 1 : 0);

/** Independent reasons add up as a noisy or (Pearl 1988), so that the weight stays below 1 and each one only adds. */
export const couplingOf = (x: PlacedScene, y: PlacedScene, reasons: readonly Reason[]): Coupling | null => {
  if (reasons.length === 0 || x.id === y.id) return null;
  const [a, b] = x.id < y.id ? [x.id, y.id] : [y.id, x.id];
  const weight = roundWeight(1 - reasons.reduce((rest, reason) => rest * (1 - reason.weight), 1));
  return weight === 0 ? null : { a, b, weight, because: reasons.toSorted(compareReasons) };
};

/** All that ties two scenes; null when nothing does. */
export const coupleScenes = (x: PlacedScene, y: PlacedScene, frequencies: Frequencies): Coupling | null =>
  couplingOf(x, y, [...placeReasons(x, y), ...facetReasons(sharedKeys(x), sharedKeys(y), frequencies)]);
