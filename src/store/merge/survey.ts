import { HypersceneError } from '../../errors.ts';
import type { FacetEvidence } from '../../scene/facet.ts';
import type { CorpusName, DocumentName } from '../../scene/name.ts';
import type { DocumentId, Language } from '../../scene/scene.ts';
import { unreadable } from '../backup/format.ts';
import { recordsOf } from '../backup/read-backup.ts';
import { isNodeKind, isRelationshipType, type NodeKind, type RelationshipType } from '../cypher/structure.ts';
import type { EdgeRecord, GraphRecord, NodeRecord } from '../graph-archive.ts';
import type { DocumentInput } from '../graph-store.ts';
import type { Source } from './incoming.ts';
import { lastPart } from './incoming-scenes.ts';
import { ViewAssembler } from './incoming-views.ts';

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
  /** Each found whole. */
  readonly views: number;
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
const WANTED: ReadonlySet<string> = new Set(['corpus', 'document', 'SAME_AS', 'occurrence', 'GATHERS']);

const isWanted = (line: string): boolean => {
  const kind = KIND.exec(line)?.[1] ?? '';
  const isKnown = (isNodeKind(kind) || isRelationshipType(kind)) && CARRIED[kind];
  if (!isKnown)
    throw new HypersceneError('BACKUP_UNREADABLE', 'the backup holds what a merge does not know how to bring in', {
      came: JSON.stringify(kind),
    });
  return WANTED.has(kind);
};

interface Draft {
  readonly node: NodeRecord;
  readonly documents: IncomingDocument[];
  readonly merges: IncomingMerge[];
  readonly assembler: ViewAssembler;
  views: number;
}

/**
 * What comes, without its scenes. Views are put together, so that one that is not whole is found before anything is written.
 * Memory holds the documents' names.
 * @throws HypersceneError BACKUP_UNREADABLE
 */
export const surveyBackup = async ({ backup, workspace, signal }: Source): Promise<readonly IncomingCorpus[]> => {
  const corpora: Draft[] = [];
  for await (const records of recordsOf(backup, workspace, signal, isWanted))
    for (const record of records) {
      const corpus = corpora.at(-1);
      if ('node' in record && record.node === 'corpus') {
        corpus?.assembler.end();
        const assembler = new ViewAssembler(record.properties['name'] as CorpusName);
        corpora.push({ node: record, documents: [], merges: [], assembler, views: 0 });
      } else if (corpus === undefined)
        throw unreadable('a corpus before what it holds', 'node' in record ? record.node : record.edge);
      else addTo(corpus, record);
    }
  corpora.at(-1)?.assembler.end();
  // One whose import was under way when the backup was taken is no corpus yet.
  const whole = corpora.filter(({ node }) => typeof node.properties['importing'] !== 'string');
  return whole.map(({ node, documents, merges, views }) => ({ ...ofCorpus(node), documents, merges, views }));
};

const addTo = (corpus: Draft, record: GraphRecord): void => {
  if ('node' in record && record.node === 'document') corpus.documents.push(toDocument(record));
  else if ('edge' in record && record.edge === 'SAME_AS') corpus.merges.push(toMerge(record));
  else if (corpus.assembler.add(record) !== null) corpus.views += 1;
};

const ofCorpus = ({ properties }: NodeRecord): Pick<IncomingCorpus, 'name' | 'couplings' | 'collapsed'> => {
  const { name, couplings, revision, collapsedRevision } = properties;
  const isFresh = collapsedRevision === revision;
  const collapsed = typeof collapsedRevision === 'number' ? (isFresh ? 'fresh' : 'stale') : null;
  return { name: name as CorpusName, couplings: Number(couplings), collapsed };
};

const toDocument = ({ properties }: NodeRecord): IncomingDocument => {
  const { id, corpus, name, lang, sha256, bytes, scenes, notices, filledBy } = properties;
  return {
    id: id as DocumentId,
    corpus: corpus as CorpusName,
    name: name as DocumentName,
    lang: lang as Language,
    sha256: String(sha256),
    bytes: Number(bytes),
    scenes: Number(scenes),
    notices: (notices ?? []) as readonly string[],
    filledBy: (filledBy ?? null) as string | null,
    replace: false,
  };
};

const toMerge = ({ from, to, properties }: EdgeRecord): IncomingMerge => ({
  alias: lastPart(from),
  into: lastPart(to),
  by: properties['by'] as FacetEvidence,
});
