import { type Bundle, BundleBuilder } from '../collapse/bundle.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import { formatOccurrence, type Occurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { GraphStore, HypertokenRecord, StoredScene } from '../store/graph-store.ts';
import { occurrenceNotFound } from '../store/occurrence-parts.ts';
import { pagesOf } from '../store/pages.ts';

/** Scenes that a bundle is told by, unless asked otherwise. */
export const BUNDLE_SCENES_DEFAULT = 5000;
export const BUNDLE_SCENES_MAX = 20_000;

/** Scenes whose couplings are asked for at once: some 7,000 of ordinary prose. */
const COUPLINGS_BATCH = 500;

export interface BundleContext {
  readonly store: GraphStore;
  readonly signal: AbortSignal | undefined;
}

export interface BundleRequest {
  readonly ref: OccurrenceRef;
  /** Scenes to read at most, 1 to {@link BUNDLE_SCENES_MAX}; by default {@link BUNDLE_SCENES_DEFAULT}. */
  readonly scenesMax?: number | undefined;
}

export interface OccurrenceBundle {
  readonly occurrence: Occurrence;
  readonly hypertoken: HypertokenRecord;
  readonly bundle: Bundle;
  /** The occurrence has more scenes than were read: it is told by the first of its form. */
  readonly truncated: boolean;
  /** In the order of the text. */
  readonly summary: readonly StoredScene[];
}

/**
 * What an occurrence holds together. Memory holds the scenes that are read.
 * @throws HypersceneError OCCURRENCE_NOT_FOUND, BAD_ARGUMENT, CANCELLED; STORE_CONFLICT when it was collapsed anew meanwhile
 */
export const bundleOccurrence = async (
  { store, signal }: BundleContext,
  { ref, scenesMax = BUNDLE_SCENES_DEFAULT }: BundleRequest,
): Promise<OccurrenceBundle> => {
  if (!Number.isInteger(scenesMax) || scenesMax < 1 || scenesMax > BUNDLE_SCENES_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad number of scenes', {
      expected: `1 to ${BUNDLE_SCENES_MAX}`,
      came: String(scenesMax),
    });
  const [[occurrence], [hypertoken]] = await Promise.all([
    store.occurrencesByRef([ref]),
    store.hypertokensByCode([ref.code]),
  ]);
  if (!occurrence || !hypertoken) throw occurrenceNotFound(ref);
  const scenes: StoredScene[] = [];
  for await (const ids of scenePages(store, occurrence, scenesMax, signal))
    for (const scene of await store.scenesById(ids)) scenes.push(scene ?? conflict(ref));
  const builder = new BundleBuilder(scenes);
  for (let from = 0; from < scenes.length; from += COUPLINGS_BATCH) {
    checkCancelled({ signal });
    const ids = scenes.slice(from, from + COUPLINGS_BATCH).map(({ id }) => id);
    for (const [i, some] of (await store.neighboursOf(ids)).entries())
      builder.addCouplings(some.map(({ id, weight }) => ({ from: ids[i] as SceneId, to: id, weight })));
  }
  const bundle = builder.build();
  const byId = new Map(scenes.map((scene) => [scene.id, scene]));
  return {
    occurrence,
    hypertoken,
    bundle,
    truncated: scenes.length < occurrence.size,
    summary: bundle.summary.scenes.flatMap((id) => byId.get(id) ?? []),
  };
};

const conflict = (ref: OccurrenceRef): never => {
  throw new HypersceneError('STORE_CONFLICT', 'the occurrence changed while it was read', {
    at: formatOccurrence(ref),
  });
};

async function* scenePages(
  store: GraphStore,
  occurrence: Occurrence,
  scenesMax: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly SceneId[]> {
  if (occurrence.level === 0) return yield [occurrence.first];
  const pages = pagesOf((request) => store.parts(occurrence, request), signal, scenesMax);
  for await (const parts of pages) yield parts.map(({ first }) => first);
}
