import { HypersceneError } from '../../errors.ts';
import type { FacetEvidence } from '../../scene/facet.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import type { DocumentId, Language } from '../../scene/scene.ts';
import { recordsOf } from '../backup/read-backup.ts';
import { isNodeKind, isRelationshipType, type NodeKind, type RelationshipType } from '../cypher/structure.ts';
import type { EdgeRecord, NodeRecord } from '../graph-archive.ts';
import type { DocumentInput } from '../graph-store.ts';
import type { Source } from './incoming.ts';
import { lastPart } from './incoming-scenes.ts';

export interface IncomingDocument extends DocumentInput {
  readonly id: DocumentId;
  readonly scenes: number;
  readonly notices: readonly string[];
}

/** Stale: the corpus changed since. */
export type LevelState = 'fresh' | 'stale';

export interface IncomingMerge {
  readonly alias: string;
  readonly into: string;
  readonly by: FacetEvidence;
}

export interface IncomingCorpus {
  readonly name: CorpusName;
  /** In their order. */
  readonly documents: readonly IncomingDocument[];
  readonly merges: readonly IncomingMerge[];
  readonly couplings: number;
  /** How its levels above 0 stand; null for a corpus that was never collapsed. */
  readonly collapsed: LevelState | null;
}

/** How each kind of record comes in. The type asks for a decision where a kind is added. */
const CARRIED: Readonly<Record<NodeKind | RelationshipType, true>> = {
  workspace: true,
  corpus: true,
  document: true,
  chunk: true,
  scene: true,
  occurrence: true,
  hypertoken: true,
  agent: true,
  tension: true,
  context: true,
  atmosphere: true,
  archetype: true,
  HAS_DOCUMENT: true,
  HAS_SCENE: true,
  HAS_CHUNK: true,
  NEXT: true,
  COUPLED_WITH: true,
  OF: true,
  USED_IN: true,
  COLLAPSES: true,
  SAME_AS: true,
  BINDS: true,
  GATHERS: true,
  AGENT: true,
  TENSION: true,
  CONTEXT: true,
  ATMOSPHERE: true,
  ARCHETYPE: true,
};

const KIND = /^\{"(?:node|edge)":"([^"]*)"/u;
const WANTED: ReadonlySet<string> = new Set(['corpus', 'document', 'SAME_AS']);

const isWanted = (line: string): boolean => {
  const kind = KIND.exec(line)?.[1] ?? '';
  const isKnown = (isNodeKind(kind) || isRelationshipType(kind)) && CARRIED[kind];
  if (!isKnown)
    throw new HypersceneError('BACKUP_UNREADABLE', 'the backup holds what a merge does not know how to bring in', {
      came: JSON.stringify(kind),
    });
  return WANTED.has(kind);
};

/** What comes, without its scenes. Memory holds the documents' names. */
export const surveyBackup = async ({ backup, workspace, signal }: Source): Promise<readonly IncomingCorpus[]> => {
  const corpora: { readonly node: NodeRecord; readonly documents: IncomingDocument[]; merges: IncomingMerge[] }[] = [];
  for await (const records of recordsOf(backup, workspace, signal, isWanted))
    for (const record of records) {
      if ('node' in record && record.node === 'corpus') corpora.push({ node: record, documents: [], merges: [] });
      else if ('node' in record) corpora.at(-1)?.documents.push(toDocument(record));
      else corpora.at(-1)?.merges.push(toMerge(record));
    }
  return corpora.map(({ node, documents, merges }) => ({ ...ofCorpus(node), documents, merges }));
};

const ofCorpus = ({ properties }: NodeRecord): Pick<IncomingCorpus, 'name' | 'couplings' | 'collapsed'> => {
  const { name, couplings, revision, collapsedRevision } = properties;
  const isFresh = collapsedRevision === revision;
  const collapsed = typeof collapsedRevision === 'number' ? (isFresh ? 'fresh' : 'stale') : null;
  return { name: name as CorpusName, couplings: Number(couplings), collapsed };
};

const toDocument = ({ properties }: NodeRecord): IncomingDocument => {
  const { id, corpus, name, lang, sha256, bytes, scenes, notices } = properties;
  return {
    id: id as DocumentId,
    corpus: corpus as CorpusName,
    name: name as DocumentName,
    lang: lang as Language,
    sha256: String(sha256),
    bytes: Number(bytes),
    scenes: Number(scenes),
    notices: (notices ?? []) as readonly string[],
    replace: false,
  };
};

const toMerge = ({ from, to, properties }: EdgeRecord): IncomingMerge => ({
  alias: lastPart(from),
  into: lastPart(to),
  by: properties['by'] as FacetEvidence,
});
