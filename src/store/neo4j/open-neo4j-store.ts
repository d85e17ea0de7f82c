import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import neo4j, { type AuthToken, type Driver, type Config as DriverConfig } from 'neo4j-driver';
import { HypersceneError } from '../../errors.ts';
import { query } from '../cypher/query.ts';
import { createCypherDatabase } from '../cypher-graph-store.ts';
import type { GraphDatabase } from '../graph-store.ts';
import { type Migrator, migrate, migrationStatus } from '../migrate.ts';
import { loadMigrations } from '../migration-files.ts';
import { Neo4jEngine } from './neo4j-engine.ts';
import { fromNeo4jError } from './neo4j-error.ts';

export type Neo4jCredentials =
  | { readonly type: 'password'; readonly user: string; readonly password: string }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'none' };

export interface Neo4jStoreOptions {
  /** `neo4j://` routes in a cluster, `bolt://` goes to one server; `+s` for TLS with a known authority, `+ssc` with any certificate. */
  readonly uri: string;
  readonly credentials: Neo4jCredentials;
  /** null: the user's home database. */
  readonly database: string | null;
  /** A PEM file with the authority that signed the server's certificate; only with a scheme without `+s` or `+ssc`. */
  readonly caFile: string | null;
  /** Connections at most, to each server. */
  readonly poolMax: number;
  /** ms */
  readonly connectTimeout: number;
  /** ms, see `Neo4jEngineOptions` */
  readonly readTimeout: number;
  readonly writeTimeout: number;
  /** How long a transaction that fails by chance is tried again, ms. */
  readonly retryTimeout: number;
}

/** `CALL (f) { … }` came with 5.23. */
const SERVER = { major: 5, minor: 23, text: 'Neo4j 5.23 or later' } as const;
/** Rows the driver holds of a result before it stops asking for more. */
const FETCH_SIZE = 2000;
/** A connection idle for longer is tried before it is used: firewalls drop them silently. */
const LIVENESS_CHECK_AFTER = 60_000;
const INDEXES_ONLINE = query('indexesOnline', 'CALL db.awaitIndexes(3600)');

/**
 * Connects to Neo4j and migrates the graph.
 * @throws HypersceneError STORE_UNREACHABLE, STORE_TLS, STORE_DENIED, STORE_UNREADABLE for a server that is too old or a graph of a newer
 * version, MIGRATION_CHANGED, UNREADABLE_FILE, BAD_CONFIG
 */
export const openNeo4jStore = async (options: Neo4jStoreOptions): Promise<GraphDatabase> => {
  const { engine, location } = await connect(options);
  try {
    const applied = await migrate(engine, await loadMigrations('neo4j'));
    if (applied.length > 0) await engine.define(INDEXES_ONLINE);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return createCypherDatabase({ kind: 'neo4j', location, engine, close: () => engine.close() });
};

/** Connects to Neo4j and leaves the graph as it is. @throws HypersceneError as {@link openNeo4jStore} */
export const openNeo4jMigrator = async (options: Neo4jStoreOptions): Promise<Migrator> => {
  const migrations = await loadMigrations('neo4j');
  const { engine, location } = await connect(options);
  return {
    location,
    status: () => migrationStatus(engine, migrations),
    apply: async () => {
      const applied = await migrate(engine, migrations);
      if (applied.length > 0) await engine.define(INDEXES_ONLINE);
      return applied;
    },
    close: () => engine.close(),
  };
};

interface Connection {
  readonly engine: Neo4jEngine;
  readonly location: string;
}

const connect = async (options: Neo4jStoreOptions): Promise<Connection> => {
  const { uri, database, readTimeout, writeTimeout, retryTimeout } = options;
  const location = database === null ? uri : `${uri} (${database})`;
  const driver = await createDriver(options);
  try {
    await checkServer(driver, database);
  } catch (error) {
    await driver.close();
    throw fromNeo4jError(error, location);
  }
  return { engine: new Neo4jEngine({ driver, database, readTimeout, writeTimeout, retryTimeout }), location };
};

const createDriver = async (options: Neo4jStoreOptions): Promise<Driver> => {
  const { uri, caFile, poolMax, connectTimeout, retryTimeout } = options;
  if (caFile !== null) await checkCertificate(caFile);
  const config: DriverConfig = {
    userAgent: 'hyperscene',
    // Whole numbers are checked to be below 2^53 before they are written.
    disableLosslessIntegers: true,
    maxConnectionPoolSize: poolMax,
    connectionTimeout: connectTimeout,
    connectionAcquisitionTimeout: connectTimeout * 2,
    connectionLivenessCheckTimeout: LIVENESS_CHECK_AFTER,
    maxTransactionRetryTime: retryTimeout,
    fetchSize: FETCH_SIZE,
    telemetryDisabled: true,
    ...(caFile === null
      ? {}
      : {
          encrypted: 'ENCRYPTION_ON' as const,
          trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES' as const,
          trustedCertificates: [caFile],
        }),
  };
  try {
    return neo4j.driver(uri, authToken(options.credentials), config);
  } catch (error) {
    throw new HypersceneError('BAD_CONFIG', 'bad address of the Neo4j server', { came: String(error), cause: error });
  }
};

const CERTIFICATE = /-----BEGIN (?<kind>(?:TRUSTED |X509 )?CERTIFICATE)-----[^-]*-----END \k<kind>-----/gu;

/** The driver takes a file without one for an authority that signed nobody, and says of every server that it does not answer. */
const checkCertificate = async (path: string): Promise<void> => {
  const text = await readFile(path, 'latin1').catch((error: unknown) => {
    throw new HypersceneError('UNREADABLE_FILE', 'the certificate of the authority cannot be read', {
      at: path,
      cause: error,
    });
  });
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return;
  throw new HypersceneError('BAD_CONFIG', 'the file of the authority is none', {
    at: path,
    expected: 'certificates in PEM, -----BEGIN CERTIFICATE-----',
    came: certificates.length === 0 ? 'none' : 'one that cannot be parsed',
  });
};

const isCertificate = (pem: string): boolean => {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
};

const authToken = (credentials: Neo4jCredentials): AuthToken | undefined => {
  switch (credentials.type) {
    case 'password':
      return neo4j.auth.basic(credentials.user, credentials.password);
    case 'token':
      return neo4j.auth.bearer(credentials.token);
    case 'none':
      return undefined;
  }
};

const checkServer = async (driver: Driver, database: string | null): Promise<void> => {
  const { agent } = await driver.getServerInfo(database === null ? {} : { database });
  const [, major, minor] = /^Neo4j\/(\d+)\.(\d+)/u.exec(agent ?? '') ?? [];
  const recent = Number(major) > SERVER.major || (Number(major) === SERVER.major && Number(minor) >= SERVER.minor);
  if (!recent)
    throw new HypersceneError('STORE_UNREADABLE', 'this server is not one the store works with', {
      expected: SERVER.text,
      came: agent ?? 'a server without a version',
    });
};
