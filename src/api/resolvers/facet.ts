import { ownEntity } from '../../scene/facet.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import { figureKey, NONE } from '../../scene/figure.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import { corpusName } from '../../scene/name.ts';
import { connection } from '../connection.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { inventoryKeys } from '../inventory.ts';
import { pageRequest } from '../page-request.ts';

export const facetResolvers = {
  Query: {
    inventory: (_, { kind }) => inventoryKeys(kind).map((key) => ({ kind, key })),
    facets: async (_, { filter: { corpus, kind, text }, ...page }, { store, limits }) => {
      const filter = { corpus: corpusName(corpus), kind: kind ?? undefined, text: text ?? undefined };
      return connection(await store.facets(filter, pageRequest(page, limits.pageMax)), page.after);
    },
  },
  Facet: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels) },
  AgentFacet: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels), own: ownEntity },
  CorpusFacet: {
    label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels),
    sceneCount: ({ scenes }) => scenes,
  },
  Morpheme: { label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels) },
  Figure: {
    key: figureKey,
    archetype: ({ archetype: key }) => (key === NONE ? null : { kind: 'archetype', key }),
    atmosphere: ({ atmosphere: key }) => (key === NONE ? null : { kind: 'atmosphere', key }),
    tension: ({ tension: key }) => (key === NONE ? null : { kind: 'tension', key }),
    hyperlexeme: (figure, { labels }) => hyperlexeme(figure, labels),
  },
} satisfies Resolvers;
