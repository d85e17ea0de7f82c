import type { FacetKind } from './facet.ts';
import type { SceneId } from './scene.ts';

/**
 * Why two scenes hang together. `sequence`: one follows the other; `release`: a tension raised in one is released in
 * the other; a facet's kind: both share it.
 */
export type ReasonKind = 'sequence' | 'release' | FacetKind;
export const REASON_KINDS: readonly ReasonKind[] = [
  'sequence',
  'release',
  'agent',
  'tension',
  'context',
  'atmosphere',
  'archetype',
];

export interface Reason {
  readonly kind: ReasonKind;
  /** The shared facet's key; for `release` the two tensions as `fear>calm`; for `sequence` empty. */
  readonly key: string;
  /** What this reason alone contributes, 0 to 1, six decimal places. */
  readonly weight: number;
}

/** An undirected edge between two scenes of one corpus; `a < b` by id, so that each pair has one form. */
export interface Coupling {
  readonly a: SceneId;
  readonly b: SceneId;
  /** 0 to 1, six decimal places: 1 − ∏(1 − reason.weight). */
  readonly weight: number;
  /** By falling weight, then kind, then key; never empty. */
  readonly because: readonly Reason[];
}

/** Six places: enough to rank by, and the same text in every store. */
export const roundWeight = (weight: number): number => Math.round(weight * 1e6) / 1e6;

/** The other end of a coupling. */
export interface Neighbour {
  readonly id: SceneId;
  /** Above 0, 1 at most. */
  readonly weight: number;
}
