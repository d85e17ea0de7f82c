import { found } from '../found.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import { decodeSceneId } from '../global-id.ts';
import { pageSize } from '../page-request.ts';
import { reasonLabel } from '../reason-label.ts';
import { keepScenes } from '../scene-connection.ts';
import { otherEnd } from '../scene-couplings.ts';

export const couplingResolvers = {
  Query: {
    subgraph: async (_, { scene, hops, weightMin, limit }, { store, loaders, limits }) => {
      const seed = decodeSceneId(scene);
      const subgraph = await store.subgraph(seed, {
        hops,
        weightMin,
        limit: pageSize('limit', limit, limits.pageMax),
      });
      if (subgraph === null) return null;
      keepScenes(subgraph.scenes, loaders);
      return {
        ...subgraph,
        seed: found(await loaders.scenes.load(seed), 'SCENE_NOT_FOUND', seed),
        couplings: subgraph.couplings.map((coupling) => ({ coupling, from: coupling.a })),
      };
    },
  },
  Coupling: {
    weight: ({ coupling }) => coupling.weight,
    because: ({ coupling }) => coupling.because,
    scene: async ({ from }, _, { loaders }) => found(await loaders.scenes.load(from), 'SCENE_NOT_FOUND', from),
    other: async ({ coupling, from }, _, { loaders }) => {
      const id = otherEnd(coupling, from);
      return found(await loaders.scenes.load(id), 'SCENE_NOT_FOUND', id);
    },
  },
  Reason: { label: (reason, { labels }) => reasonLabel(reason, labels) },
} satisfies Resolvers;
