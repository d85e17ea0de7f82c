import { HypersceneError } from '../errors.ts';
import { corpusName, documentName } from '../scene/name.ts';
import { documentId } from '../scene/scene.ts';
import type { FacetRef, SceneFilter } from '../store/graph-store.ts';
import type { SceneFilter as SceneFilterInput } from './generated/resolver-types.ts';
import { inventoryKeys } from './inventory.ts';

/** Facets of one filter: each one narrows the search by a step of the store. */
export const FILTER_FACETS_MAX = 16;

/** @throws HypersceneError BAD_NAME, BAD_ARGUMENT */
export const sceneFilter = ({ corpus, document, kind, lang, code, facets, text }: SceneFilterInput): SceneFilter => {
  const name = corpusName(corpus);
  return {
    corpus: name,
    document: document === null || document === undefined ? undefined : documentId(name, documentName(document)),
    kind: kind ?? undefined,
    lang: lang ?? undefined,
    code: code ?? undefined,
    facets: facets === null || facets === undefined ? undefined : facetRefs(facets),
    text: text ?? undefined,
  };
};

const facetRefs = (facets: readonly FacetRef[]): readonly FacetRef[] => {
  if (facets.length > FILTER_FACETS_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'too many facets', {
      expected: `at most ${FILTER_FACETS_MAX}`,
      came: String(facets.length),
    });
  return facets.map(facetRef);
};

/** A key that no inventory has is most likely a label: told, not answered with nothing. */
const facetRef = ({ kind, key }: FacetRef): FacetRef => {
  const keys = inventoryKeys(kind);
  if (keys.length > 0 && !keys.includes(key))
    throw new HypersceneError('BAD_ARGUMENT', `bad key of ${kind}`, {
      expected: `a key of the inventory such as ${keys[0]}`,
      came: JSON.stringify(key.slice(0, 80)),
    });
  return { kind, key };
};
