import { query } from './query.ts';

export interface AgentRow {
  readonly key: string;
  /** Whom it is merged into; null for one that is not. */
  readonly into: string | null;
  /** The key of the person at the end of its merges; null for one that is not merged. */
  readonly person: string | null;
}

/** The agents that are there, in a scene or in a merge. */
export const agentsByUid = query<AgentRow>(
  'agentsByUid',
  `UNWIND $agents AS uid MATCH (f:Facet {uid: uid})
   OPTIONAL MATCH (f)-[:SAME_AS]->(o:Facet)
   RETURN f.key AS key, o.key AS into, f.person AS person`,
);

/**
 * Whom the aliases among these agents lead to. `person` repeats what the SAME_AS edges say, so that a document is
 * written with one look-up a batch however long the way to the person.
 */
export const personsOfAgents = query<{ readonly alias: string; readonly person: string }>(
  'personsOfAgents',
  `UNWIND $agents AS uid MATCH (f:Facet {uid: uid}) WHERE f.person IS NOT NULL
   RETURN f.key AS alias, f.person AS person`,
);

/** All that lead to a person, directly or by another alias. */
export const aliasesOfPerson = query<{ readonly alias: string; readonly into: string }>(
  'aliasesOfPerson',
  `MATCH (f:Facet {personUid: $personUid})
   MATCH (f)-[:SAME_AS]->(o:Facet)
   RETURN f.key AS alias, o.key AS into`,
);

export interface MergeRow {
  readonly alias: string;
  readonly into: string;
  readonly person: string;
  readonly by: string;
}

/** All of the corpus, to be sorted behind the store, where both engines' orders are one: they are few, since somebody said each of them. */
export const mergesOfCorpus = query<MergeRow>(
  'mergesOfCorpus',
  `MATCH (f:Facet {merged: $corpus})
   MATCH (f)-[r:SAME_AS]->(o:Facet)
   RETURN f.key AS alias, o.key AS into, f.person AS person, r.by AS by`,
);

/** `merged` is what the merges of a corpus are found by. */
export const createMerge = query(
  'createMerge',
  `MATCH (f:Facet {uid: $alias})
   MATCH (o:Facet {uid: $into})
   SET f.merged = $corpus
   CREATE (f)-[:SAME_AS {by: $by}]->(o)`,
);

export const deleteMerge = query(
  'deleteMerge',
  `MATCH (f:Facet {uid: $alias})
   MATCH (f)-[r:SAME_AS]->(:Facet)
   DELETE r`,
);

/** Null for an agent that stands for itself again. */
export const setMerged = query('setMerged', 'MATCH (f:Facet {uid: $agent}) SET f.merged = $corpus');

/** `personUid` is what the aliases of a person are found by. */
export const setPersons = query(
  'setPersons',
  `UNWIND $agents AS uid MATCH (f:Facet {uid: uid})
   SET f.person = $person, f.personUid = $personUid`,
);

/** The edge from a scene to its agent, and what hangs on its being moved. */
export interface AgentEdgeRow {
  readonly scene: string;
  readonly document: string;
  /** The scene does not wait to be coupled. */
  readonly coupled: boolean;
  readonly key: string;
  /** The entity as the reader gave it. */
  readonly own: string;
  readonly order: number;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly by: string;
}

/** Scenes of an agent, of those that the reader gave to one of `$own`; asked again once they are moved, until none is left. */
export const agentEdges = query<AgentEdgeRow>(
  'agentEdges',
  `MATCH (f:Facet {uid: $agent})<-[r:AGENT]-(s:Scene)
   WHERE coalesce(r.own, f.key) IN $own
   RETURN s.uid AS scene, s.document AS document, s.uncoupled IS NULL AS coupled, r.key AS key,
          coalesce(r.own, f.key) AS own, r.order AS order, r.start AS start, r.end AS end,
          r.confidence AS confidence, r.by AS by
   LIMIT $limit`,
);

export const detachAgents = query(
  'detachAgents',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)-[r:AGENT]->(:Facet) DELETE r',
);

/** Scenes of many documents. */
export const markWaiting = query(
  'markWaiting',
  'UNWIND $rows AS row MATCH (s:Scene {uid: row.scene}) SET s.uncoupled = row.document',
);

export const countUp = query(
  'countUp',
  `UNWIND $rows AS row
   MATCH (d:Document {uid: row.document})
   SET d.uncoupled = d.uncoupled + row.waiting, d.pending = $corpus`,
);

/** The agents that merges of a corpus name, when all of it goes; null where the one that it was merged into has gone already. */
export const mergedAgents = query<{ readonly alias: string; readonly into: string | null }>(
  'mergedAgents',
  `MATCH (f:Facet {merged: $corpus})
   OPTIONAL MATCH (f)-[:SAME_AS]->(o:Facet)
   RETURN f.uid AS alias, o.uid AS into LIMIT $limit`,
);

export const deleteAgents = query('deleteAgents', 'UNWIND $agents AS uid MATCH (f:Facet {uid: uid}) DETACH DELETE f');
