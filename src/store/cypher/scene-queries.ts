import type { FacetKind } from '../../scene/facet.ts';
import { FACET_KINDS } from '../../scene/facet.ts';
import { ANY_FACET, FACET_LABELS, FACET_RELATIONSHIPS } from './label.ts';
import { bulkQuery, type CypherQuery, query } from './query.ts';

export interface SceneRow {
  readonly id: string;
  readonly corpus: string;
  readonly document: string;
  readonly documentName: string;
  readonly position: number;
  readonly rank: number;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lang: string;
  readonly figure: string;
  readonly code: number;
  readonly ordinal: number;
}

const SCENE = `s.id AS id, s.corpus AS corpus, s.document AS document, d.name AS documentName, s.position AS position,
   s.rank AS rank, s.kind AS kind, s.start AS start, s.end AS end, s.text AS text, s.lang AS lang,
   s.figure AS figure, s.code AS code, s.ordinal AS ordinal`;

export const scenesByUid = query<SceneRow>(
  'scenesByUid',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)<-[:HAS_SCENE]-(d)
   RETURN ${SCENE}`,
);

export const scenesByPlace = query<SceneRow>(
  'scenesByPlace',
  `UNWIND $places AS place MATCH (s:Scene {place: place})
   MATCH (s)<-[:HAS_SCENE]-(d)
   RETURN ${SCENE}`,
);

export interface FacetRow {
  readonly scene: string;
  readonly kind: string;
  /** As written; an agent's node may be another person's. */
  readonly key: string;
  /** The node's key. */
  readonly entity: string;
  /** The entity as the reader gave it, where it is another one; null elsewhere. */
  readonly own: string | null;
  readonly order: number;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly by: string;
}

/**
 * Neo4j alone: one statement less, which for a single scene takes a half of the time that is not the graph's. The embedded
 * engine takes twice as long to collect (4.3 against 2.4 ms for 100).
 */
export const scenesWithFacets = query<SceneRow & { readonly facets: readonly FacetRow[] }>(
  'neo4j/scenesWithFacets',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)<-[:HAS_SCENE]-(d:Document)
   OPTIONAL MATCH (s)-[r:${ANY_FACET}]->(f:Facet)
   WITH s, d, CASE WHEN r IS NULL THEN null ELSE {
     scene: s.id, kind: type(r), key: r.key, entity: f.key, own: r.own, order: r.order, start: r.start, end: r.end,
     confidence: r.confidence, by: r.by} END AS facet
   RETURN ${SCENE}, collect(facet) AS facets`,
);

const FACETS_OF_SCENE = `MATCH (s)-[r:${ANY_FACET}]->(f)
   RETURN s.id AS scene, type(r) AS kind, r.key AS key, f.key AS entity, r.own AS own, r.order AS order,
          r.start AS start, r.end AS end, r.confidence AS confidence, r.by AS by`;

export const facetsOfScenes = query<FacetRow>(
  'facetsOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) ${FACETS_OF_SCENE}`,
);

/** By place too, so that it need not wait for the scenes to be found. */
export const facetsOfPlaces = query<FacetRow>(
  'facetsOfPlaces',
  `UNWIND $places AS place MATCH (s:Scene {place: place}) ${FACETS_OF_SCENE}`,
);

/** What a scene must be beside what it is found by; null lets all through. */
export const REST = '($kind IS NULL OR s.kind = $kind) AND ($lang IS NULL OR s.lang = $lang)';
export const WINDOW = 's.rank > $after AND s.rank < $before';

/**
 * Scenes are found first and read by their uid then: sorting whole scenes would carry 20,000 texts to keep 100. What is sorted are nodes:
 * their ids are read of those that are kept, 10 ms in place of 14 for 20,630 scenes.
 */
export interface SceneKey {
  readonly id: string;
  readonly rank: number;
}
export const SCENE_KEYS = `WITH s ORDER BY s.rank LIMIT $limit
   RETURN s.id AS id, s.rank AS rank ORDER BY rank`;

export const sceneKeysOfDocuments = query<SceneKey>(
  'sceneKeysOfDocuments',
  `UNWIND $documents AS uid MATCH (d:Document {uid: uid})
   MATCH (d)-[:HAS_SCENE]->(s:Scene)
   WHERE ${WINDOW} AND ${REST}
   ${SCENE_KEYS}`,
);

export const sceneKeysOfCode = query<SceneKey>(
  'sceneKeysOfCode',
  `MATCH (h:Hypertoken {uid: $hypertoken})<-[:OF]-(s:Scene)
   WHERE s.corpus = $corpusName AND ${WINDOW} AND ${REST}
   ${SCENE_KEYS}`,
);

/** The facets of any kinds at once; a scene in which all of them stand is met once by each. */
const OF_FACETS = `UNWIND $facets AS uid MATCH (f:Facet {uid: uid})
   WITH f
   MATCH (f)<-[:${ANY_FACET}]-(s:Scene)
   WHERE ${WINDOW} AND ${REST} AND ($code IS NULL OR s.code = $code)
   WITH s, count(DISTINCT f) AS standing
   WHERE standing = $facetCount`;

export const sceneKeysOfFacets = query<SceneKey>('sceneKeysOfFacets', `${OF_FACETS}\n${SCENE_KEYS}`);

interface CountRow {
  readonly count: number;
}

export const countScenesOfDocuments = query<CountRow>(
  'countScenesOfDocuments',
  `UNWIND $documents AS uid MATCH (d:Document {uid: uid})
   MATCH (d)-[:HAS_SCENE]->(s:Scene)
   WHERE ${REST}
   RETURN count(s) AS count`,
);

export const countScenesOfCode = query<CountRow>(
  'countScenesOfCode',
  `MATCH (h:Hypertoken {uid: $hypertoken})<-[:OF]-(s:Scene)
   WHERE s.corpus = $corpusName AND ${WINDOW} AND ${REST}
   RETURN count(s) AS count`,
);

export const countScenesOfFacets = query<CountRow>('countScenesOfFacets', `${OF_FACETS}\nRETURN count(s) AS count`);

/** The scenes a document has: what a new version is compared with. */
export const scenesOfDocument = query<{ readonly id: string; readonly position: number }>(
  'scenesOfDocument',
  `MATCH (d:Document {uid: $document})-[:HAS_SCENE]->(s:Scene)
   RETURN s.id AS id, s.position AS position ORDER BY position`,
);

/** The scene is its own level-0 occurrence, hence both labels; `place`, `bucket`, `uncoupled` and `terms` are what it is looked up by. */
export const createScenes = bulkQuery(
  'createScenes',
  `UNWIND $rows AS row
   MATCH (d:Document {uid: $document})
   MATCH (h:Hypertoken {uid: row.hypertoken})
   CREATE (d)-[:HAS_SCENE]->(s:Scene:Occurrence {uid: row.uid, workspace: $workspace, corpus: $corpusName,
    document: $documentId, level: 0, uncoupled: $document, id: row.id, position: row.position, rank: row.rank,
    place: row.place, bucket: row.bucket, kind: row.kind, start: row.start, end: row.end, text: row.text, terms: row.terms,
    lang: row.lang, figure: row.figure, code: row.code, ordinal: row.ordinal, ref: row.ref})
   CREATE (s)-[:OF]->(h)`,
);

/**
 * Without the figure, see {@link moveToHypertoken}, and without the text and its terms, which never change: set again, the
 * full-text index takes each scene out of its lists and puts it in anew, and a sentence put before 40,000 takes 21 s, without 3.4.
 */
export const updateScenes = query(
  'updateScenes',
  `UNWIND $rows AS row
   MATCH (s:Scene {uid: row.uid})
   SET s.position = row.position, s.rank = row.rank, s.place = row.place, s.kind = row.kind, s.start = row.start,
       s.end = row.end, s.lang = row.lang`,
);

export const leaveHypertoken = query(
  'leaveHypertoken',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)-[r:OF]->(:Hypertoken) DELETE r',
);

export const moveToHypertoken = query(
  'moveToHypertoken',
  `UNWIND $rows AS row
   MATCH (s:Scene {uid: row.uid})
   MATCH (h:Hypertoken {uid: row.hypertoken})
   SET s.figure = row.figure, s.code = row.code, s.ordinal = row.ordinal, s.ref = row.ref
   CREATE (s)-[:OF]->(h)`,
);

export const deleteScenes = query('deleteScenes', 'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) DETACH DELETE s');

export const linkScenes = bulkQuery(
  'linkScenes',
  `UNWIND $rows AS row
   MATCH (a:Scene {uid: row.from})
   MATCH (b:Scene {uid: row.to})
   CREATE (a)-[:NEXT]->(b)`,
);

export const unlinkScenes = query(
  'unlinkScenes',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)-[r:NEXT]->(:Scene) DELETE r',
);

export const markUncoupled = query(
  'markUncoupled',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) SET s.uncoupled = $document',
);

/** What a scene's going takes along. */
export const scenesToDelete = query<{ readonly id: string; readonly code: number }>(
  'scenesToDelete',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) RETURN s.id AS id, s.code AS code',
);

/** Which of these ids are taken, and by which document. */
export const documentsOfScenes = query<{ readonly id: string; readonly document: string }>(
  'documentsOfScenes',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) RETURN s.id AS id, s.document AS document',
);

/** Which of these scenes are there, and in which corpus. */
export const corporaOfScenes = query<{ readonly id: string; readonly corpus: string }>(
  'corporaOfScenes',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) RETURN s.id AS id, s.corpus AS corpus',
);

export const countUncoupled = query<CountRow>(
  'countUncoupled',
  'MATCH (s:Scene {uncoupled: $document}) RETURN count(s) AS count',
);

/** Relationship types cannot be parameters, hence a text per kind. */
const perFacetKind = <Query extends CypherQuery<never>>(
  make: (kind: FacetKind) => Query,
): Readonly<Record<FacetKind, Query>> =>
  Object.fromEntries(FACET_KINDS.map((kind) => [kind, make(kind)])) as Record<FacetKind, Query>;

export const createFacets = perFacetKind((kind) =>
  bulkQuery(
    `createFacets/${kind}`,
    `UNWIND $rows AS row
     MERGE (f:Facet {uid: row.uid})
     ON CREATE SET f:${FACET_LABELS[kind]}, f.workspace = $workspace, f.corpus = $corpusName, f.kind = '${kind}',
       f.key = row.key, f.sort = row.sort, f.shelf = row.shelf, f.terms = row.terms`,
  ),
);

/** An agent's edge remembers the entity as it was read where a merge leads on from it. */
const EDGE_EXTRA = { agent: ', own: row.own', tension: '', context: '', atmosphere: '', archetype: '' } as const;

/**
 * The span is kept within the scene's text, not the document's, so that a paragraph put in before leaves every facet
 * behind it alone.
 */
export const attachFacets = perFacetKind((kind) =>
  bulkQuery(
    `attachFacets/${kind}`,
    `UNWIND $rows AS row
     MATCH (s:Scene {uid: row.scene})
     MATCH (f:Facet {uid: row.facet})
     CREATE (s)-[:${FACET_RELATIONSHIPS[kind]} {key: row.key, order: row.order, start: row.start, end: row.end,
       confidence: row.confidence, by: row.by${EDGE_EXTRA[kind]}}]->(f)`,
  ),
);

export const detachFacets = query(
  'detachFacets',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)-[r:${ANY_FACET}]->(:Facet) DELETE r`,
);

/** Asked before scenes go: the facets that may be left without one. */
export const facetUidsOfScenes = query<{ readonly uid: string }>(
  'facetUidsOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[:${ANY_FACET}]->(f:Facet)
   RETURN DISTINCT f.uid AS uid`,
);

/** A merge outlives the scenes: what it names stays. */
export const deleteBareFacets = query(
  'deleteBareFacets',
  `UNWIND $facets AS uid MATCH (f:Facet {uid: uid})
   WHERE COUNT { (f)<-[:${ANY_FACET}]-(:Scene) } = 0
     AND COUNT { (f)-[:SAME_AS]->(:Facet) } = 0 AND COUNT { (f)<-[:SAME_AS]-(:Facet) } = 0
   DETACH DELETE f`,
);
