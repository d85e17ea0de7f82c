import { HypersceneError } from '../../errors.ts';
import { corpusName, documentName } from '../../scene/name.ts';
import { documentId, type Language, type Scene, type SceneId } from '../../scene/scene.ts';
import {
  checkFillOptions,
  FILL_PARALLEL_DEFAULT,
  type FilledScene,
  type FillOptions,
  fillFacets,
} from './fill-facets.ts';
import { inParallel } from './in-parallel.ts';
import type { ModelContext } from './model-context.ts';

export interface ReadScenesRequest extends FillOptions {
  /** Stored scenes, or a text that is read and not kept: {@link READ_SCENES_MAX} at most, the first ones of a text. */
  readonly source:
    | { readonly scenes: readonly SceneId[] }
    | {
        readonly text: string;
        readonly lang?: Language | undefined;
        /** Scenes of it at most; by default {@link READ_SCENES_MAX}. */
        readonly limit?: number | undefined;
      };
}

export interface ReadScenes {
  /** In the order asked for, or of the text. Nothing is written to the store. */
  readonly scenes: readonly FilledScene[];
  /** The text has more scenes than were read. */
  readonly truncated: boolean;
}

export const READ_SCENES_MAX = 1000;

/**
 * Reads scenes by the deterministic reader first, and asks the model for what that is unsure of: one completion for each weak
 * facet. One call of the store for stored scenes, none for a text.
 * @throws HypersceneError BAD_ARGUMENT, PAGE_TOO_LARGE, SCENE_NOT_FOUND, what the reader's `read` and {@link fillFacets} throw
 */
export const readScenes = async (
  context: ModelContext,
  { source, ...options }: ReadScenesRequest,
): Promise<ReadScenes> => {
  checkFillOptions(options);
  const { reader, model, call } = context;
  const { scenes, truncated } =
    'text' in source
      ? await scenesOfText(context, source)
      : { scenes: await storedScenes(context, source.scenes), truncated: false };
  const { parallel: max = FILL_PARALLEL_DEFAULT } = options;
  const filled = await inParallel(scenes, { max, signal: call.signal }, (scene, signal) =>
    fillFacets({ reader, model, call: { ...call, signal } }, scene, options),
  );
  return { scenes: filled, truncated };
};

const storedScenes = async ({ store }: ModelContext, ids: readonly SceneId[]): Promise<readonly Scene[]> => {
  if (ids.length > READ_SCENES_MAX)
    throw new HypersceneError('PAGE_TOO_LARGE', 'too many scenes', {
      expected: `at most ${READ_SCENES_MAX}`,
      came: String(ids.length),
    });
  if (ids.length === 0) return [];
  const found = await store.scenesById(ids);
  return ids.map((id, i) => {
    const scene = found[i] ?? null;
    if (scene === null) throw new HypersceneError('SCENE_NOT_FOUND', 'no such scene', { at: `scene ${i}`, came: id });
    return scene;
  });
};

/** The id of scenes that are in no store. */
const TEXT = documentId(corpusName('reading'), documentName('text'));

const scenesOfText = async (
  { reader, call: { signal } }: ModelContext,
  { text, lang, limit = READ_SCENES_MAX }: Extract<ReadScenesRequest['source'], { readonly text: string }>,
): Promise<{ readonly scenes: readonly Scene[]; readonly truncated: boolean }> => {
  const scenes: Scene[] = [];
  await using reading = await reader.read({ text }, { document: TEXT, lang, signal });
  for await (const part of reading.parts()) {
    if (part.type !== 'scenes') continue;
    scenes.push(...part.scenes);
    if (scenes.length > limit) return { scenes: scenes.slice(0, limit), truncated: true };
  }
  return { scenes, truncated: false };
};
