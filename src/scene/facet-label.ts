import type { FacetKind } from './facet.ts';
import { ARCHETYPES, ATMOSPHERES, type Labels, TENSIONS } from './inventory.ts';
import type { Language } from './scene.ts';

const INVENTORIES: Partial<Record<FacetKind, Readonly<Record<string, Labels>>>> = {
  tension: TENSIONS,
  atmosphere: ATMOSPHERES,
  archetype: ARCHETYPES,
};

/** What a facet is called in a language; agents and contexts are lemmas of their own text and are called by their key. */
export const facetLabel = (kind: FacetKind, key: string, labels: Language): string => {
  const inventory = INVENTORIES[kind];
  if (inventory === undefined || !Object.hasOwn(inventory, key)) return key;
  return inventory[key]?.[labels] ?? key;
};
