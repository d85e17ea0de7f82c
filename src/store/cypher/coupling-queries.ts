import { ANY_FACET } from './label.ts';
import { bulkQuery, query } from './query.ts';

/** A coupling with both ends among the scenes is met from each, and counted once. */
export const countCouplingsOf = query<{ readonly count: number }>(
  'countCouplingsOf',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[c:COUPLED_WITH]-(:Scene)
   RETURN count(DISTINCT c) AS count`,
);

export interface CouplingRow {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  /** The reasons as JSON: a list of maps is no property. */
  readonly because: string;
}

/** From the scene asked for, `scene`, to the other; a coupling points from the smaller id to the greater. */
export interface CouplingOfRow {
  readonly scene: string;
  readonly other: string;
  readonly weight: number;
  readonly because: string;
}

/**
 * What leads to nothing but scenes is not asked whether it is one: a fifth of the time.
 *
 * All couplings of the scenes; the heaviest of each are picked behind the store. A subquery that sorts and cuts per
 * scene takes three times as long (6.0 against 2.2 ms for 100 scenes of 5 couplings), and scenes have few.
 */
export const couplingsOfScenes = query<CouplingOfRow>(
  'couplingsOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[c:COUPLED_WITH]-(o)
   RETURN s.id AS scene, o.id AS other, c.weight AS weight, c.because AS because`,
);

/** The same without the reasons, which are most of a row. */
export const neighboursOfScenes = query<Omit<CouplingOfRow, 'because'>>(
  'neighboursOfScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[c:COUPLED_WITH]-(o)
   RETURN s.id AS scene, o.id AS other, c.weight AS weight`,
);

/** Those that lead on from the scenes: whether the other end is among them too is seen behind the store, in a set. */
export const couplingsFromScenes = query<CouplingRow>(
  'couplingsFromScenes',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[c:COUPLED_WITH]->(o)
   RETURN s.id AS a, o.id AS b, c.weight AS weight, c.because AS because`,
);

/** The pair of each row, the smaller id first. */
export const couplingsOfPairs = query<CouplingRow>(
  'couplingsOfPairs',
  `UNWIND $rows AS row
   MATCH (s:Scene {uid: row.a})
   MATCH (s)-[c:COUPLED_WITH]->(o:Scene {uid: row.b})
   RETURN s.id AS a, o.id AS b, c.weight AS weight, c.because AS because`,
);

/** A page of a corpus's couplings lies in few buckets, in the order of the ids. */
export const couplingPage = query<CouplingRow>(
  'couplingPage',
  `UNWIND $buckets AS bucket MATCH (s:Scene {bucket: bucket}) WHERE s.id >= $a
   MATCH (s)-[c:COUPLED_WITH]->(o:Scene)
   WHERE s.id > $a OR o.id > $b
   RETURN s.id AS a, o.id AS b, c.weight AS weight, c.because AS because
   ORDER BY a, b LIMIT $limit`,
);

/** One hop of a search in breadth: what the scenes lead to, each by its heaviest coupling. */
export const couplingHop = query<{ readonly id: string; readonly weight: number }>(
  'couplingHop',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid})
   MATCH (s)-[c:COUPLED_WITH]-(o:Scene)
   WHERE c.weight >= $weightMin
   WITH o.id AS id, max(c.weight) AS weight
   RETURN id, weight ORDER BY weight DESC, id LIMIT $limit`,
);

/** Which of the pairs are coupled; a pair of another corpus is none of this one's. */
export const couplingPairs = query<{ readonly a: string; readonly b: string }>(
  'couplingPairs',
  `UNWIND $rows AS row
   MATCH (a:Scene {uid: row.a}) WHERE a.corpus = $corpusName
   MATCH (a)-[c:COUPLED_WITH]->(b:Scene {uid: row.b})
   RETURN row.a AS a, row.b AS b`,
);

export const createCouplings = bulkQuery(
  'createCouplings',
  `UNWIND $rows AS row
   MATCH (a:Scene {uid: row.a})
   MATCH (b:Scene {uid: row.b})
   CREATE (a)-[:COUPLED_WITH {weight: row.weight, because: row.because}]->(b)`,
);

export const updateCouplings = query(
  'updateCouplings',
  `UNWIND $rows AS row
   MATCH (a:Scene {uid: row.a})
   MATCH (a)-[c:COUPLED_WITH]->(b:Scene {uid: row.b})
   SET c.weight = row.weight, c.because = row.because`,
);

export const deleteCouplings = query(
  'deleteCouplings',
  `UNWIND $rows AS row
   MATCH (a:Scene {uid: row.a})
   MATCH (a)-[c:COUPLED_WITH]->(b:Scene {uid: row.b})
   DELETE c`,
);

/** Each coupling is met once, from its smaller end. */
export const deleteCouplingsOf = query(
  'deleteCouplingsOf',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)-[c:COUPLED_WITH]->(:Scene) DELETE c',
);

/** With {@link deleteCouplingsOf}, all couplings of the scenes. */
export const deleteCouplingsTo = query(
  'deleteCouplingsTo',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) MATCH (s)<-[c:COUPLED_WITH]-(:Scene) DELETE c',
);

/** Which of the scenes do not wait to be coupled. */
export const coupledAmong = query<{ readonly scene: string; readonly document: string }>(
  'coupledAmong',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) WHERE s.uncoupled IS NULL AND s.corpus = $corpusName
   RETURN s.uid AS scene, s.document AS document`,
);

/** Which of the scenes wait to be coupled, by document. */
export const waitingAmong = query<{ readonly id: string; readonly document: string }>(
  'waitingAmong',
  `UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) WHERE s.uncoupled IS NOT NULL AND s.corpus = $corpusName
   RETURN s.id AS id, s.document AS document`,
);

export const markCoupled = query(
  'markCoupled',
  'UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) SET s.uncoupled = null',
);

/** `pending` finds the documents with scenes that wait; a corpus of chats has thousands without. */
export const countDown = query(
  'countDown',
  `UNWIND $rows AS row
   MATCH (d:Document {uid: row.document})
   SET d.uncoupled = d.uncoupled - row.coupled
   SET d.pending = CASE WHEN d.uncoupled > 0 THEN $corpus ELSE null END`,
);

export const pendingDocuments = query<{ readonly uid: string; readonly uncoupled: number }>(
  'pendingDocuments',
  `MATCH (d:Document {pending: $corpus})
   RETURN d.uid AS uid, d.uncoupled AS uncoupled, d.order AS order ORDER BY order LIMIT $limit`,
);

export const uncoupledScenes = query<{ readonly id: string; readonly rank: number }>(
  'uncoupledScenes',
  `UNWIND $documents AS uncoupled MATCH (s:Scene {uncoupled: uncoupled})
   RETURN s.id AS id, s.rank AS rank ORDER BY rank LIMIT $limit`,
);

/** One hop and a count each: 2 ms for a facet of 30,000 scenes. */
export const facetCounts = query<{ readonly uid: string; readonly count: number }>(
  'facetCounts',
  `UNWIND $facets AS uid MATCH (f:Facet {uid: uid})
   RETURN f.uid AS uid, COUNT { (f)<-[:${ANY_FACET}]-(:Scene) } AS count`,
);

export const scenesOfFacets = query<{ readonly facet: string; readonly id: string; readonly rank: number }>(
  'scenesOfFacets',
  `UNWIND $facets AS uid MATCH (f:Facet {uid: uid})
   CALL (f) {
     MATCH (f)<-[:${ANY_FACET}]-(s)
     WITH s ORDER BY s.rank LIMIT $limit
     RETURN s.id AS id, s.rank AS rank
   }
   RETURN f.uid AS facet, id, rank ORDER BY rank`,
);
