import type { DocumentId, SceneId } from '../scene/scene.ts';
import type { Clue } from './clue.ts';
import { partWeights, sumOf } from './relevance.ts';

/** A scene by its place in a text, and the clues that it answers to. */
export interface PlacedAnswer {
  readonly id: SceneId;
  readonly document: DocumentId;
  /** 0, 1, 2 … in the order of the text. */
  readonly position: number;
  readonly because: readonly Clue[];
}

export interface AnswerAround {
  /** 0 to 1. */
  readonly relevance: number;
  /** The scene beside it that adds most; null where none adds anything. */
  readonly beside: SceneId | null;
}

/** How far along the text a scene answers for others. */
export const AROUND_REACH = 2;
/** What of an answer counts at each step along the text. */
export const AROUND_DECAY = 0.7;

/**
 * How much of a query each scene answers together with those around it, 0 to 1: of each part the heaviest clue that the scene has, or a scene
 * beside it, at {@link AROUND_DECAY} for each step of up to {@link AROUND_REACH}. A question is answered by the sentence next to its words as often as by the
 * one in which they stand, and two words in neighbouring sentences are nearly as good as in one; but the same word again adds nothing, so that no
 * scene comes before one that answers all by itself. What decays with the distance is taken from positional language models (Lv & Zhai 2009).
 * @param scenes each once, in any order
 * @param clues of the query, `because` of all scenes among them
 */
export const relevanceAround = (
  scenes: readonly PlacedAnswer[],
  clues: readonly Clue[],
): ReadonlyMap<SceneId, AnswerAround> => {
  const whole = sumOf(partWeights(clues).values());
  const sceneAt = new Map(
    scenes.map(({ id, document, position, because }): readonly [string, Weighed] => [
      placeOf(document, position),
      { id, parts: partWeights(because) },
    ]),
  );
  return new Map(scenes.map((scene) => [scene.id, whole === 0 ? NOTHING : around(scene, sceneAt, whole)]));
};

interface Weighed {
  readonly id: SceneId;
  readonly parts: ReadonlyMap<string, number>;
}

const NOTHING: AnswerAround = { relevance: 0, beside: null };

const around = (
  { document, position }: PlacedAnswer,
  sceneAt: ReadonlyMap<string, Weighed>,
  whole: number,
): AnswerAround => {
  const parts = new Map(sceneAt.get(placeOf(document, position))?.parts);
  const added = new Map<SceneId, number>();
  // The nearest first: of equal answers that which stands nearer, then before, is told.
  for (let step = 1; step <= AROUND_REACH; step += 1)
    for (const place of [position - step, position + step]) {
      const near = sceneAt.get(placeOf(document, place));
      if (near === undefined) continue;
      for (const [part, full] of near.parts) {
        const [weight, known] = [full * AROUND_DECAY ** step, parts.get(part) ?? 0];
        if (weight <= known) continue;
        parts.set(part, weight);
        added.set(near.id, (added.get(near.id) ?? 0) + weight - known);
      }
    }
  const [most] = [...added].toSorted(([, x], [, y]) => y - x);
  return { relevance: Math.min(1, sumOf(parts.values()) / whole), beside: most?.[0] ?? null };
};

const placeOf = (document: DocumentId, position: number): string => `${document} ${position}`;
