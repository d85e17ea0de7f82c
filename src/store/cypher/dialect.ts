/** Which Cypher a store speaks, where the two differ: full-text indexes and what looks words up in them. */
export type Dialect = 'embedded' | 'neo4j';
