import { inTextOrder, ViewFormBuilder } from '../collapse/view-form.ts';
import { checkCancelled, HypersceneError } from '../errors.ts';
import type { CorpusName, ViewName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import { type StoredScene, VIEW_SCENES_MAX, type ViewReport } from '../store/graph-store.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { selectScenes, type ViewContext, type ViewSource } from './view-scenes.ts';

export interface CollapseViewRequest {
  readonly corpus: CorpusName;
  readonly name: ViewName;
  readonly source: ViewSource;
  /** Puts it in the place of another view of this name; refused with VIEW_EXISTS unless it is true. */
  readonly replace?: boolean | undefined;
  /** 1 to {@link VIEW_SCENES_MAX}, which is the default. More are refused, none is left out. */
  readonly scenesMax?: number | undefined;
}

/** Scenes whose neighbours are asked for at once: some 7,000 couplings of ordinary prose. */
const NEIGHBOURS_BATCH = 500;

/**
 * Collapses scenes that a caller chose into a view: a name, and an occurrence of its own outside the levels. Memory holds the
 * scenes. The same scenes, coupled as they were, change nothing.
 * @throws HypersceneError CORPUS_NOT_FOUND, DOCUMENT_NOT_FOUND, SCENE_NOT_FOUND, PATH_NOT_FOUND, PATH_TOO_FAR, BAD_ARGUMENT,
 *   VIEW_TOO_LARGE, VIEW_EXISTS, CANCELLED; STORE_CONFLICT when the corpus changed meanwhile
 */
export const collapseView = async (
  context: ViewContext,
  { corpus, name, source, replace, scenesMax = VIEW_SCENES_MAX }: CollapseViewRequest,
): Promise<ViewReport> => {
  if (!Number.isInteger(scenesMax) || scenesMax < 1 || scenesMax > VIEW_SCENES_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad number of scenes', {
      expected: `1 to ${VIEW_SCENES_MAX}`,
      came: String(scenesMax),
    });
  const { revision } = await requireCorpus(context.store, corpus);
  const { scenes, selection } = await selectScenes(context, { corpus, source, scenesMax });
  const ordered = inTextOrder(scenes);
  const form = await formOf(context, ordered);
  const ids = ordered.map(({ id }) => id);
  return context.store.writeView(corpus, { ...form, name, revision, scenes: ids, selection, replace });
};

const formOf = async ({ store, signal }: ViewContext, scenes: readonly StoredScene[]) => {
  const builder = new ViewFormBuilder(scenes);
  for (let from = 0; from < scenes.length; from += NEIGHBOURS_BATCH) {
    checkCancelled({ signal });
    const ids = scenes.slice(from, from + NEIGHBOURS_BATCH).map(({ id }) => id);
    for (const [i, neighbours] of (await store.neighboursOf(ids)).entries())
      builder.addNeighbours(
        ids[i] as SceneId,
        neighbours.map(({ id }) => id),
      );
  }
  return builder.build();
};
