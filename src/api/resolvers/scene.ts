import { figureOf } from '../../scene/figure.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import { formatOccurrence } from '../../scene/hypertoken.ts';
import type { StoredScene } from '../../store/graph-store.ts';
import { connection, mapPage } from '../connection.ts';
import type { ApiContext } from '../context.ts';
import { facetParent, optionalFacet } from '../facet-parent.ts';
import { figureOfKey } from '../figures.ts';
import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { decodeSceneId, encodeGlobalId } from '../global-id.ts';
import { pageRequest } from '../page-request.ts';
import { sceneConnection } from '../scene-connection.ts';
import { sceneCouplings } from '../scene-couplings.ts';
import { sceneFilter } from '../scene-filter.ts';

export const sceneResolvers = {
  Query: {
    scenes: async (_, { filter: given, ...page }, { store, loaders, limits }) => {
      const filter = sceneFilter(given);
      const scenes = await store.scenes(filter, pageRequest(page, limits.pageMax));
      return sceneConnection(scenes, page.after, () => store.countScenes(filter), loaders);
    },
    scene: (_, { id }, { loaders }) => loaders.scenes.load(decodeSceneId(id)),
  },
  SceneConnection: { totalCount: ({ countAll }) => countAll() },
  Scene: {
    id: ({ id }) => encodeGlobalId({ type: 'Scene', id }),
    key: ({ id }) => id,
    document: async ({ document }, _, { loaders }) =>
      found(await loaders.documents.load(document), 'DOCUMENT_NOT_FOUND', document),
    agent: (scene) => optionalFacet(scene, 'agent', scene.agent),
    tension: (scene) => optionalFacet(scene, 'tension', scene.tension),
    context: (scene) => scene.context.map((facet) => facetParent(scene, 'context', facet)),
    atmosphere: (scene) => optionalFacet(scene, 'atmosphere', scene.atmosphere),
    archetype: (scene) => optionalFacet(scene, 'archetype', scene.archetype),
    figure: ({ figure }) => figureOfKey(figure),
    hyperlexeme: (scene, { labels }) => hyperlexeme(figureOf(scene), labels),
    occurrence: async ({ code, ordinal }, _, { loaders }) =>
      found(
        await loaders.occurrences.load({ code, ordinal }),
        'OCCURRENCE_NOT_FOUND',
        formatOccurrence({ code, ordinal }),
      ),
    motif: async ({ id }, _, { loaders }) => {
      const ref = await loaders.motifs.load(id);
      return ref === null ? null : loaders.occurrences.load(ref);
    },
    previous: (scene, _, context) => neighbour(scene, -1, context),
    next: (scene, _, context) => neighbour(scene, 1, context),
    couplings: async (scene, args, { loaders, limits }) => {
      loaders.scenes.prime(scene.id, scene);
      const page = await sceneCouplings(scene.id, pageRequest(args, limits.pageMax), loaders);
      return connection(
        mapPage(page, (coupling) => ({ coupling, from: scene.id })),
        args.after,
      );
    },
  },
} satisfies Resolvers;

const neighbour = async (
  { document, position }: StoredScene,
  step: 1 | -1,
  { loaders }: ApiContext,
): Promise<StoredScene | null> => {
  const from = position + step;
  if (from < 0) return null;
  const [scene] = await loaders.ranges.load({ document, from, to: from + 1 });
  return scene ?? null;
};
