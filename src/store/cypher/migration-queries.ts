import { query } from './query.ts';

/**
 * What was done to the graph, once for each file of `migrations/`. These nodes and the lock belong to the whole graph: the
 * only ones that no workspace has.
 */
export interface MigrationRow {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
}

export const appliedMigrations = query<MigrationRow>(
  'appliedMigrations',
  `MATCH (m:Migration)
   WHERE m.version > 0
   RETURN m.version AS version, m.name AS name, m.checksum AS checksum, m.appliedAt AS appliedAt ORDER BY version`,
);

/** Holds the node's lock until the transaction ends, so that of several processes one migrates and the rest find it done. */
export const lockMigrations = query(
  'lockMigrations',
  "MERGE (m:Migration {uid: 'lock'}) ON CREATE SET m.version = 0, m.turns = 0 SET m.turns = m.turns + 1",
);

export const recordMigration = query(
  'recordMigration',
  `CREATE (:Migration {uid: $uid, version: $version, name: $name, checksum: $checksum, appliedAt: $appliedAt})`,
);

/** Before there can be a lock: two processes that MERGE it at once must meet at the constraint. */
export const MIGRATION_SCHEMA = [
  query(
    'migrationUnique',
    'CREATE CONSTRAINT migration_uid_unique IF NOT EXISTS FOR (n:Migration) REQUIRE n.uid IS UNIQUE',
  ),
  query('migrationIndex', 'CREATE INDEX migration_uid IF NOT EXISTS FOR (n:Migration) ON (n.uid)'),
] as const;
