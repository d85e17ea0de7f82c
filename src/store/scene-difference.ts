import type { AgentFacet } from '../scene/facet.ts';
import type { Scene } from '../scene/scene.ts';
import { facetsOf } from './scene-check.ts';

/** Spans within the scene's text: a scene that moved as a whole has the same facets. */
const facetText = (scene: Scene): string =>
  JSON.stringify(
    facetsOf(scene).map(({ kind, facet }) => [
      kind,
      facet.key,
      (facet as AgentFacet).entity ?? null,
      facet.start - scene.start,
      facet.end - scene.start,
      facet.confidence,
      facet.by,
    ]),
  );

export const sameFacets = (was: Scene, is: Scene): boolean => facetText(was) === facetText(is);

/** Everything but the facets. */
export const sameFields = (was: Scene, is: Scene): boolean =>
  was.position === is.position &&
  was.start === is.start &&
  was.end === is.end &&
  was.kind === is.kind &&
  was.lang === is.lang &&
  was.text === is.text;

const entityOf = ({ agent }: Scene): string | null => agent?.entity ?? null;

/** Another agent stands in the scene: what binds it no longer holds. The facet's other fields do not matter. */
export const sameAgent = (was: Scene, is: Scene): boolean => entityOf(was) === entityOf(is);
