// Words of scenes and facets, looked up by the tokens in `terms`; see also V003__search.embedded.cypher. Words were cut to
// their stems before: the index only parts tokens at white space.

CREATE FULLTEXT INDEX scene_terms IF NOT EXISTS FOR (n:Scene) ON EACH [n.terms]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX facet_terms IF NOT EXISTS FOR (n:Facet) ON EACH [n.terms]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
// Corpus and kind: all facets of a kind.
CREATE INDEX facet_shelf IF NOT EXISTS FOR (n:Facet) ON (n.shelf);
