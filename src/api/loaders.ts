import DataLoader from 'dataloader';
import type { ExportId } from '../export/export-id.ts';
import type { KeptExport, WorkspaceExports } from '../export/kept-exports.ts';
import type { Coupling } from '../scene/coupling.ts';
import { type Code, formatOccurrence, type Occurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { DocumentId, SceneId } from '../scene/scene.ts';
import {
  type CorpusRecord,
  type DocumentRecord,
  type GraphStore,
  type HypertokenRecord,
  PAGE_MAX,
  type SceneRange,
  type StoredScene,
} from '../store/graph-store.ts';
import { carryCouplings } from '../worker/carry-couplings.ts';
import type { JobId, JobRecord, WorkspaceJobs } from '../worker/job-queue.ts';
import { mergeRanges } from './merge-ranges.ts';

/** The heaviest couplings of a scene. */
interface CouplingsKey {
  readonly scene: SceneId;
  readonly limit: number;
}

/**
 * What joins the lookups of one request: objects of one level of a query are asked for together, so that a query
 * reaches the store a number of times that its text alone decides, and each object is asked for once.
 */
export interface Loaders {
  readonly corpora: DataLoader<CorpusName, CorpusRecord | null>;
  readonly documents: DataLoader<DocumentId, DocumentRecord | null>;
  readonly scenes: DataLoader<SceneId, StoredScene | null>;
  readonly ranges: DataLoader<SceneRange, readonly StoredScene[], string>;
  /** Whether a scene carries a coupling. */
  readonly coupled: DataLoader<SceneId, boolean>;
  readonly couplings: DataLoader<CouplingsKey, readonly Coupling[], string>;
  readonly hypertokens: DataLoader<Code, HypertokenRecord | null>;
  readonly occurrences: DataLoader<OccurrenceRef, Occurrence | null, string>;
  readonly motifs: DataLoader<SceneId, OccurrenceRef | null>;
  readonly holders: DataLoader<OccurrenceRef, OccurrenceRef | null, string>;
  readonly jobs: DataLoader<JobId, JobRecord | null>;
  readonly exports: DataLoader<ExportId, KeptExport | null>;
}

export const createLoaders = (store: GraphStore, jobs: WorkspaceJobs, exports: WorkspaceExports): Loaders => ({
  corpora: new DataLoader((names) => corporaByName(store, names)),
  documents: new DataLoader((ids) => store.documentsById(ids)),
  scenes: new DataLoader((ids) => store.scenesById(ids)),
  ranges: new DataLoader((ranges) => scenesOfRanges(store, ranges), {
    cacheKeyFn: ({ document, from, to }) => `${document} ${from} ${to}`,
  }),
  coupled: new DataLoader((ids) => carryCouplings(store, ids)),
  couplings: new DataLoader((keys) => couplingsOfScenes(store, keys), {
    cacheKeyFn: ({ scene, limit }) => `${scene} ${limit}`,
  }),
  hypertokens: new DataLoader((codes) => store.hypertokensByCode(codes)),
  occurrences: new DataLoader((refs) => store.occurrencesByRef(refs), { cacheKeyFn: formatOccurrence }),
  motifs: new DataLoader((ids) => store.motifsOfScenes(ids)),
  holders: new DataLoader((refs) => store.holdersOf(refs), { cacheKeyFn: formatOccurrence }),
  jobs: new DataLoader((ids) => jobs.jobsById(ids)),
  exports: new DataLoader((ids) => Promise.all(ids.map((id) => exports.find(id).catch((error: Error) => error)))),
});

/** Forgets what was loaded: for after a change. */
export const clearLoaders = (loaders: Loaders): void => {
  for (const loader of Object.values(loaders) as readonly { clearAll(): unknown }[]) loader.clearAll();
};

/** The store looks up one corpus by name; several are found in the list of all, which is short: one call a thousand. */
const corporaByName = async (
  store: GraphStore,
  names: readonly CorpusName[],
): Promise<readonly (CorpusRecord | null)[]> => {
  const [name] = names;
  if (name !== undefined && names.length === 1) return [await store.corpus(name)];
  const found = new Map<CorpusName, CorpusRecord>();
  let after: string | undefined;
  do {
    const page = await store.corpora({ first: PAGE_MAX, after });
    for (const { item } of page.items) found.set(item.name, item);
    after = page.hasNextPage ? page.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
  return names.map((wanted) => found.get(wanted) ?? null);
};

const scenesOfRanges = async (
  store: GraphStore,
  ranges: readonly SceneRange[],
): Promise<readonly (readonly StoredScene[])[]> => {
  const scenes = await store.scenesInRanges(mergeRanges(ranges));
  const placed = new Map(scenes.map((scene) => [`${scene.document} ${scene.position}`, scene]));
  return ranges.map(({ document, from, to }) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => placed.get(`${document} ${from + i}`)).filter(
      (scene) => scene !== undefined,
    ),
  );
};

/** One call with the largest limit: couplings come by falling weight, so that a smaller limit is a beginning of it. */
const couplingsOfScenes = async (
  store: GraphStore,
  keys: readonly CouplingsKey[],
): Promise<readonly (readonly Coupling[])[]> => {
  const ids = [...new Set(keys.map(({ scene }) => scene))];
  const limit = keys.reduce((most, key) => Math.max(most, key.limit), 0);
  const couplings = await store.couplingsOf(ids, limit);
  const byScene = new Map(ids.map((id, i) => [id, couplings[i] ?? []]));
  return keys.map((key) => byScene.get(key.scene)?.slice(0, key.limit) ?? []);
};
