import { checkCancelled } from '../../errors.ts';
import type { WorkspaceName } from '../../scene/name.ts';
import type { DocumentId } from '../../scene/scene.ts';
import { type CheckedBackup, recordsOf } from '../backup/read-backup.ts';
import type { NodeKind, RelationshipType } from '../cypher/structure.ts';
import type { GraphRecord, NodeRecord } from '../graph-archive.ts';
import { keyParts } from '../joined-key.ts';
import { type IncomingScene, SceneAssembler } from './incoming-scenes.ts';

/** Where what comes is read from: as often as a merge goes through it. */
export interface Source {
  readonly backup: CheckedBackup;
  /** As it is called in the backup. */
  readonly workspace: WorkspaceName;
  readonly signal: AbortSignal | undefined;
}

/** Records of these kinds alone are parsed. */
export const recordsOfKinds = (
  { backup, workspace, signal }: Source,
  nodes: readonly NodeKind[],
  edges: readonly RelationshipType[],
): AsyncGenerator<readonly GraphRecord[]> => {
  const wanted = new Set([...nodes.map((kind) => `{"node":"${kind}"`), ...edges.map((type) => `{"edge":"${type}"`)]);
  return recordsOf(backup, workspace, signal, (line) => wanted.has(line.slice(0, line.indexOf(','))));
};

/** What comes in the order in which it stands in the backup; scenes are whole. */
export type Incoming =
  | { readonly type: 'document'; readonly node: NodeRecord }
  | { readonly type: 'text'; readonly document: DocumentId; readonly text: string }
  | { readonly type: 'scenes'; readonly scenes: readonly IncomingScene[] };

/**
 * Corpora are parted, so that scenes of two are never given at once.
 * @param edges that lead from scenes and are wanted: those of facets, COUPLED_WITH
 * @param nodes beside scenes: documents, chunks
 */
export async function* incoming(
  source: Source,
  edges: readonly RelationshipType[],
  nodes: readonly NodeKind[] = [],
): AsyncGenerator<Incoming> {
  const assembler = new SceneAssembler();
  // An edge of every scene, by which it is seen where the next ones begin.
  for await (const records of recordsOfKinds(source, ['corpus', 'scene', ...nodes], ['HAS_SCENE', ...edges]))
    for (const record of records) {
      const isScene = 'node' in record && record.node === 'scene';
      const ends = isScene ? assembler.isWhole : 'node' in record;
      const scenes = ends ? assembler.take() : [];
      checkCancelled(source);
      if (scenes.length > 0) yield { type: 'scenes', scenes };
      if (!('node' in record)) assembler.addEdge(record);
      else if (isScene) assembler.addNode(record);
      else if (record.node === 'document') yield { type: 'document', node: record };
      else if (record.node === 'chunk') yield toText(record);
    }
  const scenes = assembler.take();
  if (scenes.length > 0) yield { type: 'scenes', scenes };
}

/** The key of a chunk begins with its workspace and document. */
const toText = ({ properties }: NodeRecord): Incoming => ({
  type: 'text',
  document: (keyParts(String(properties['uid']))[1] ?? '') as DocumentId,
  text: String(properties['text']),
});
