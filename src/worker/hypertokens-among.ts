import type { PlacedHypertoken } from '../activation/fold.ts';
import type { Digest } from '../scene/digest.ts';
import { type Figure, parseFigureKey } from '../scene/figure.ts';
import { formatOccurrence, LEVEL_MAX, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, StoredScene } from '../store/graph-store.ts';

/** As far as it is written, also as a row of a pack. */
export interface FoundHypertoken extends PlacedHypertoken {
  readonly digest: Digest;
}

/** What several of the scenes stand in, by the occurrence as it is written, Δ14:7. */
export interface HypertokensAmong {
  readonly motifOf: ReadonlyMap<SceneId, string>;
  /** From the lowest level up, without the one that holds the whole corpus. */
  readonly communitiesOf: ReadonlyMap<SceneId, readonly string[]>;
  readonly motifs: ReadonlyMap<string, FoundHypertoken>;
  readonly communities: ReadonlyMap<string, FoundHypertoken>;
}

/**
 * The motifs and communities in which two or more of the scenes stand. Calls of the store: three, and one for each level above the
 * first.
 */
export const hypertokensAmong = async (
  store: GraphStore,
  scenes: readonly StoredScene[],
): Promise<HypertokensAmong> => {
  const found = await store.motifsOfScenes(scenes.map(({ id }) => id));
  const motifs = scenes.map((_, i) => found[i] ?? null);
  const paths = await holdersAbove(
    store,
    scenes.map(({ code, ordinal }, i) => motifs[i] ?? { code, ordinal }),
  );
  const sharedMotifs = shared(motifs.map((motif) => (motif === null ? [] : [motif])));
  const sharedCommunities = shared(paths);
  const placed = await placedBy(store, [...sharedMotifs.values(), ...sharedCommunities.values()]);
  const among = (keys: ReadonlyMap<string, OccurrenceRef>): ReadonlyMap<string, FoundHypertoken> =>
    new Map([...placed].filter(([key]) => keys.has(key)));
  return {
    motifOf: new Map(
      scenes.flatMap(({ id }, i): readonly (readonly [SceneId, string])[] => {
        const motif = motifs[i] ?? null;
        return motif !== null && placed.has(formatOccurrence(motif)) ? [[id, formatOccurrence(motif)]] : [];
      }),
    ),
    communitiesOf: new Map(scenes.map(({ id }, i) => [id, (paths[i] ?? []).map(formatOccurrence)])),
    motifs: among(sharedMotifs),
    communities: among(sharedCommunities),
  };
};

/** Of each occurrence those that hold it, from the lowest level up. */
const holdersAbove = async (
  store: GraphStore,
  refs: readonly OccurrenceRef[],
): Promise<readonly (readonly OccurrenceRef[])[]> => {
  const paths: OccurrenceRef[][] = refs.map(() => []);
  let current: readonly (OccurrenceRef | null)[] = refs;
  for (let level = 0; level < LEVEL_MAX; level += 1) {
    const distinct = new Map(current.flatMap((ref) => (ref === null ? [] : [[formatOccurrence(ref), ref] as const])));
    // What alone holds all of them tells none from another: its own holders do not either.
    if (distinct.size < 2) break;
    const holders = await store.holdersOf([...distinct.values()]);
    const holderOf = new Map([...distinct.keys()].map((key, i) => [key, holders[i] ?? null]));
    current = current.map((ref) => (ref === null ? null : (holderOf.get(formatOccurrence(ref)) ?? null)));
    for (const [i, ref] of current.entries()) if (ref !== null) paths[i]?.push(ref);
  }
  const highest = new Set(paths.flatMap((path) => path.slice(-1)).map(formatOccurrence));
  const isWhole = highest.size === 1 && paths.every(({ length }) => length > 0);
  return isWhole ? paths.map((path) => path.slice(0, -1)) : paths;
};

/** Those that two or more name. */
const shared = (paths: readonly (readonly OccurrenceRef[])[]): ReadonlyMap<string, OccurrenceRef> => {
  const named = Map.groupBy(paths.flat(), formatOccurrence);
  return new Map(
    [...named].flatMap(([key, [ref, ...others]]) => (ref !== undefined && others.length > 0 ? [[key, ref]] : [])),
  );
};

/** Without those that were collapsed anew meanwhile: their scenes are folded one by one. */
const placedBy = async (
  store: GraphStore,
  refs: readonly OccurrenceRef[],
): Promise<ReadonlyMap<string, FoundHypertoken>> => {
  const [occurrences, hypertokens] = await Promise.all([
    store.occurrencesByRef(refs),
    store.hypertokensByCode(refs.map(({ code }) => code)),
  ]);
  const placed = new Map<string, FoundHypertoken>();
  for (const [i, { code, ordinal }] of refs.entries()) {
    const [occurrence, hypertoken] = [occurrences[i], hypertokens[i]];
    if (!occurrence || !hypertoken) continue;
    const agents = occurrence.bindings.map(({ agent }) => agent);
    const figures = hypertoken.figures.map(parseFigureKey).filter((figure): figure is Figure => figure !== null);
    placed.set(formatOccurrence({ code, ordinal }), { code, ordinal, digest: hypertoken.digest, figures, agents });
  }
  return placed;
};
