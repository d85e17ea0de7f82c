import type { Standing } from '../../collapse/bundle.ts';
import { gloss } from '../../collapse/gloss.ts';
import type { FacetKind } from '../../scene/facet.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import { bundleOccurrence } from '../../worker/bundle-job.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { FacetStandingParent } from '../parents.ts';
import { keepScenes } from '../scene-connection.ts';

export const bundleResolvers = {
  Query: {
    bundle: async (_, request, { store, signal, loaders }) => {
      const told = await bundleOccurrence({ store, signal }, request);
      keepScenes(told.summary, loaders);
      return told;
    },
  },
  Bundle: {
    scenesRead: ({ bundle }) => bundle.scenes,
    agents: ({ bundle }) => bundle.agents.map((one) => standing('agent', one)),
    contexts: ({ bundle }) => bundle.contexts.map((one) => standing('context', one)),
    tension: ({ bundle }) => optionalStanding('tension', bundle.tension),
    atmosphere: ({ bundle }) => optionalStanding('atmosphere', bundle.atmosphere),
    archetype: ({ bundle }) => optionalStanding('archetype', bundle.archetype),
    hyperlexeme: ({ bundle }, { labels }) => hyperlexeme(bundle.figure, labels),
    gloss: ({ bundle }, { labels }) => gloss(bundle, labels),
    tensionCurve: ({ bundle }) => bundle.curve,
    spans: ({ bundle }) => bundle.spans,
    documentCount: ({ bundle }) => bundle.documents,
    coherence: ({ bundle }) => bundle.coherence,
    coupledCount: ({ bundle }) => bundle.coupled,
    carried: ({ bundle }) => bundle.summary.carried,
  },
  FacetStanding: {
    label: ({ kind, key }, { labels }) => facetLabel(kind, key, labels),
    sceneCount: ({ scenes }) => scenes,
  },
  TensionStretch: {
    sceneCount: ({ scenes }) => scenes,
    tension: ({ tension }) => optionalStanding('tension', tension),
  },
  BundleSpan: {
    document: async ({ document }, _, { loaders }) =>
      found(await loaders.documents.load(document), 'DOCUMENT_NOT_FOUND', document),
    sceneCount: ({ scenes }) => scenes,
  },
} satisfies Resolvers;

const standing = (kind: FacetKind, { key, scenes }: Standing): FacetStandingParent => ({ kind, key, scenes });

const optionalStanding = (kind: FacetKind, one: Standing | null): FacetStandingParent | null =>
  one === null ? null : standing(kind, one);
