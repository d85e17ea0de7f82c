import { HypersceneError } from '../errors.ts';
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

/**
 * The id is a hash of the text, so that a store need not write the text of a scene again that it has.
 * @throws HypersceneError BAD_ARGUMENT for an id that a caller made up
 */
export const checkSameText = (was: Scene, is: Scene): void => {
  if (was.text === is.text) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad id of a scene', {
    at: is.id,
    expected: JSON.stringify(was.text.slice(0, 200)),
    came: JSON.stringify(is.text.slice(0, 200)),
  });
};

/** Everything but the facets and the text. */
export const sameFields = (was: Scene, is: Scene): boolean =>
  was.position === is.position &&
  was.start === is.start &&
  was.end === is.end &&
  was.kind === is.kind &&
  was.lang === is.lang;

const entityOf = ({ agent }: Scene): string | null => agent?.entity ?? null;

/** Whether the same person stands in both: where another does, what binds the scene no longer holds. */
export const sameAgent = (was: Scene, is: Scene): boolean => entityOf(was) === entityOf(is);
