import type { DocumentId, SceneId } from '../../scene/scene.ts';
import type { GraphStore } from '../graph-store.ts';
import { incoming, type Source } from './incoming.ts';

/**
 * The scenes of some documents that are here too, but show another figure than in the backup: another version of the reader
 * read them. Memory holds their ids.
 */
export const readOtherwise = async (
  store: GraphStore,
  source: Source,
  documents: ReadonlySet<DocumentId>,
): Promise<ReadonlySet<SceneId>> => {
  const found = new Set<SceneId>();
  if (documents.size === 0) return found;
  for await (const part of incoming(source, [])) {
    const scenes = part.type === 'scenes' ? part.scenes.filter(({ document }) => documents.has(document)) : [];
    if (scenes.length === 0) continue;
    const stored = await store.scenesById(scenes.map(({ scene }) => scene.id));
    for (const [i, { figure, scene }] of scenes.entries()) {
      const own = stored[i] ?? null;
      if (own !== null && own.figure !== figure) found.add(scene.id);
    }
  }
  return found;
};
