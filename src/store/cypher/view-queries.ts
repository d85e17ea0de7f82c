import { bulkQuery, query } from './query.ts';

export interface ViewRow {
  readonly uid: string;
  readonly name: string;
  readonly code: number;
  readonly ordinal: number;
  readonly level: number;
  readonly size: number;
  readonly first: string;
  /** JSON. */
  readonly selection: string;
}

const VIEW = `o.uid AS uid, o.name AS name, o.code AS code, o.ordinal AS ordinal, o.level AS level, o.size AS size,
   o.first AS first, o.selection AS selection`;

/** An occurrence that is a view is known by its name: its key holds it. */
export const viewsByUid = query<ViewRow>(
  'viewsByUid',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid}) RETURN ${VIEW}`,
);

export const viewPage = query<ViewRow>(
  'viewPage',
  `MATCH (o:Occurrence {layer: $layer}) WHERE o.name > $after RETURN ${VIEW} ORDER BY name LIMIT $limit`,
);

/** What a view that stands is compared by. */
export const viewForm = query<{ readonly digest: string }>(
  'viewForm',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid})
   MATCH (o)-[:OF]->(h:Hypertoken)
   RETURN h.digest AS digest`,
);

export const scenesOfViews = query<{ readonly view: string; readonly scene: string; readonly order: number }>(
  'scenesOfViews',
  `UNWIND $occurrences AS uid MATCH (o:Occurrence {uid: uid})
   MATCH (o)-[g:GATHERS]->(s:Scene)
   RETURN uid AS view, s.id AS scene, g.order AS order ORDER BY view, order`,
);

/** The views that hold any of these scenes. */
export const viewsHolding = query<{ readonly uid: string; readonly code: number; readonly name: string }>(
  'viewsHolding',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)<-[:GATHERS]-(o:Occurrence)
   RETURN DISTINCT o.uid AS uid, o.code AS code, o.name AS name`,
);

export const createView = query(
  'createView',
  `UNWIND $rows AS row
   MATCH (h:Hypertoken {uid: row.hypertoken})
   CREATE (:Occurrence {uid: row.uid, workspace: $workspace, corpus: $corpusName, level: $level, layer: $layer,
     code: row.code, ordinal: row.ordinal, ref: row.ref, size: row.size, first: row.first, name: row.name,
     selection: row.selection})-[:OF]->(h)`,
);

export const gatherScenes = bulkQuery(
  'gatherScenes',
  `UNWIND $rows AS row
   MATCH (o:Occurrence {uid: row.occurrence})
   MATCH (s:Scene {uid: row.scene})
   CREATE (o)-[:GATHERS {order: row.order}]->(s)`,
);

export const scenesOfCorpus = query<{ readonly scene: string; readonly corpus: string }>(
  'scenesOfCorpus',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) RETURN s.id AS scene, s.corpus AS corpus',
);

/** Counted like collapses: making a view leaves the revision alone, and a backup must notice every change. */
export const countViewChange = query(
  'countViewChange',
  'MATCH (c:Corpus {uid: $corpus}) SET c.viewChanges = coalesce(c.viewChanges, 0) + 1',
);
