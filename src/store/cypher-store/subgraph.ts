import type { SceneId } from '../../scene/scene.ts';
import { couplingHop } from '../cypher/coupling-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Subgraph, SubgraphRequest } from '../graph-store.ts';
import { checkSubgraph } from '../subgraph-request.ts';
import type { StoreContext } from './context.ts';
import { readCouplingsAmong } from './couplings.ts';
import { readScenes } from './scene-reader.ts';

interface Reach {
  /** Nearest first, then by falling weight of the heaviest coupling to a nearer scene, then by id. */
  readonly ids: readonly SceneId[];
  readonly truncated: boolean;
}

/** One statement a hop, whatever the number of scenes, and three at once for the scenes, their facets and couplings. */
export const subgraph = (context: StoreContext, seed: SceneId, request: SubgraphRequest): Promise<Subgraph | null> => {
  checkSubgraph(request);
  return context.engine.snapshot(async (view) => {
    const { ids, truncated } = await search(view, context, seed, request);
    const [scenes, couplings] = await Promise.all([
      readScenes(view, context, ids),
      readCouplingsAmong(view, context, ids),
    ]);
    if (scenes[0]?.scene.id !== seed) return null;
    const { weightMin = 0 } = request;
    return {
      scenes: scenes.map(({ scene }) => scene),
      couplings: couplings.filter(({ weight }) => weight >= weightMin),
      truncated,
    };
  });
};

const search = async (
  view: CypherReader,
  { identity }: StoreContext,
  seed: SceneId,
  { hops, limit, weightMin = 0 }: SubgraphRequest,
): Promise<Reach> => {
  const reached = new Set<SceneId>([seed]);
  let frontier: readonly SceneId[] = [seed];
  for (let hop = 0; hop < hops && frontier.length > 0; hop++) {
    // Those reached already may come first in the answer: as many more are asked for, and one to know of the rest.
    const wanted = limit + 1;
    const rows = await view.read(couplingHop, {
      scenes: frontier.map((id) => identity.scene(id)),
      weightMin,
      limit: wanted,
    });
    const found = rows.map(({ id }) => id as SceneId).filter((id) => !reached.has(id));
    const room = limit - reached.size;
    frontier = found.slice(0, room);
    for (const id of frontier) reached.add(id);
    if (found.length > room) return { ids: [...reached], truncated: true };
  }
  return { ids: [...reached], truncated: false };
};
