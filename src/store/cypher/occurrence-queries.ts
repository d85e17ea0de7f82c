import { query } from './query.ts';

/** The occurrences that any of these are parts of, one level up: none may survive as a part of itself. */
export const occurrencesHolding = query<{ readonly uid: string; readonly code: number }>(
  'occurrencesHolding',
  `UNWIND $occurrences AS uid MATCH (p:Occurrence {uid: uid})
   MATCH (p)<-[:COLLAPSES]-(o:Occurrence)
   RETURN DISTINCT o.uid AS uid, o.code AS code`,
);

export const deleteOccurrences = query(
  'deleteOccurrences',
  'UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid}) DETACH DELETE o',
);

export interface OccurrenceRow {
  readonly uid: string;
  readonly code: number;
  readonly ordinal: number;
  readonly level: number;
  /** The scene's id at level 0, else null. */
  readonly scene: string | null;
  /** Above level 1; below it follows from the scenes. */
  readonly size: number | null;
  readonly first: string | null;
}

const OCCURRENCE = `o.uid AS uid, o.code AS code, o.ordinal AS ordinal, o.level AS level,
   CASE WHEN o.level = 0 THEN o.id ELSE null END AS scene, o.size AS size, o.first AS first`;

export const occurrencesByRef = query<OccurrenceRow>(
  'occurrencesByRef',
  `UNWIND $refs AS ref MATCH (o:Occurrence {ref: ref}) RETURN ${OCCURRENCE}`,
);

/** Codes with occurrences, from one on: how many of them a page needs follows from the counts. */
export interface CodeCountRow {
  readonly uid: string;
  readonly code: number;
  readonly level: number;
  readonly count: number;
  /** The last ordinal that was ever given to one. */
  readonly last: number;
}

export const codeCounts = query<CodeCountRow>(
  'codeCounts',
  `MATCH (h:Hypertoken {workspace: $workspace})
   WHERE h.live > 0 AND h.code >= $from AND h.code <= $to AND h.level >= $levelMin AND h.level <= $levelMax
   RETURN h.uid AS uid, h.code AS code, h.level AS level, h.live AS count, h.last AS last ORDER BY code LIMIT $limit`,
);

export const codeCountsOfCorpus = query<CodeCountRow>(
  'codeCountsOfCorpus',
  `MATCH (c:Corpus {uid: $corpus})<-[u:USED_IN]-(h:Hypertoken)
   WHERE h.code >= $from AND h.code <= $to AND h.level >= $levelMin AND h.level <= $levelMax
   RETURN h.uid AS uid, h.code AS code, h.level AS level, u.occurrences AS count, h.last AS last ORDER BY code LIMIT $limit`,
);

/** The same of one code, none where it stands nowhere: without going over the thousands of codes of a corpus. */
export const codeCount = query<CodeCountRow>(
  'codeCount',
  `MATCH (h:Hypertoken {uid: $hypertoken}) WHERE h.live > 0
   RETURN h.uid AS uid, h.code AS code, h.level AS level, h.live AS count, h.last AS last`,
);

export const codeCountOfCorpus = query<CodeCountRow>(
  'codeCountOfCorpus',
  `MATCH (h:Hypertoken {uid: $hypertoken})
   MATCH (h)-[u:USED_IN]->(:Corpus {uid: $corpus}) WHERE u.occurrences > 0
   RETURN h.uid AS uid, h.code AS code, h.level AS level, u.occurrences AS count, h.last AS last`,
);

/** `$level`: its own, and of the levels below only what nothing up to it holds: they make it up together. */
const OF_LEVEL = `($level IS NULL OR o.level = $level OR
       o.level >= 0 AND COUNT { (o)<-[:COLLAPSES]-(p:Occurrence) WHERE p.level <= $level } = 0)`;
const OF_CORPUS = '($corpusName IS NULL OR o.corpus = $corpusName)';

export const occurrencesOfCodes = query<OccurrenceRow>(
  'occurrencesOfCodes',
  `UNWIND $hypertokens AS uid MATCH (h:Hypertoken {uid: uid})
   MATCH (h)<-[:OF]-(o:Occurrence)
   WHERE ${OF_CORPUS} AND (o.code > $code OR o.ordinal > $ordinal) AND ${OF_LEVEL}
   RETURN ${OCCURRENCE} ORDER BY code, ordinal LIMIT $limit`,
);

/** Those of them that may have these ordinals. */
export const occurrencesOfRefs = query<OccurrenceRow>(
  'occurrencesOfRefs',
  `UNWIND $refs AS ref MATCH (o:Occurrence {ref: ref})
   WHERE ${OF_CORPUS} AND ${OF_LEVEL}
   RETURN ${OCCURRENCE} ORDER BY ordinal LIMIT $limit`,
);

export interface MemberRow {
  readonly occurrence: string;
  readonly scene: string;
  readonly order: number;
}

export const membersOf = query<MemberRow>(
  'membersOf',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid})
   MATCH (o)-[m:COLLAPSES]->(s:Scene)
   RETURN o.uid AS occurrence, s.id AS scene, m.order AS order ORDER BY order`,
);

/** A part as its place in the whole tells it: `at` scenes stand before it. Level 1, and a view, keep the order of their scenes alone. */
export interface PartRow {
  readonly place: number;
  readonly uid: string;
  readonly code: number;
  readonly ordinal: number;
  readonly level: number;
  readonly size: number;
  readonly first: string;
  readonly at: number;
}

const PART = `p.uid AS uid, p.code AS code, p.ordinal AS ordinal, p.level AS level, coalesce(p.size, r.size, 1) AS size,
   coalesce(p.first, r.first, p.id) AS first`;

/** Of each row's occurrence the parts that end behind `from` scenes of it; `place` keeps the rows in order. */
export const partsOfOccurrences = query<PartRow>(
  'partsOfOccurrences',
  `UNWIND $rows AS row
   MATCH (o:Occurrence {uid: row.occurrence})
   MATCH (o)-[r:COLLAPSES|GATHERS]->(p:Occurrence)
   WHERE coalesce(r.at, r.order) + coalesce(r.size, 1) > row.from
   RETURN row.place AS place, ${PART}, coalesce(r.at, r.order) AS at, r.order AS order
   ORDER BY place, order LIMIT $limit`,
);

/** What each occurrence is a part of. */
export const holdersOf = query<{
  readonly part: string;
  readonly code: number;
  readonly ordinal: number;
  readonly level: number;
  readonly uid: string;
  readonly size: number | null;
  readonly first: string | null;
}>(
  'holdersOf',
  `UNWIND $refs AS ref MATCH (p:Occurrence {ref: ref})
   MATCH (p)<-[:COLLAPSES]-(o:Occurrence)
   RETURN p.ref AS part, o.uid AS uid, o.code AS code, o.ordinal AS ordinal, o.level AS level, o.size AS size,
          o.first AS first`,
);

/** The same of what an export of every scene needs: no members of motifs are read for it. */
export const holderPlacesOf = query<{
  readonly part: string;
  readonly code: number;
  readonly ordinal: number;
  readonly level: number;
  readonly order: number;
}>(
  'holderPlacesOf',
  `UNWIND $refs AS ref MATCH (p:Occurrence {ref: ref})
   MATCH (p)<-[r:COLLAPSES]-(o:Occurrence)
   RETURN p.ref AS part, o.code AS code, o.ordinal AS ordinal, o.level AS level, r.order AS order`,
);

/** Where a part stands in what holds it: `at` scenes stand before it there. */
export interface PlaceRow {
  readonly part: string;
  readonly holder: string;
  readonly at: number;
}

/** Of each scene its place in the whole, or in what holds it on a level below that of the whole: a view has none below. */
export const placesOfScenes = query<PlaceRow>(
  'placesOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)<-[r:COLLAPSES|GATHERS]-(o:Occurrence)
   WHERE o.ref = $whole OR (o.level > 0 AND o.level < $level)
   RETURN s.id AS part, o.ref AS holder, coalesce(r.at, r.order) AS at`,
);

/** The same of occurrences above level 0. */
export const placesOfOccurrences = query<PlaceRow>(
  'placesOfOccurrences',
  `UNWIND $refs AS ref MATCH (p:Occurrence {ref: ref})
   MATCH (p)<-[r:COLLAPSES]-(o:Occurrence)
   WHERE o.ref = $whole OR o.level < $level
   RETURN p.ref AS part, o.ref AS holder, r.at AS at`,
);

/** What an occurrence that stands is made of, by keys and in order: how a collapse knows it again. */
export const partUids = query<{ readonly occurrence: string; readonly part: string; readonly order: number }>(
  'partUids',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid})
   MATCH (o)-[r:COLLAPSES]->(p:Occurrence)
   RETURN o.uid AS occurrence, p.uid AS part, r.order AS order ORDER BY order`,
);

export interface BindingRow {
  readonly occurrence: string;
  readonly slot: number;
  readonly agent: string;
}

export const bindingsOf = query<BindingRow>(
  'bindingsOf',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid})
   MATCH (o)-[b:BINDS]->(f:Facet)
   RETURN o.uid AS occurrence, b.slot AS slot, f.key AS agent ORDER BY slot`,
);

/** A scene binds its own agent. */
export const agentsOf = query<{ readonly occurrence: string; readonly agent: string }>(
  'agentsOf',
  `UNWIND $occurrences AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[:AGENT]->(f:Facet)
   RETURN s.uid AS occurrence, f.key AS agent`,
);

export const motifsOfScenes = query<{ readonly scene: string; readonly code: number; readonly ordinal: number }>(
  'motifsOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)<-[:COLLAPSES]-(o:Occurrence)
   WHERE o.level = 1
   RETURN s.id AS scene, o.code AS code, o.ordinal AS ordinal`,
);

/** What a collapse compares with: all occurrences of some levels of a corpus. */
export const layerOccurrences = query<{
  readonly uid: string;
  readonly code: number;
  readonly level: number;
  readonly digest: string;
}>(
  'layerOccurrences',
  `UNWIND $layers AS layer MATCH (o:Occurrence {layer: layer})
   MATCH (o)-[:OF]->(h:Hypertoken)
   RETURN o.uid AS uid, o.code AS code, o.level AS level, h.digest AS digest`,
);

/** Who may be bound: the agents of the scenes themselves. */
export const agentsOfScenes = query<{ readonly scene: string; readonly corpus: string; readonly agent: string | null }>(
  'agentsOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   OPTIONAL MATCH (s)-[:AGENT]->(f:Facet)
   RETURN s.id AS scene, s.corpus AS corpus, f.key AS agent`,
);

export const createOccurrences = query(
  'createOccurrences',
  `UNWIND $rows AS row
   MATCH (h:Hypertoken {uid: row.hypertoken})
   CREATE (:Occurrence {uid: row.uid, workspace: $workspace, corpus: $corpusName, level: $level, layer: $layer,
     code: row.code, ordinal: row.ordinal, ref: row.ref})-[:OF]->(h)`,
);

export const createMembers = query(
  'createMembers',
  `UNWIND $rows AS row
   MATCH (o:Occurrence {uid: row.occurrence})
   MATCH (s:Scene {uid: row.scene})
   CREATE (o)-[:COLLAPSES {order: row.order}]->(s)`,
);

export const createCommunities = query(
  'createCommunities',
  `UNWIND $rows AS row
   MATCH (h:Hypertoken {uid: row.hypertoken})
   CREATE (:Occurrence {uid: row.uid, workspace: $workspace, corpus: $corpusName, level: $level, layer: $layer,
     code: row.code, ordinal: row.ordinal, ref: row.ref, size: row.size, first: row.first})-[:OF]->(h)`,
);

/** With what of a part tells where in the whole its scenes stand. */
export const createParts = query(
  'createParts',
  `UNWIND $rows AS row
   MATCH (o:Occurrence {uid: row.occurrence})
   MATCH (p:Occurrence {uid: row.part})
   CREATE (o)-[:COLLAPSES {order: row.order, at: row.at, size: row.size, first: row.first}]->(p)`,
);

export const createBindings = query(
  'createBindings',
  `UNWIND $rows AS row
   MATCH (o:Occurrence {uid: row.occurrence})
   MATCH (f:Facet {uid: row.agent})
   CREATE (o)-[:BINDS {slot: row.slot}]->(f)`,
);

export const deleteBindings = query(
  'deleteBindings',
  'UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid}) MATCH (o)-[b:BINDS]->(:Facet) DELETE b',
);
