declare const row: unique symbol;

/**
 * A Cypher text with a name for logs and metrics, and the type of the rows it returns.
 *
 * Every text is fixed: no caller's words are ever part of one, and nothing unbounded runs, since the embedded engine
 * knows no time-out. Each is valid on Neo4j 5.26 and on Grafeo 0.6.0, hence without: two-hop patterns (they are split by
 * WITH, because Grafeo 0.6.0 panics past 65,535 rows in one), `collect(x)[0..n]`, `(n:A|B)`, inline node WHERE,
 * quantified paths, `COLLECT {}`, `CREATE (n $map)`, dynamic labels, `OPTIONAL MATCH … SET/DELETE`, `sum()` of what may
 * be nothing, `MERGE` on what may be null. A pattern begins at the node that is bound: Grafeo goes from left to right, and
 * `(d:Document)-[:HAS_SCENE]->(s)` with `s` bound takes 15 s for 1,000 scenes of 100,000, `(s)<-[:HAS_SCENE]-(d)` 5 ms. Many
 * nodes are looked up by `UNWIND $uids AS uid MATCH (n {uid: uid})`, 18 ms for 5,000: `n.uid IN $uids` takes 170, growing with
 * the square.
 */
export interface CypherQuery<Row> {
  readonly name: string;
  readonly text: string;
  /** Its `$rows` are many and flat: they go as lists, see `packRows`. */
  readonly bulk?: true;
  readonly [row]?: Row;
}

export const query = <Row = never>(name: string, text: string): CypherQuery<Row> => Object.freeze({ name, text });

/** For what writes much: `$rows` of which the text says `row.key`, and nothing of a row as a whole. */
export const bulkQuery = (name: string, text: string): CypherQuery<never> =>
  Object.freeze({ name, text, bulk: true as const });
