// Words of scenes and facets, looked up by the tokens in `terms`; see also V003__search.neo4j.cypher.

CREATE INDEX scene_terms IF NOT EXISTS FOR (n:Scene) ON (n.terms) USING TEXT;
CREATE INDEX facet_terms IF NOT EXISTS FOR (n:Facet) ON (n.terms) USING TEXT;
// Corpus and kind: all facets of a kind.
CREATE INDEX facet_shelf IF NOT EXISTS FOR (n:Facet) ON (n.shelf);
