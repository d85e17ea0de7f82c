import type { FacetKind } from '../scene/facet.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../scene/inventory.ts';

/** The keys of a closed class of facets; none for agent and context, whose keys are lemmas. */
export const inventoryKeys = (kind: FacetKind): readonly string[] => {
  switch (kind) {
    case 'archetype':
      return Object.keys(ARCHETYPES);
    case 'atmosphere':
      return Object.keys(ATMOSPHERES);
    case 'tension':
      return Object.keys(TENSIONS);
    case 'agent':
    case 'context':
      return [];
  }
};
