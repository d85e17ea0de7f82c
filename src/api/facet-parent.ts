import type { Facet, FacetKind } from '../scene/facet.ts';
import type { Scene } from '../scene/scene.ts';

interface Words {
  readonly kind: FacetKind;
  readonly text: string;
}

/** A facet with its kind and the words it rests on. */
export const facetParent = <F extends Facet>(scene: Scene, kind: FacetKind, facet: F): F & Words => ({
  ...facet,
  kind,
  text: scene.text.slice(facet.start - scene.start, facet.end - scene.start),
});

export const optionalFacet = <F extends Facet>(scene: Scene, kind: FacetKind, facet: F | null): (F & Words) | null =>
  facet === null ? null : facetParent(scene, kind, facet);
