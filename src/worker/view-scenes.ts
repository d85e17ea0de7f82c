import { strongestPath } from '../activation/strongest-path.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { CorpusName, DocumentName } from '../scene/name.ts';
import { documentId, type SceneId } from '../scene/scene.ts';
import type { ViewSearch, ViewSelection } from '../scene/view.ts';
import type { GraphStore, SceneFilter, StoredScene } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { checkReach } from '../store/subgraph-request.ts';
import { viewTooLarge } from '../store/view-check.ts';

export interface ViewContext {
  readonly store: GraphStore;
  readonly signal?: AbortSignal | undefined;
}

/** What a view is made of. */
export type ViewSource =
  /** These scenes, in whatever order, each once or more often. */
  | { readonly scenes: readonly SceneId[] }
  /** All scenes within `hops` couplings of one, 1 to 4, by default 1, each coupling of at least `weightMin`, 0 to 1, by default 0. */
  | { readonly seed: SceneId; readonly hops?: number | undefined; readonly weightMin?: number | undefined }
  /** All scenes of a document. */
  | { readonly document: DocumentName }
  /** All scenes that pass. */
  | { readonly search: Omit<SceneFilter, 'corpus'> }
  /** The strongest path from one scene to another. */
  | { readonly path: { readonly from: SceneId; readonly to: SceneId; readonly touchedMax?: number | undefined } };

export interface ScenesRequest {
  readonly corpus: CorpusName;
  readonly source: ViewSource;
  readonly scenesMax: number;
}

export interface SelectedScenes {
  /** Each once, in no order that means anything. */
  readonly scenes: readonly StoredScene[];
  readonly selection: ViewSelection;
}

/** @throws HypersceneError see `collapseView` */
export const selectScenes = (context: ViewContext, request: ScenesRequest): Promise<SelectedScenes> => {
  const { source } = request;
  if ('scenes' in source) return chosen(context, request, source.scenes);
  if ('seed' in source) return around(context, request, source);
  if ('document' in source) return ofDocument(context, request, source.document);
  if ('search' in source) return found(context, request, source.search);
  return along(context, request, source.path);
};

const chosen = async (
  context: ViewContext,
  request: ScenesRequest,
  ids: readonly SceneId[],
): Promise<SelectedScenes> => {
  if (ids.length === 0) throw new HypersceneError('BAD_ARGUMENT', 'no scenes', { expected: 'one at least' });
  return { scenes: await scenesById(context, request, [...new Set(ids)]), selection: { by: 'scenes' } };
};

const around = async (
  context: ViewContext,
  request: ScenesRequest,
  { seed, hops = 1, weightMin = 0 }: Extract<ViewSource, { readonly seed: SceneId }>,
): Promise<SelectedScenes> => {
  checkReach({ hops, weightMin });
  await scenesById(context, request, [seed]);
  const reached = new Set([seed]);
  let frontier: readonly SceneId[] = [seed];
  for (let hop = 0; hop < hops && frontier.length > 0; hop++) {
    const next = new Set<SceneId>();
    for (const ids of inBatches(frontier)) {
      checkCancelled(context);
      for (const { id, weight } of (await context.store.neighboursOf(ids)).flat())
        if (weight >= weightMin && !reached.has(id)) next.add(id);
      if (reached.size + next.size > request.scenesMax)
        throw viewTooLarge(request.scenesMax, `more within ${hops} couplings of ${seed}`);
    }
    for (const id of next) reached.add(id);
    frontier = [...next];
  }
  const scenes = await scenesById(context, request, [...reached]);
  return { scenes, selection: { by: 'seed', seed, hops, weightMin } };
};

const ofDocument = async (
  context: ViewContext,
  request: ScenesRequest,
  name: DocumentName,
): Promise<SelectedScenes> => {
  const filter = { corpus: request.corpus, document: documentId(request.corpus, name) };
  return { scenes: await passing(context, request, filter), selection: { by: 'document', document: name } };
};

const found = async (
  context: ViewContext,
  request: ScenesRequest,
  search: Omit<SceneFilter, 'corpus'>,
): Promise<SelectedScenes> => {
  const scenes = await passing(context, request, { ...search, corpus: request.corpus });
  return { scenes, selection: { by: 'search', ...(await told(context.store, search)) } };
};

/** A document by its name, and a code by what it stands for: numbers of another store are others. */
const told = async (
  store: GraphStore,
  { text, facets, kind, lang, code, document }: Omit<SceneFilter, 'corpus'>,
): Promise<ViewSearch> => {
  const [hypertoken] = code === undefined ? [] : await store.hypertokensByCode([code]);
  const [record] = document === undefined ? [] : await store.documentsById([document]);
  return { text, facets, kind, lang, digest: hypertoken?.digest, document: record?.name };
};

const along = async (
  context: ViewContext,
  request: ScenesRequest,
  { from, to, touchedMax }: Extract<ViewSource, { readonly path: unknown }>['path'],
): Promise<SelectedScenes> => {
  await scenesById(context, request, [...new Set([from, to])]);
  const neighboursOf: GraphStore['neighboursOf'] = (ids) => {
    checkCancelled(context);
    return context.store.neighboursOf(ids);
  };
  const path = await strongestPath(from, to, neighboursOf, { touchedMax });
  if (path.truncated)
    throw new HypersceneError('PATH_TOO_FAR', 'the strongest path was not found within the limit', {
      expected: 'scenes that are coupled more closely, or a higher limit',
      came: `${path.touched} scenes whose couplings were read`,
    });
  if (path.scenes === null)
    throw new HypersceneError('PATH_NOT_FOUND', 'no couplings lead from one scene to the other', {
      came: `${from} and ${to}`,
    });
  return { scenes: await scenesById(context, request, path.scenes), selection: { by: 'path', from, to } };
};

/** As many as one call of the store takes without keeping others waiting: see `PAGE_ITEMS`. */
const BATCH = 500;

const inBatches = (ids: readonly SceneId[]): readonly (readonly SceneId[])[] =>
  Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH));

/** @throws HypersceneError VIEW_TOO_LARGE, SCENE_NOT_FOUND for one that is not there, or in another corpus */
const scenesById = async (
  context: ViewContext,
  { corpus, scenesMax }: ScenesRequest,
  ids: readonly SceneId[],
): Promise<readonly StoredScene[]> => {
  if (ids.length > scenesMax) throw viewTooLarge(scenesMax, String(ids.length));
  const scenes: StoredScene[] = [];
  for (const some of inBatches(ids)) {
    checkCancelled(context);
    for (const [i, scene] of (await context.store.scenesById(some)).entries()) {
      if (scene === null || scene.corpus !== corpus)
        throw new HypersceneError('SCENE_NOT_FOUND', 'no such scene', { at: `corpus ${corpus}`, came: `${some[i]}` });
      scenes.push(scene);
    }
  }
  return scenes;
};

const passing = async (
  { store, signal }: ViewContext,
  { scenesMax }: ScenesRequest,
  filter: SceneFilter,
): Promise<readonly StoredScene[]> => {
  const scenes: StoredScene[] = [];
  // One more than fits tells that they do not.
  for await (const page of pagesOf((request) => store.scenes(filter, request), signal, scenesMax + 1))
    scenes.push(...page);
  if (scenes.length > scenesMax) throw viewTooLarge(scenesMax, 'more that pass');
  if (scenes.length === 0)
    throw new HypersceneError('SCENE_NOT_FOUND', 'no scene passes', { at: `corpus ${filter.corpus}` });
  return scenes;
};
