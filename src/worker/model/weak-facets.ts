import { FACET_KINDS, type Facet, type FacetKind } from '../../scene/facet.ts';
import type { Scene } from '../../scene/scene.ts';

/** Below the least confidence; what a person said is never weak. */
const isWeak = (facet: Facet | null, confidenceMin: number): boolean =>
  facet === null || (facet.by !== 'person' && facet.confidence < confidenceMin);

/**
 * Those that are missing or unsure, a context where all of its words are; none of a scene without a letter, of which nothing can be said.
 * @param confidenceMin 0 to 1
 */
export const weakFacets = (scene: Scene, confidenceMin: number): readonly FacetKind[] => {
  if (!/\p{L}/u.test(scene.text)) return [];
  return FACET_KINDS.filter((kind) =>
    kind === 'context'
      ? scene.context.every((facet) => isWeak(facet, confidenceMin))
      : isWeak(scene[kind], confidenceMin),
  );
};
