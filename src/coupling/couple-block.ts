import type { Coupling, Reason } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';
import { visitCandidates } from './candidates.ts';
import type { PlacedScene } from './placed-scene.ts';
import { type SharedKey, sharedKeys } from './placed-scene.ts';
import { couplingOf, type Frequencies, facetReasons, placeReasons } from './reasons.ts';

/** Scenes to couple, and all of the graph that may be reached by it. */
export interface CouplingBlock {
  readonly scenes: readonly PlacedScene[];
  /** Stored scenes beside them in the text or with a rare facet of theirs. */
  readonly around: readonly PlacedScene[];
  /** Every coupling of `scenes` and `around`. */
  readonly existing: readonly Coupling[];
  readonly frequencies: Frequencies;
  /** Couplings a scene may have. */
  readonly couplingsMax: number;
}

export interface BlockChange {
  readonly put: readonly Coupling[];
  readonly remove: readonly { readonly a: SceneId; readonly b: SceneId }[];
}

const pairKey = ({ a, b }: { readonly a: SceneId; readonly b: SceneId }): string => `${a} ${b}`;

/**
 * Couples a block of scenes with each other and with what is around them.
 *
 * The weight of a facet that two scenes share is frozen when they are first coupled by it; reasons of place are taken anew.
 * Near-linear: a scene meets at most 12 neighbours in the text, RARE_COUNT_MAX scenes a rare facet and 4 a common one.
 */
export const coupleBlock = (block: CouplingBlock): BlockChange => {
  const before = new Map(block.existing.map((coupling) => [pairKey(coupling), coupling]));
  const after = selectCouplings([...weigh(block, before).values()], block.couplingsMax);
  const kept = new Set(after.map(pairKey));
  return {
    put: after.filter((coupling) => !sameCoupling(coupling, before.get(pairKey(coupling)))),
    remove: block.existing.filter((coupling) => !kept.has(pairKey(coupling))).map(({ a, b }) => ({ a, b })),
  };
};

/** Every pair with its weight: existing ones that the block does not touch as they are, the others as they are now. */
const weigh = (block: CouplingBlock, before: ReadonlyMap<string, Coupling>): Map<string, Coupling> => {
  const { scenes, around, frequencies } = block;
  const weighed = new Map(before);
  const keys = new Map([...scenes, ...around].map((scene) => [scene.id, sharedKeys(scene)]));
  const put = (x: PlacedScene, y: PlacedScene): void => {
    const pair = x.id < y.id ? { a: x.id, b: y.id } : { a: y.id, b: x.id };
    const frozen = before.get(pairKey(pair));
    const shared = sharedReasons(keys.get(x.id) ?? [], keys.get(y.id) ?? [], frequencies, frozen);
    const coupling = couplingOf(x, y, [...placeReasons(x, y), ...shared]);
    if (coupling === null) weighed.delete(pairKey(pair));
    else weighed.set(pairKey(pair), coupling);
  };
  visitCandidates(scenes, around, frequencies, put);
  const byId = new Map([...scenes, ...around].map((scene) => [scene.id, scene]));
  const inBlock = new Set(scenes.map(({ id }) => id));
  for (const { a, b } of before.values()) {
    const x = byId.get(a);
    const y = byId.get(b);
    // A coupling of a block scene that is no candidate any more, e.g. since a scene came between the two.
    if (x !== undefined && y !== undefined && (inBlock.has(a) || inBlock.has(b))) put(x, y);
  }
  return weighed;
};

/** What was shared before keeps its weight; what only now is shared gets today's, and what no longer is gives no reason. */
const sharedReasons = (
  x: readonly SharedKey[],
  y: readonly SharedKey[],
  frequencies: Frequencies,
  frozen: Coupling | undefined,
): readonly Reason[] => {
  const today = facetReasons(x, y, frequencies);
  if (frozen === undefined) return today;
  const has = (keys: readonly SharedKey[], { kind, key }: Reason): boolean =>
    keys.some((own) => own.kind === kind && own.key === key);
  const kept = frozen.because.filter((reason) => has(x, reason) && has(y, reason));
  return [...kept, ...today.filter(({ kind, key }) => !kept.some((own) => own.kind === kind && own.key === key))];
};

const byWeight = (x: Coupling, y: Coupling): number =>
  y.weight - x.weight || (x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : x.b > y.b ? 1 : 0);

/**
 * The heaviest couplings that leave no scene with more than `couplingsMax`: greedy b-matching (Mestre 2006, at least
 * half the weight of the best one). Weights and ids order all pairs, so the choice does not depend on input order.
 */
export const selectCouplings = (weighed: readonly Coupling[], couplingsMax: number): readonly Coupling[] => {
  const degree = new Map<SceneId, number>();
  const selected: Coupling[] = [];
  for (const coupling of weighed.toSorted(byWeight)) {
    const ofA = degree.get(coupling.a) ?? 0;
    const ofB = degree.get(coupling.b) ?? 0;
    if (ofA >= couplingsMax || ofB >= couplingsMax) continue;
    degree.set(coupling.a, ofA + 1);
    degree.set(coupling.b, ofB + 1);
    selected.push(coupling);
  }
  return selected;
};

const sameCoupling = (x: Coupling, y: Coupling | undefined): boolean =>
  y !== undefined &&
  x.weight === y.weight &&
  x.because.length === y.because.length &&
  x.because.every((reason, i) => {
    const other = y.because[i];
    return (
      other !== undefined && reason.kind === other.kind && reason.key === other.key && reason.weight === other.weight
    );
  });
