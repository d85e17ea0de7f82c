import { ownEntity } from '../../scene/facet.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import { figureKey, NONE } from '../../scene/figure.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { inventoryKeys } from '../inventory.ts';

export const facetResolvers = {
  Query: { inventory: (_, { kind }) => inventoryKeys(kind).map((key) => ({ kind, key })) },
  Facet: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels) },
  AgentFacet: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels), own: ownEntity },
  Morpheme: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels) },
  Figure: {
    key: figureKey,
    archetype: ({ archetype: key }) => (key === NONE ? null : { kind: 'archetype', key }),
    atmosphere: ({ atmosphere: key }) => (key === NONE ? null : { kind: 'atmosphere', key }),
    tension: ({ tension: key }) => (key === NONE ? null : { kind: 'tension', key }),
    hyperlexeme: (figure, { labels }) => hyperlexeme(figure, labels),
  },
} satisfies Resolvers;
