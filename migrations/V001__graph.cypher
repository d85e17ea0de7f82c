// Keys and look-ups of the graph.
//
// Every statement of a migration may be run again, so that one that was cut short is made good. A file that was applied
// once is never changed: a change is a new file.
//
// A constraint first, then an index on the same key: on Neo4j the index changes nothing, on the embedded engine a look-up
// without it is 200 times slower. All look-ups are for equality: the embedded engine's indexes know no ranges.

CREATE CONSTRAINT workspace_uid_unique IF NOT EXISTS FOR (n:Workspace) REQUIRE n.uid IS UNIQUE;
CREATE INDEX workspace_uid IF NOT EXISTS FOR (n:Workspace) ON (n.uid);

CREATE CONSTRAINT corpus_uid_unique IF NOT EXISTS FOR (n:Corpus) REQUIRE n.uid IS UNIQUE;
CREATE INDEX corpus_uid IF NOT EXISTS FOR (n:Corpus) ON (n.uid);
CREATE INDEX corpus_workspace IF NOT EXISTS FOR (n:Corpus) ON (n.workspace);

CREATE CONSTRAINT document_uid_unique IF NOT EXISTS FOR (n:Document) REQUIRE n.uid IS UNIQUE;
CREATE INDEX document_uid IF NOT EXISTS FOR (n:Document) ON (n.uid);
// The corpus, while scenes of the document wait to be coupled.
CREATE INDEX document_pending IF NOT EXISTS FOR (n:Document) ON (n.pending);

CREATE CONSTRAINT chunk_uid_unique IF NOT EXISTS FOR (n:Chunk) REQUIRE n.uid IS UNIQUE;
CREATE INDEX chunk_uid IF NOT EXISTS FOR (n:Chunk) ON (n.uid);

CREATE CONSTRAINT scene_uid_unique IF NOT EXISTS FOR (n:Scene) REQUIRE n.uid IS UNIQUE;
CREATE INDEX scene_uid IF NOT EXISTS FOR (n:Scene) ON (n.uid);
// Document and position: a page of a corpus is as many exact look-ups.
CREATE INDEX scene_place IF NOT EXISTS FOR (n:Scene) ON (n.place);
// The first two digits of the id: couplings are paged by id.
CREATE INDEX scene_bucket IF NOT EXISTS FOR (n:Scene) ON (n.bucket);
// The document, while the scene waits to be coupled.
CREATE INDEX scene_uncoupled IF NOT EXISTS FOR (n:Scene) ON (n.uncoupled);

CREATE CONSTRAINT facet_uid_unique IF NOT EXISTS FOR (n:Facet) REQUIRE n.uid IS UNIQUE;
CREATE INDEX facet_uid IF NOT EXISTS FOR (n:Facet) ON (n.uid);

CREATE CONSTRAINT hypertoken_uid_unique IF NOT EXISTS FOR (n:Hypertoken) REQUIRE n.uid IS UNIQUE;
CREATE INDEX hypertoken_uid IF NOT EXISTS FOR (n:Hypertoken) ON (n.uid);
CREATE INDEX hypertoken_key IF NOT EXISTS FOR (n:Hypertoken) ON (n.key);
CREATE INDEX hypertoken_workspace IF NOT EXISTS FOR (n:Hypertoken) ON (n.workspace);

CREATE CONSTRAINT occurrence_uid_unique IF NOT EXISTS FOR (n:Occurrence) REQUIRE n.uid IS UNIQUE;
CREATE INDEX occurrence_uid IF NOT EXISTS FOR (n:Occurrence) ON (n.uid);
CREATE INDEX occurrence_ref IF NOT EXISTS FOR (n:Occurrence) ON (n.ref);
// Corpus and level, above level 0.
CREATE INDEX occurrence_layer IF NOT EXISTS FOR (n:Occurrence) ON (n.layer);
