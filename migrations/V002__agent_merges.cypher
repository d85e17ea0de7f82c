// Merges of agents: the node of an alias leads to another by SAME_AS.

// The corpus, on every alias: its merges are listed by it.
CREATE INDEX facet_merged IF NOT EXISTS FOR (n:Facet) ON (n.merged);
// The key of the person that an alias leads to: all aliases of a person are found by it.
CREATE INDEX facet_person_uid IF NOT EXISTS FOR (n:Facet) ON (n.personUid);
