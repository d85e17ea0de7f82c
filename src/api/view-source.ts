import { HypersceneError } from '../errors.ts';
import { type CorpusName, documentName } from '../scene/name.ts';
import type { ViewSource } from '../worker/view-scenes.ts';
import type { ViewSource as ViewSourceInput } from './generated/resolver-types.ts';
import { decodeSceneId } from './global-id.ts';
import { sceneFilter } from './scene-filter.ts';

/** @throws HypersceneError BAD_ARGUMENT, BAD_NAME */
export const viewSource = (
  { scenes, around, document, search, path }: ViewSourceInput,
  corpus: CorpusName,
): ViewSource => {
  if (scenes) return { scenes: scenes.map(decodeSceneId) };
  if (around) return { ...around, seed: decodeSceneId(around.seed) };
  if (document !== null && document !== undefined) return { document: documentName(document) };
  if (search) return { search: sceneFilter({ ...search, corpus }) };
  if (path) return { path: { from: decodeSceneId(path.from), to: decodeSceneId(path.to), touchedMax: path.budget } };
  // `@oneOf` has let none of this through.
  throw new HypersceneError('BAD_ARGUMENT', 'no source of a view');
};
