import { type AgentFacet, type Facet, ownEntity } from '../scene/facet.ts';
import type { Scene } from '../scene/scene.ts';
import { facetsOf } from './scene-check.ts';

/** As it was read: merges of agents may lead it elsewhere, and the scene has not changed by that. */
const ownEntityOf = (facet: Facet): string | null => ('entity' in facet ? ownEntity(facet as AgentFacet) : null);

/** Spans within the scene's text: a scene that moved as a whole has the same facets. */
const facetText = (scene: Scene): string =>
  JSON.stringify(
    facetsOf(scene).map(({ kind, facet }) => [
      kind,
      facet.key,
      ownEntityOf(facet),
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

/** Whether the same person stands in both: where another does, what binds the scene no longer holds. */
export const sameAgent = (was: Scene, is: Scene): boolean => entityOf(was) === entityOf(is);
