import type { AgentFacet } from '../../scene/facet.ts';
import { FACET_KINDS } from '../../scene/facet.ts';
import type { CorpusName } from '../../scene/name.ts';
import { facetText, type OpenKind } from '../facet-search.ts';
import type { FacetFilter, FacetRecord, FacetRef } from '../graph-store.ts';
import { facetsOf } from '../scene-check.ts';
import { hasTerms, queryTerms, termsOfEach } from '../search-terms.ts';
import { compareText } from '../text-order.ts';
import { requireCorpus, scenesOf, type WorkspaceState } from './workspace-state.ts';

/** By kind, then key. @throws HypersceneError BAD_ARGUMENT, CORPUS_NOT_FOUND */
export const facetRecords = (state: WorkspaceState, { corpus, kind, text }: FacetFilter): readonly FacetRecord[] => {
  const terms = text === undefined ? [] : queryTerms(text);
  const standing = scenesOf(state, requireCorpus(state, corpus))
    .flatMap(facetsOf)
    .map((one): FacetRef => ({ kind: one.kind, key: (one.facet as AgentFacet).entity ?? one.facet.key }))
    .filter((ref) => kind === undefined || ref.kind === kind)
    .filter((ref) => hasTerms(facetText(ref.kind, ref.key), terms));
  return [...Map.groupBy(standing, (ref) => `${ref.kind} ${ref.key}`).values()]
    .flatMap((refs) => refs.slice(0, 1).map((ref) => ({ ...ref, scenes: refs.length })))
    .sort((x, y) => FACET_KINDS.indexOf(x.kind) - FACET_KINDS.indexOf(y.kind) || compareText(x.key, y.key));
};

/** For each text the keys that are called by all its words. @throws HypersceneError as {@link facetRecords}; PAGE_TOO_LARGE */
export const facetKeysOfTexts = (
  state: WorkspaceState,
  corpus: CorpusName,
  kind: OpenKind,
  texts: readonly string[],
): readonly (readonly string[])[] => {
  const wanted = termsOfEach(texts);
  const keys = facetRecords(state, { corpus, kind }).map(({ key }) => key);
  return wanted.map((terms) => keys.filter((key) => hasTerms(facetText(kind, key), terms)));
};
