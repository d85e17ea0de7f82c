import neo4j from 'neo4j-driver';
import type { CypherQuery } from '../../src/store/cypher/query.ts';
import type { CypherEngine, CypherReader, CypherTransaction } from '../../src/store/cypher-engine.ts';
import { EmbeddedEngine } from '../../src/store/embedded/embedded-engine.ts';
import { migrate } from '../../src/store/migrate.ts';
import { loadMigrations } from '../../src/store/migration-files.ts';
import { Neo4jEngine } from '../../src/store/neo4j/neo4j-engine.ts';
import type { Parameters } from '../../src/store/parameter.ts';
import { sharedServer } from '../neo4j/shared-server.ts';

const openEmbedded = async (path: string): Promise<CypherEngine> => {
  const engine = await EmbeddedEngine.open(path);
  await migrate(engine, await loadMigrations('embedded'));
  return engine;
};

const openNeo4j = async (): Promise<CypherEngine> => {
  const { uri, user, password } = await sharedServer();
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const engine = new Neo4jEngine({
    driver,
    database: null,
    readTimeout: 60_000,
    writeTimeout: 300_000,
    retryTimeout: 30_000,
  });
  await migrate(engine, await loadMigrations('neo4j'));
  return engine;
};

/** Both engines below the store's port, migrated. */
export const ENGINES: readonly {
  readonly kind: 'embedded' | 'neo4j';
  readonly open: (path: string) => Promise<CypherEngine>;
}[] = [
  { kind: 'embedded', open: openEmbedded },
  { kind: 'neo4j', open: openNeo4j },
];

/** The engine, with another way to write. */
export const writingBy = (engine: CypherEngine, write: CypherEngine['write']): CypherEngine => ({
  dialect: engine.dialect,
  showsCommitsPiecemeal: engine.showsCommitsPiecemeal,
  read: (query, parameters) => engine.read(query, parameters),
  snapshot: (work, still) => engine.snapshot(work, still),
  hold: (work, still) => engine.hold(work, still),
  readTogether: (queries, parameters, still) => engine.readTogether(queries, parameters, still),
  write,
  define: (statement) => engine.define(statement),
  statistics: () => engine.statistics(),
  generation: () => engine.generation(),
  close: () => engine.close(),
});

export type Listener = (statement: CypherQuery<unknown>, parameters: Parameters) => void;

/** The engine, with someone who hears of every statement before it is sent. */
export const overheard = (engine: CypherEngine, listener: Listener): CypherEngine => {
  const reader = (view: CypherReader): CypherReader => ({
    read: (query, parameters) => {
      listener(query, parameters);
      return view.read(query, parameters);
    },
  });
  const writer = (transaction: CypherTransaction): CypherTransaction => ({
    ...reader(transaction),
    write: (query, parameters) => {
      listener(query, parameters);
      return transaction.write(query, parameters);
    },
  });
  return {
    ...reader(engine),
    dialect: engine.dialect,
    showsCommitsPiecemeal: engine.showsCommitsPiecemeal,
    snapshot: (work, still) => engine.snapshot((view) => work(reader(view)), still),
    hold: (work, still) => engine.hold((view) => work(reader(view)), still),
    readTogether: (queries, parameters, still) => {
      for (const query of queries) listener(query, parameters);
      return engine.readTogether(queries, parameters, still);
    },
    write: (work, still) => engine.write((transaction) => work(writer(transaction)), still),
    define: (statement) => {
      listener(statement, {});
      return engine.define(statement);
    },
    statistics: () => engine.statistics(),
    generation: () => engine.generation(),
    close: () => engine.close(),
  };
};
