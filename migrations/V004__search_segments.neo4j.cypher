// Tokens of scenes are marked with the segment of their document, 64 documents each: see src/store/cypher-store/search-segment.ts.
// A token was 16 hex digits before; those that have a mark already are left as they are.

MATCH (d:Document)-[:HAS_SCENE]->(s:Scene)
  WHERE substring(s.terms + ' ', 16, 1) = ' '
  WITH s, substring('ghijklmnopqrstuv', (d.order / 64 / 65536) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 4096) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 256) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64 / 16) % 16, 1)
       + substring('ghijklmnopqrstuv', (d.order / 64) % 16, 1) AS mark
  CALL (s, mark) { SET s.terms = replace(s.terms, ' ', mark + ' ') + mark } IN TRANSACTIONS OF 10000 ROWS;
