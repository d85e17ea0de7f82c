// Tokens of scenes are marked with the segment of their document, 64 documents each: see src/store/cypher-store/search-segment.ts.
// A token was 16 hex digits before; those that have a mark already are left as they are.
//
// The index is dropped first and made anew: keeping it up to date takes longer the more there is, 6 s for 20,000 scenes, and
// making it 0.1 s.

DROP INDEX scene_terms IF EXISTS;

MATCH (d:Document)-[:HAS_SCENE]->(s:Scene)
  WHERE substring(s.terms + ' ', 16, 1) = ' '
  WITH s, substring('ghijklmnopqrstuv', (d.order / 64 / 65536) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 4096) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 256) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 16) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64) % 16, 1) AS mark
  SET s.terms = replace(s.terms, ' ', mark + ' ') + mark;
CREATE INDEX scene_terms IF NOT EXISTS FOR (n:Scene) ON (n.terms) USING TEXT;
