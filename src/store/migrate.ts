import { HypersceneError } from '../errors.ts';
import {
  appliedMigrations,
  lockMigrations,
  MIGRATION_SCHEMA,
  type MigrationRow,
  recordMigration,
} from './cypher/migration-queries.ts';
import type { CypherEngine, CypherReader } from './cypher-engine.ts';
import type { Migration } from './migration-files.ts';

/** What is known of one migration, by its file, by the graph, or by both. */
export interface MigrationStatus {
  readonly version: number;
  readonly name: string;
  readonly state: 'applied' | 'pending' | 'changed' | 'unknown';
  /** Of the file; null where there is none, as for what a newer version of the program applied. */
  readonly checksum: string | null;
  /** As recorded; null while pending. */
  readonly appliedChecksum: string | null;
  /** ISO 8601, UTC; null while pending. */
  readonly appliedAt: string | null;
}

/** A graph's migrations, of an engine that may not serve yet. */
export interface Migrator {
  /** The store, for people. */
  readonly location: string;
  status(): Promise<readonly MigrationStatus[]>;
  /** Applies what is pending. @returns what it applied, in order */
  apply(): Promise<readonly MigrationStatus[]>;
  close(): Promise<void>;
}

/** Of every migration, in order. */
export const migrationStatus = async (
  reader: CypherReader,
  migrations: readonly Migration[],
): Promise<readonly MigrationStatus[]> => {
  const applied = new Map((await reader.read(appliedMigrations, {})).map((row) => [row.version, row]));
  const known = migrations.map((migration) => statusOf(migration, applied.get(migration.version)));
  const unknown = [...applied.values()].filter(({ version }) => version > migrations.length).map(unknownStatus);
  return [...known, ...unknown];
};

const statusOf = ({ version, name, checksum }: Migration, row: MigrationRow | undefined): MigrationStatus => {
  if (row === undefined) return { version, name, state: 'pending', checksum, appliedChecksum: null, appliedAt: null };
  const state = row.checksum === checksum ? 'applied' : 'changed';
  return { version, name, state, checksum, appliedChecksum: row.checksum, appliedAt: row.appliedAt };
};

const unknownStatus = ({ version, name, checksum, appliedAt }: MigrationRow): MigrationStatus => ({
  version,
  name,
  state: 'unknown',
  checksum: null,
  appliedChecksum: checksum,
  appliedAt,
});

const numberOf = (version: number): string => `V${String(version).padStart(3, '0')}`;

/**
 * Throws for what must not be: a file that changed after it was applied, a graph that a newer version wrote.
 * @throws HypersceneError MIGRATION_CHANGED, STORE_UNREADABLE
 */
export const checkMigrations = (statuses: readonly MigrationStatus[]): void => {
  for (const { version, name, state, checksum, appliedChecksum } of statuses) {
    const at = `${numberOf(version)}__${name}`;
    if (state === 'unknown')
      throw new HypersceneError('STORE_UNREADABLE', 'the store was written by a newer version of the program', {
        expected: `no migration beyond ${numberOf(statuses.filter((one) => one.state !== 'unknown').length)}`,
        came: at,
      });
    if (state === 'changed')
      throw new HypersceneError('MIGRATION_CHANGED', 'a migration changed after it was applied', {
        at,
        expected: `SHA-256 ${appliedChecksum}`,
        came: `${checksum}; put the file back as it was, and the change into a new one`,
      });
  }
};

/**
 * Applies what is pending, in order. Of several processes that start at once one does it while the rest wait. A migration
 * is recorded after its last statement: one that was cut short is done again, so each of its statements may be repeated.
 * @returns what this call applied
 * @throws HypersceneError MIGRATION_CHANGED, STORE_UNREADABLE, STORE_FAILED
 */
export const migrate = async (
  engine: CypherEngine,
  migrations: readonly Migration[],
  now: () => Date = () => new Date(),
): Promise<readonly MigrationStatus[]> => {
  const before = await migrationStatus(engine, migrations);
  checkMigrations(before);
  if (before.every(({ state }) => state === 'applied')) return [];
  for (const statement of MIGRATION_SCHEMA) await engine.define(statement);
  await engine.write((transaction) => transaction.write(lockMigrations, {}));
  return engine.write(async (transaction) => {
    await transaction.write(lockMigrations, {});
    const statuses = await migrationStatus(transaction, migrations);
    checkMigrations(statuses);
    const pending = migrations.filter((_, i) => statuses[i]?.state === 'pending');
    for (const { version, name, checksum, statements } of pending) {
      for (const statement of statements) await engine.define(statement);
      const uid = numberOf(version);
      await transaction.write(recordMigration, { uid, version, name, checksum, appliedAt: now().toISOString() });
    }
    const done = new Set(pending.map(({ version }) => version));
    return (await migrationStatus(transaction, migrations)).filter(({ version }) => done.has(version));
  });
};
