import type { Coupling } from '../scene/coupling.ts';
import type { SceneId } from '../scene/scene.ts';
import { PAGE_MAX, type Page, type PageRequest } from '../store/graph-store.ts';
import { type CouplingPlace, couplingCursor, decodeCouplingCursor } from './cursor.ts';
import type { Loaders } from './loaders.ts';

export const otherEnd = ({ a, b }: Coupling, from: SceneId): SceneId => (a === from ? b : a);

/**
 * A page of a scene's couplings. The store gives the heaviest of a scene, not those after one, so a later page reads
 * all (a scene keeps 16 by default and 256 at most) and leaves out what came before.
 * @throws HypersceneError BAD_CURSOR
 */
export const sceneCouplings = async (
  scene: SceneId,
  { first, after }: PageRequest,
  { couplings }: Loaders,
): Promise<Page<Coupling>> => {
  const place = after === undefined ? null : decodeCouplingCursor(after);
  const limit = place === null ? Math.min(first + 1, PAGE_MAX) : PAGE_MAX;
  const all = (await couplings.load({ scene, limit })).map((item) => ({
    item,
    at: { weight: item.weight, other: otherEnd(item, scene) },
  }));
  const rest = place === null ? all : all.filter(({ at }) => follows(at, place));
  return {
    items: rest.slice(0, first).map(({ item, at }) => ({ cursor: couplingCursor(at), item })),
    hasNextPage: rest.length > first,
  };
};

const follows = (x: CouplingPlace, y: CouplingPlace): boolean =>
  x.weight < y.weight || (x.weight === y.weight && x.other > y.other);
