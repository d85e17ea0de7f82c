import type { Properties } from '../graph-archive.ts';
import { LABELS } from './label.ts';
import { type CypherQuery, query } from './query.ts';
import type { NodeKind, RelationshipType } from './structure.ts';
import { NODE_LABELS, RELATIONSHIP_ENDS } from './structure.ts';

/**
 * What backup reads and restore writes. `properties(n)` and `SET n = $map` take whatever a node holds, so that a new
 * property needs no change here; a new label or relationship type does, in `structure.ts`.
 */
export interface NodeRow {
  readonly properties: Properties;
}

export interface EdgeRow {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

export const workspaceNames = query<{ readonly name: string }>(
  'workspaceNames',
  'MATCH (w:Workspace) RETURN w.workspace AS name ORDER BY name',
);

export const workspaceNode = query<NodeRow>(
  'workspaceNode',
  'MATCH (n:Workspace {uid: $workspace}) RETURN properties(n) AS properties',
);

export const corpusUids = query<{ readonly uid: string; readonly scenes: number }>(
  'corpusUids',
  'MATCH (c:Corpus {workspace: $workspace}) RETURN c.uid AS uid, c.scenes AS scenes, c.name AS name ORDER BY name',
);

export const corpusNode = query<NodeRow>(
  'corpusNode',
  'MATCH (n:Corpus {uid: $corpus}) RETURN properties(n) AS properties',
);

const EDGE = 'type(r) AS type, a.uid AS from, b.uid AS to, properties(r) AS properties';

/** All documents of a corpus by their keys: a corpus has some thousands. */
export const documentEdges = query<EdgeRow & { readonly scenes: number }>(
  'documentEdges',
  `MATCH (a:Corpus {uid: $corpus})-[r:HAS_DOCUMENT]->(b:Document)
   RETURN ${EDGE}, b.scenes AS scenes, b.order AS order ORDER BY order`,
);

export const chunkEdges = query<EdgeRow & { readonly length: number }>(
  'chunkEdges',
  `UNWIND $documents AS uid MATCH (a:Document {uid: uid})
   MATCH (a)-[r:HAS_CHUNK]->(b:Chunk)
   RETURN ${EDGE}, size(b.text) AS length, b.order AS order ORDER BY order`,
);

export const sceneEdges = query<EdgeRow>(
  'sceneEdges',
  `UNWIND $documents AS uid MATCH (a:Document {uid: uid})
   MATCH (a)-[r:HAS_SCENE]->(b:Scene)
   RETURN ${EDGE}, b.rank AS rank ORDER BY rank`,
);

/** An occurrence is met once, by its first member, which may be an occurrence itself. A view weighs as much as it has scenes. */
export const occurrenceUids = query<{ readonly uid: string; readonly weight: number }>(
  'occurrenceUids',
  `UNWIND $members AS uid MATCH (m:Occurrence {uid: uid})
   MATCH (m)<-[r:COLLAPSES|GATHERS]-(o:Occurrence)
   WHERE r.order = 0
   RETURN o.uid AS uid, CASE WHEN o.level < 0 THEN o.size ELSE 1 END AS weight`,
);

/** Merges outlive the scenes of those they name. */
export const mergedUids = query<{ readonly uid: string }>(
  'mergedUids',
  'MATCH (f:Facet {merged: $corpus}) RETURN f.uid AS uid',
);

export const facetNodes = query<NodeRow & { readonly kind: string }>(
  'facetNodes',
  'UNWIND $uids AS uid MATCH (n:Facet {uid: uid}) RETURN n.kind AS kind, properties(n) AS properties',
);

/** A facet that no scene shows stands beside one that a scene does. */
export const facetsBeside = query<{ readonly uid: string }>(
  'facetsBeside',
  `UNWIND $uids AS uid MATCH (f:Facet {uid: uid})
   MATCH (f)-[r]-(o:Facet)
   RETURN DISTINCT o.uid AS uid`,
);

export const usesOfCorpus = query<EdgeRow & { readonly occurrences: number }>(
  'usesOfCorpus',
  `MATCH (b:Corpus {uid: $corpus})<-[r:USED_IN]-(a:Hypertoken)
   RETURN ${EDGE}, r.occurrences AS occurrences`,
);

/** Labels and types cannot be parameters, hence a text for each. */
const perKey = <Key extends string, Row>(
  keys: readonly Key[],
  make: (key: Key) => CypherQuery<Row>,
): Readonly<Record<Key, CypherQuery<Row>>> =>
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, CypherQuery<Row>>;

export const nodesByUid = perKey(['Document', 'Chunk', 'Scene', 'Occurrence', 'Hypertoken'], (label) =>
  query<NodeRow>(
    `nodesByUid/${label}`,
    `UNWIND $uids AS uid MATCH (n:${label} {uid: uid}) RETURN properties(n) AS properties`,
  ),
);

/** Relationships of every type that lead on from the nodes. */
export const edgesFrom = perKey(['Scene', 'Occurrence', 'Facet'], (label) =>
  query<EdgeRow>(
    `edgesFrom/${label}`,
    `UNWIND $uids AS uid MATCH (a:${label} {uid: uid})
   MATCH (a)-[r]->(b)
   RETURN ${EDGE}`,
  ),
);

export const createNodes = perKey(Object.keys(NODE_LABELS) as NodeKind[], (kind) =>
  query(`createNodes/${kind}`, `UNWIND $rows AS row CREATE (n:${NODE_LABELS[kind].join(':')}) SET n = row`),
);

export const createEdges = perKey(Object.keys(RELATIONSHIP_ENDS) as RelationshipType[], (type) =>
  query(
    `createEdges/${type}`,
    `UNWIND $rows AS row
   MATCH (a:${RELATIONSHIP_ENDS[type].from} {uid: row.from})
   MATCH (b:${RELATIONSHIP_ENDS[type].to} {uid: row.to})
   CREATE (a)-[r:${type}]->(b) SET r = row SET r.from = null, r.to = null`,
  ),
);

/** Made before anything is cleared, and gone with {@link setWorkspace}, the last thing written. */
export const markRestoring = query(
  'markRestoring',
  `MERGE (w:Workspace {uid: $workspace})
   SET w.workspace = $workspace, w.restoring = $restoring, w.nextCode = 0, w.writes = 0, w.batches = 0`,
);

/** How many batches of a restore are committed. Setting takes Neo4j's lock, so that one whose answer was lost is waited for. */
export const lockBatches = query<{ readonly batches: number }>(
  'lockBatches',
  'MATCH (w:Workspace {uid: $workspace}) SET w.writes = w.writes + 1 RETURN w.batches AS batches',
);

export const setBatches = query('setBatches', 'MATCH (w:Workspace {uid: $workspace}) SET w.batches = $batches');

export const setWorkspace = query('setWorkspace', 'UNWIND $rows AS row MATCH (w:Workspace {uid: row.uid}) SET w = row');

export const deleteWorkspace = query('deleteWorkspace', 'MATCH (w:Workspace {uid: $workspace}) DETACH DELETE w');

/** In the order in which they are cleared: what has most edges last. */
const CLEARED = [
  LABELS.chunk,
  LABELS.scene,
  LABELS.occurrence,
  LABELS.facet,
  LABELS.document,
  LABELS.corpus,
  LABELS.hypertoken,
] as const;

/**
 * Walks over the nodes of every workspace: only a workspace that is replaced, or was left half restored, is cleared, and
 * an index for that would cost every write.
 */
export const clearing = CLEARED.map((label) => ({
  find: query<{ readonly uid: string }>(
    `nodesOfWorkspace/${label}`,
    `MATCH (n:${label}) WHERE n.workspace = $workspace RETURN n.uid AS uid LIMIT $limit`,
  ),
  remove: query(`deleteNodes/${label}`, `UNWIND $uids AS uid MATCH (n:${label} {uid: uid}) DETACH DELETE n`),
}));

/** How often a code stands in all corpora follows from how often it stands in each. */
export const countLive = query(
  'countLive',
  `UNWIND $hypertokens AS uid MATCH (h:Hypertoken {uid: uid})
   MATCH (h)-[u:USED_IN]->(:Corpus)
   WITH h, sum(u.occurrences) AS live
   SET h.live = live`,
);
