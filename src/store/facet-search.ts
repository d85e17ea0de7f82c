import type { FacetKind } from '../scene/facet.ts';
import { facetLabel } from '../scene/facet-label.ts';
import { LANGUAGES } from '../scene/scene.ts';

export type OpenKind = Extract<FacetKind, 'agent' | 'context'>;

/**
 * Kinds whose keys come from the text and are without number. The others have an inventory of some forty keys with labels
 * that may be reworded: they are searched by what they are called now, not by what they were called when they were stored.
 */
export const isOpenKind = (kind: FacetKind): kind is OpenKind => kind === 'agent' || kind === 'context';

/** What a facet is found by: its key, and what it is called in every language. */
export const facetText = (kind: FacetKind, key: string): string =>
  isOpenKind(kind) ? key : [key, ...LANGUAGES.map((labels) => facetLabel(kind, key, labels))].join(' ');
