import type { FacetKind } from '../scene/facet.ts';
import { FACET_KINDS } from '../scene/facet.ts';
import { rarity } from '../scene/rarity.ts';
import type { SceneId } from '../scene/scene.ts';

/** By what a scene answers to what was asked: a facet or a word of it, or what was named itself. */
export const CLUE_KINDS = [...FACET_KINDS, 'word', 'code', 'occurrence', 'scene'] as const;
export type ClueKind = FacetKind | 'word' | 'code' | 'occurrence' | 'scene';

export interface Clue {
  readonly kind: ClueKind;
  /** Of a facet its key; the word as it was asked; Δ14; Δ14:7; a scene's id. */
  readonly key: string;
  /** What of the source it is a clue of: царь as an agent, as a context and as a word is one part, and counts once. */
  readonly part: string;
  /** What a scene that answers to it gets, 0 to 1. */
  readonly weight: number;
  /** In how many scenes of the corpus it stands. */
  readonly count: number;
  /** Those that were looked up: all, or as many as a limit lets through. */
  readonly scenes: readonly SceneId[];
}

/** What stands in all scenes tells none from another, but they answer to it, should there be nothing else. */
const RARITY_MIN = 0.01;

/**
 * What an agent, context or figure that the reader finds in a query weighs, beside the words that it is found by and that are looked for
 * themselves: with as much as those, they brought other scenes before the ones that answer. A tension, an atmosphere and an archetype say
 * what no word does and weigh in full. See `docs/decisions/0012-activation.md`.
 */
export const FOUND_SHARE = 0.5;

/**
 * A facet or word weighs as much as it is rare, so that тоска says more than он.
 * @param confidence of who found it, 0 to 1
 * @param total scenes of the corpus
 */
export const clueWeight = (confidence: number, count: number, total: number): number =>
  confidence * Math.max(RARITY_MIN, rarity(count, total));

/** By falling weight, then kind, then key. */
export const heaviestFirst = (x: Clue, y: Clue): number =>
  y.weight - x.weight || (x.kind === y.kind ? (x.key < y.key ? -1 : 1) : x.kind < y.kind ? -1 : 1);
