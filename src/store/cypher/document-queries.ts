import { query } from './query.ts';

export interface LockRow {
  readonly nextCode: number;
  readonly restoring: string | null;
  /** This write counted in. */
  readonly writes: number;
  readonly settled: number | null;
}

/** The record of the one row a workspace has: the counter of its codes. Setting it takes Neo4j's lock, so that two processes cannot allot the same code. */
export const lockWorkspace = query<LockRow>(
  'lockWorkspace',
  `MATCH (w:Workspace {uid: $workspace})
   SET w.writes = w.writes + 1
   RETURN w.nextCode AS nextCode, w.restoring AS restoring, w.writes AS writes, w.settled AS settled`,
);

/** `writes` grows with every transaction that writes to the workspace; as many as `settled` are wholly visible. */
export const workspaceState = query<{ readonly writes: number; readonly settled: number | null }>(
  'workspaceState',
  'MATCH (w:Workspace {uid: $workspace}) RETURN w.writes AS writes, w.settled AS settled',
);

export const settleWorkspace = query(
  'settleWorkspace',
  'MATCH (w:Workspace {uid: $workspace}) SET w.settled = w.writes',
);

/** `restoring` is there from the beginning of a restore to its end: what the workspace holds is then a part. */
export const findWorkspace = query<{ readonly restoring: string | null; readonly nextCode: number }>(
  'findWorkspace',
  'MATCH (w:Workspace {uid: $workspace}) RETURN w.restoring AS restoring, w.nextCode AS nextCode',
);

/** MERGE, since two processes may meet a new workspace at once. */
export const createWorkspace = query(
  'createWorkspace',
  'MERGE (w:Workspace {uid: $workspace}) ON CREATE SET w.workspace = $workspace, w.nextCode = 0, w.writes = 0',
);

export const setNextCode = query('setNextCode', 'MATCH (w:Workspace {uid: $workspace}) SET w.nextCode = $nextCode');

export interface CorpusRow {
  readonly name: string;
  readonly documents: number;
  readonly scenes: number;
  readonly couplings: number;
  readonly uncoupled: number;
  readonly revision: number;
  readonly collapsedRevision: number | null;
  /** A {@link CollapseMethod} as JSON; empty when it was forgotten. */
  readonly collapsedBy: string | null;
  /** The order of the next document. */
  readonly nextDocument: number;
  /** What it is an import of, from its beginning to its end. */
  readonly importing: string | null;
}

const CORPUS = `c.name AS name, c.documents AS documents, c.scenes AS scenes, c.couplings AS couplings,
   c.uncoupled AS uncoupled, c.revision AS revision, c.collapsedRevision AS collapsedRevision,
   c.collapsedBy AS collapsedBy, c.nextDocument AS nextDocument, c.importing AS importing`;

export const corpusByUid = query<CorpusRow>('corpusByUid', `MATCH (c:Corpus {uid: $corpus}) RETURN ${CORPUS}`);

/** What every change of a corpus counts one of: collapses and views leave the revision alone. */
export const corpusState = query<{
  readonly revision: number;
  readonly collapses: number | null;
  readonly viewChanges: number | null;
}>(
  'corpusState',
  `MATCH (c:Corpus {uid: $corpus})
   RETURN c.revision AS revision, c.collapses AS collapses, c.viewChanges AS viewChanges`,
);

/**
 * Sorted behind the store, all of the workspace for each page: they are few. Neo4j sorts stored text by code points but
 * compares it with a parameter by UTF-16 code units, so that `c.name > $after` would lose the corpora 👩 and 𐀀 behind ﬁ.
 */
export const corpusNames = query<{ readonly uid: string; readonly name: string; readonly importing: string | null }>(
  'corpusNames',
  'MATCH (c:Corpus {workspace: $workspace}) RETURN c.uid AS uid, c.name AS name, c.importing AS importing',
);

export const corporaByUid = query<CorpusRow>(
  'corporaByUid',
  `UNWIND $corpora AS uid MATCH (c:Corpus {uid: uid}) RETURN ${CORPUS}`,
);

export const createCorpus = query(
  'createCorpus',
  `CREATE (:Corpus {uid: $corpus, workspace: $workspace, name: $name, documents: 0, scenes: 0, couplings: 0,
    uncoupled: 0, revision: 0, nextDocument: 0})`,
);

export const markImporting = query('markImporting', 'MATCH (c:Corpus {uid: $corpus}) SET c.importing = $importing');

/** Counted as a collapse is, for the same reason. */
export const settleImport = query(
  'settleImport',
  `MATCH (c:Corpus {uid: $corpus})
   SET c.importing = null, c.revision = $revision, c.collapsedRevision = $collapsedRevision,
       c.collapses = coalesce(c.collapses, 0) + 1`,
);

/**
 * The counts are kept, not counted: counting 100,000 scenes takes 30 ms, and a page shows many corpora. Every change of
 * a corpus passes here once.
 */
export const changeCorpus = query(
  'changeCorpus',
  `MATCH (c:Corpus {uid: $corpus})
   SET c.documents = c.documents + $documents, c.scenes = c.scenes + $scenes, c.couplings = c.couplings + $couplings,
       c.uncoupled = c.uncoupled + $uncoupled, c.revision = c.revision + 1, c.nextDocument = c.nextDocument + $ordered`,
);

/** Counted, since a collapse leaves the revision alone and a backup must notice every change. */
export const setCollapsedRevision = query(
  'setCollapsedRevision',
  `MATCH (c:Corpus {uid: $corpus})
   SET c.collapsedRevision = c.revision - $behind, c.collapses = coalesce(c.collapses, 0) + 1, c.collapsedBy = $method`,
);

export const forgetCollapseMethod = query(
  'forgetCollapseMethod',
  "MATCH (c:Corpus {uid: $corpus}) SET c.collapses = coalesce(c.collapses, 0) + 1, c.collapsedBy = ''",
);

export const deleteCorpus = query('deleteCorpus', 'MATCH (c:Corpus {uid: $corpus}) DETACH DELETE c');

export interface DocumentRow {
  readonly id: string;
  readonly corpus: string;
  readonly name: string;
  readonly lang: string;
  readonly version: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly length: number;
  readonly scenes: number;
  readonly notices: readonly string[];
  readonly filledBy: string | null;
  readonly order: number;
  readonly chunks: number;
  /** Scenes that wait to be coupled. */
  readonly uncoupled: number;
}

const DOCUMENT = `d.id AS id, d.corpus AS corpus, d.name AS name, d.lang AS lang, d.version AS version,
   d.sha256 AS sha256, d.bytes AS bytes, d.length AS length, d.scenes AS scenes, d.notices AS notices,
   d.filledBy AS filledBy, d.order AS order, d.chunks AS chunks, d.uncoupled AS uncoupled`;

export const documentsByUid = query<DocumentRow>(
  'documentsByUid',
  `UNWIND $documents AS uid MATCH (d:Document {uid: uid}) RETURN ${DOCUMENT}`,
);

export const documentPage = query<DocumentRow>(
  'documentPage',
  `MATCH (c:Corpus {uid: $corpus})-[:HAS_DOCUMENT]->(d:Document)
   WHERE d.order > $after
   RETURN ${DOCUMENT} ORDER BY order LIMIT $limit`,
);

export interface DocumentSpan {
  readonly id: string;
  readonly order: number;
  readonly scenes: number;
}

/** The documents whose scenes begin at or behind a place of the corpus: from their lengths follow the places of any page. */
export const documentSpans = query<DocumentSpan>(
  'documentSpans',
  `MATCH (c:Corpus {uid: $corpus})-[:HAS_DOCUMENT]->(d:Document)
   WHERE d.order >= $from AND d.order <= $to AND d.scenes > 0
   RETURN d.id AS id, d.order AS order, d.scenes AS scenes ORDER BY order LIMIT $limit`,
);

export const createDocument = query(
  'createDocument',
  `MATCH (c:Corpus {uid: $corpus})
   CREATE (c)-[:HAS_DOCUMENT]->(:Document {uid: $document, workspace: $workspace, id: $id, corpus: $corpusName,
    name: $name, order: $order, version: 0, chunks: 0, scenes: 0, uncoupled: 0})`,
);

export const setDocument = query(
  'setDocument',
  `MATCH (d:Document {uid: $document})
   SET d.lang = $lang, d.version = $version, d.sha256 = $sha256, d.bytes = $bytes, d.length = $length,
       d.scenes = $scenes, d.notices = $notices, d.chunks = $chunks, d.uncoupled = $uncoupled, d.pending = $pending,
       d.filledBy = $filledBy`,
);

export const deleteDocument = query('deleteDocument', 'MATCH (d:Document {uid: $document}) DETACH DELETE d');

export const chunkText = query<{ readonly text: string }>(
  'chunkText',
  'MATCH (k:Chunk {uid: $chunk}) RETURN k.text AS text',
);

/** One chunk a statement: a mebibyte of text is batch enough. */
export const createChunk = query(
  'createChunk',
  `MATCH (d:Document {uid: $document})
   CREATE (d)-[:HAS_CHUNK]->(:Chunk {uid: $chunk, workspace: $workspace, order: $order, text: $text})`,
);

/** Chunks are named, not matched from the document: the new version's chunks hang there too while a transaction runs. */
export const deleteChunks = query('deleteChunks', 'UNWIND $chunks AS uid MATCH (k:Chunk {uid: uid}) DETACH DELETE k');
