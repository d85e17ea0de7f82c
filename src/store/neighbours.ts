import type { SceneId } from '../scene/scene.ts';

/** How the order of a document's scenes changed. */
export interface OrderChange {
  readonly deleted: readonly SceneId[];
  /** Scenes that were there and are, but have another scene, or none, before or behind them. */
  readonly displaced: readonly SceneId[];
  /** Scenes that were there and are, and are followed by another scene than before, or by none. */
  readonly unlinked: readonly SceneId[];
  /** Pairs that follow each other now and did not. */
  readonly linked: readonly { readonly from: SceneId; readonly to: SceneId }[];
}

const followers = (ids: readonly SceneId[]): ReadonlyMap<SceneId, SceneId | undefined> =>
  new Map(ids.map((id, i) => [id, ids[i + 1]]));

export const compareOrder = (before: readonly SceneId[], after: readonly SceneId[]): OrderChange => {
  const old = followers(before);
  const now = followers(after);
  const oldLeaders = followers(before.toReversed());
  const nowLeaders = followers(after.toReversed());
  const kept = after.filter((id) => old.has(id));
  return {
    deleted: before.filter((id) => !now.has(id)),
    displaced: kept.filter((id) => old.get(id) !== now.get(id) || oldLeaders.get(id) !== nowLeaders.get(id)),
    unlinked: kept.filter((id) => old.get(id) !== undefined && old.get(id) !== now.get(id)),
    linked: after.flatMap((from) => {
      const to = now.get(from);
      return to === undefined || (old.has(from) && old.get(from) === to) ? [] : [{ from, to }];
    }),
  };
};
