import type { CorpusName, DocumentName } from '../scene/name.ts';
import { type DocumentId, documentId, type SceneId, sceneId } from '../scene/scene.ts';
import type { ViewSelection } from '../scene/view.ts';
import { SceneOrder } from '../store/scene-order.ts';

/** What scenes are called in the corpus that they come into: ids hang on its name. */
export interface SceneNames {
  document(name: DocumentName): DocumentId;
  /** Of a document whose scenes are met in their order, each once. */
  scenesOf(document: DocumentName): (scene: { readonly id: SceneId; readonly text: string }) => SceneId;
  /** Of a scene that was met. */
  get(id: SceneId): SceneId;
}

/** Under its own name a corpus keeps all ids, and nothing needs to be remembered. */
export const sameNames = (corpus: CorpusName): SceneNames => ({
  document: (name) => documentId(corpus, name),
  scenesOf:
    () =>
    ({ id }) =>
      id,
  get: (id) => id,
});

/** Under another name: memory holds both ids of each scene. */
export const otherNames = (corpus: CorpusName): SceneNames => {
  const known = new SceneOrder();
  const names: SceneId[] = [];
  return {
    document: (name) => documentId(corpus, name),
    scenesOf: (name) => {
      const document = documentId(corpus, name);
      const counts = new Map<SceneId, number>();
      return ({ id, text }) => {
        const first = sceneId(document, text, 0);
        const nth = counts.get(first) ?? 0;
        counts.set(first, nth + 1);
        const own = nth === 0 ? first : sceneId(document, text, nth);
        if (known.add(id)) names.push(own);
        return own;
      };
    },
    get: (id) => names[known.placeOf(id) ?? -1] ?? id,
  };
};

/** A selection tells of scenes too. */
export const renamedSelection = (selection: ViewSelection, names: SceneNames): ViewSelection => {
  switch (selection.by) {
    case 'seed':
      return { ...selection, seed: names.get(selection.seed) };
    case 'path':
      return { ...selection, from: names.get(selection.from), to: names.get(selection.to) };
    case 'scenes':
    case 'document':
    case 'search':
      return selection;
    default:
      return selection satisfies never;
  }
};
