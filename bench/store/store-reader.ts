import { FACET_KINDS } from '../../src/scene/facet.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { encodeCursor } from '../../src/store/paging.ts';
import { CORPUS } from './documents.ts';
import type { Answer, Reader } from './reading.ts';

const facetsOf = (scene: StoredScene): number => FACET_KINDS.flatMap((kind) => scene[kind] ?? []).length;

const toAnswer = (scenes: readonly (StoredScene | null)[], couplings = 0): Answer => {
  const found = scenes.filter((scene) => scene !== null);
  return {
    ids: found.map(({ id }) => id),
    facets: found.reduce((sum, scene) => sum + facetsOf(scene), 0),
    couplings,
  };
};

/** What is measured: the same questions through the port. */
export const storeReader = (store: GraphStore): Reader => ({
  scene: async (id: SceneId) => toAnswer(await store.scenesById([id])),
  scenes: async (ids) => toAnswer(await store.scenesById(ids)),
  page: async (afterRank, first) => {
    const { items } = await store.scenes({ corpus: CORPUS }, { first, after: encodeCursor('scenes', [afterRank]) });
    return toAnswer(items.map(({ item }) => item));
  },
  search: async (word, first) => {
    const { items } = await store.scenes({ corpus: CORPUS, text: word }, { first });
    return toAnswer(items.map(({ item }) => item));
  },
  neighbourhood: async (seed, limit) => {
    const found = await store.subgraph(seed, { hops: 2, limit });
    return toAnswer(found?.scenes ?? [], found?.couplings.length);
  },
});
