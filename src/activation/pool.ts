import type { DocumentId, SceneId } from '../scene/scene.ts';

/** A scene by its place in a text. */
export interface PlacedScore {
  readonly id: SceneId;
  readonly document: DocumentId;
  /** 0, 1, 2 … in the order of the text. */
  readonly position: number;
  /** 0 for one that is not activated itself. */
  readonly score: number;
}

/** How far along the text a scene counts for others. */
export const POOL_REACH = 2;
/** What of a score counts at each step further along the text. */
const POOL_DECAY = 0.5;

/**
 * Scores pooled along the text: to its own score each scene gets a half of that of the scenes next to it and a quarter of that of the
 * scenes after those, so that what stands between two activated scenes comes before one that is activated by itself. A scene is a sentence,
 * and what it answers is told by those around it; see `docs/decisions/0012-activation.md`. Kernel smoothing of scores along a text is
 * that of positional language models (Lv & Zhai 2009), with a kernel of five scenes.
 * @param scenes each once, in any order; those that are not given count for nothing
 */
export const poolAlongText = (scenes: readonly PlacedScore[]): ReadonlyMap<SceneId, number> => {
  const scoreAt = new Map(scenes.map(({ document, position, score }) => [placeOf(document, position), score]));
  return new Map(
    scenes.map(({ id, document, position, score }) => {
      let pooled = score;
      for (let step = 1; step <= POOL_REACH; step += 1)
        for (const place of [position - step, position + step])
          pooled += (scoreAt.get(placeOf(document, place)) ?? 0) * POOL_DECAY ** step;
      return [id, pooled];
    }),
  );
};

/** Of each scene the one from which most is pooled; of equal ones that which stands before. None where those around it count for nothing. */
export const strongestBeside = (scenes: readonly PlacedScore[]): ReadonlyMap<SceneId, SceneId> => {
  const sceneAt = new Map(scenes.map((scene) => [placeOf(scene.document, scene.position), scene]));
  return new Map(
    scenes.flatMap(({ id, document, position }) => {
      let strongest: { readonly id: SceneId; readonly share: number } | null = null;
      for (let step = 1; step <= POOL_REACH; step += 1)
        for (const place of [position - step, position + step]) {
          const near = sceneAt.get(placeOf(document, place));
          const share = (near?.score ?? 0) * POOL_DECAY ** step;
          if (near !== undefined && share > (strongest?.share ?? 0)) strongest = { id: near.id, share };
        }
      return strongest === null ? [] : [[id, strongest.id] as const];
    }),
  );
};

const placeOf = (document: DocumentId, position: number): string => `${document} ${position}`;
