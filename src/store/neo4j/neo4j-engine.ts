import neo4j, { type Driver, type Result, type Session, type Transaction } from 'neo4j-driver';
import { HypersceneError } from '../../errors.ts';
import type { CypherQuery } from '../cypher/query.ts';
import type {
  CypherEngine,
  CypherReader,
  CypherTransaction,
  EngineStatistics,
  RowsOf,
  Stillness,
} from '../cypher-engine.ts';
import { packRows } from '../packed-rows.ts';
import { checkParameters, type Parameters } from '../parameter.ts';
import { WritePipeline } from '../write-pipeline.ts';
import { toBoltMap } from './bolt-value.ts';
import { defineSchema } from './define-schema.ts';
import { fromNeo4jError, isOutOfMemory } from './neo4j-error.ts';
import { type Reading, readWhileStill } from './read-while-still.ts';
import { repeatWhileTransient } from './repeat.ts';

export interface Neo4jEngineOptions {
  readonly driver: Driver;
  /** null: the user's home database. */
  readonly database: string | null;
  /** After which the server ends a read, or the reads of a snapshot together, ms. */
  readonly readTimeout: number;
  /** After which the server ends a writing transaction, ms; a large document is one. */
  readonly writeTimeout: number;
  /** How long a transaction that fails by chance is tried again, ms. */
  readonly retryTimeout: number;
}

/** Readings beside writers, before one keeps the writers waiting: each costs as much as the reading. */
const STILL_TRIES = 3;

/**
 * Neo4j over Bolt. Transactions are repeated when the server says that they may succeed then (deadlock, change of leader,
 * lost connection), but not when they were too large for its memory. All sessions share one bookmark manager, so that in a
 * cluster each reads what any of them wrote before (not tested on a cluster).
 */
export class Neo4jEngine implements CypherEngine {
  readonly dialect = 'neo4j';
  readonly showsCommitsPiecemeal = true;
  readonly #driver: Driver;
  readonly #database: string | undefined;
  readonly #readTimeout: number;
  readonly #writeTimeout: number;
  readonly #retryTimeout: number;
  readonly #bookmarkManager = neo4j.bookmarkManager();
  readonly #underWay = new Set<Promise<unknown>>();
  #reads = 0;
  #writes = 0;
  #closing: Promise<void> | null = null;

  constructor({ driver, database, readTimeout, writeTimeout, retryTimeout }: Neo4jEngineOptions) {
    this.#driver = driver;
    this.#database = database ?? undefined;
    this.#readTimeout = readTimeout;
    this.#writeTimeout = writeTimeout;
    this.#retryTimeout = retryTimeout;
  }

  /** One round trip: the driver sends BEGIN together with the statement. */
  read<Row>(query: CypherQuery<Row>, parameters: Parameters): Promise<readonly Row[]> {
    return this.#track(query.name, async () => {
      checkParameters(parameters);
      this.#reads += 1;
      return this.#driver.executeQuery<readonly Row[]>(query.text, toBoltMap(parameters), {
        routing: neo4j.routing.READ,
        bookmarkManager: this.#bookmarkManager,
        transactionConfig: { timeout: this.#readTimeout },
        resultTransformer: (result) => rowsOf<Row>(result).catch(unrepeatable(query.name)),
        ...(this.#database === undefined ? {} : { database: this.#database }),
      });
    });
  }

  snapshot<T>(work: (view: CypherReader) => Promise<T>, still?: Stillness): Promise<T> {
    return this.#snapshot({ work, sentAtOnce: false }, still);
  }

  readTogether<Queries extends readonly CypherQuery<unknown>[]>(
    queries: Queries,
    parameters: Parameters,
    still?: Stillness,
  ): Promise<RowsOf<Queries>> {
    const work = (view: CypherReader) => Promise.all(queries.map((query) => view.read(query, parameters)));
    return this.#snapshot({ work, sentAtOnce: true }, still) as Promise<RowsOf<Queries>>;
  }

  async #snapshot<T>(reading: Reading<T>, still: Stillness | undefined): Promise<T> {
    if (still === undefined) return this.#readOnce((view) => reading.work(view));
    for (let attempt = 1; attempt <= STILL_TRIES; attempt++) {
      const found = await this.#readOnce((view) => readWhileStill(view, reading, still));
      if (found.still) return found.value;
    }
    return this.#hold(reading.work, still, this.#readTimeout);
  }

  #readOnce<T>(work: (view: CypherReader) => Promise<T>): Promise<T> {
    return this.#track('snapshot', () =>
      this.#withSession(neo4j.session.READ, (session) =>
        this.#transact(session, this.#readTimeout, (transaction) => work(this.#reader(transaction))),
      ),
    );
  }

  hold<T>(work: (view: CypherReader) => Promise<T>, still: Stillness): Promise<T> {
    return this.#hold(work, still, this.#writeTimeout);
  }

  /** What a process wrote that died before it said so is settled now. */
  #hold<T>(work: (view: CypherReader) => Promise<T>, { settle, parameters }: Stillness, timeout: number): Promise<T> {
    return this.#track('hold', () =>
      this.#withSession(neo4j.session.WRITE, (session) =>
        this.#transact(session, timeout, async (transaction) => {
          await transaction.run(settle.text, toBoltMap(parameters));
          return work(this.#reader(transaction));
        }),
      ),
    );
  }

  write<T>(work: (transaction: CypherTransaction) => Promise<T>, still?: Stillness): Promise<T> {
    return this.#track('write', () =>
      this.#withSession(neo4j.session.WRITE, async (session) => {
        const written = await this.#transact(session, this.#writeTimeout, async (transaction) => {
          const pipeline = new WritePipeline();
          const result = await work(this.#writer(transaction, pipeline));
          await pipeline.settle();
          return result;
        });
        if (still !== undefined) await this.#settle(session, still);
        return written;
      }),
    );
  }

  /** What was written is durable whether or not this succeeds: where it does not, a reader does it. */
  async #settle(session: Session, { settle, parameters }: Stillness): Promise<void> {
    await this.#transact(session, this.#readTimeout, (transaction) =>
      transaction.run(settle.text, toBoltMap(parameters)),
    ).catch(() => undefined);
  }

  #transact<T>(session: Session, timeout: number, work: (transaction: Running) => Promise<T>): Promise<T> {
    return repeatWhileTransient(() => attempt(session, timeout, work), this.#retryTimeout);
  }

  /** In a transaction of its own, which the driver repeats: processes that define the same at once deadlock on the label. */
  define(query: CypherQuery<never>): Promise<void> {
    return this.#track(query.name, () =>
      this.#withSession(neo4j.session.WRITE, async (session) => {
        this.#writes += 1;
        await defineSchema(session, query.text, this.#writeTimeout);
      }),
    );
  }

  #reader(transaction: Running): CypherReader {
    return {
      read: <Row>(query: CypherQuery<Row>, parameters: Parameters) => {
        checkParameters(parameters);
        this.#reads += 1;
        return rowsOf<Row>(transaction.run(query.text, toBoltMap(parameters)));
      },
    };
  }

  #writer(transaction: Running, pipeline: WritePipeline): CypherTransaction {
    const reader = this.#reader(transaction);
    return {
      read: (query, parameters) => pipeline.read(() => reader.read(query, parameters)),
      write: (query, parameters) =>
        pipeline.write(async () => {
          checkParameters(parameters);
          this.#writes += 1;
          const sent = packRows(query, parameters);
          await transaction.run(sent.text, toBoltMap(sent.parameters));
        }),
    };
  }

  async #withSession<T>(defaultAccessMode: 'READ' | 'WRITE', work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#driver.session({
      defaultAccessMode,
      bookmarkManager: this.#bookmarkManager,
      ...(this.#database === undefined ? {} : { database: this.#database }),
    });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }

  /** Errors get their code out here, where nothing is repeated any more. */
  async #track<T>(name: string, act: () => Promise<T>): Promise<T> {
    if (this.#closing !== null) throw new HypersceneError('STORE_CLOSED', 'the store is closed');
    const working = act();
    this.#underWay.add(working);
    try {
      return await working;
    } catch (error) {
      throw fromNeo4jError(error, name);
    } finally {
      this.#underWay.delete(working);
    }
  }

  /** Other processes write to the same server. */
  generation(): null {
    return null;
  }

  statistics(): EngineStatistics {
    return { reads: this.#reads, writes: this.#writes };
  }

  close(): Promise<void> {
    this.#closing ??= Promise.allSettled([...this.#underWay]).then(() => this.#driver.close());
    return this.#closing;
  }
}

/** The driver repeats by its own classes of errors: what it must not repeat it must not know as one of them. */
const unrepeatable =
  (at: string) =>
  (error: unknown): never => {
    throw isOutOfMemory(error) ? fromNeo4jError(error, at) : error;
  };

type Running = Pick<Transaction, 'run'>;

const attempt = async <T>(
  session: Session,
  timeout: number,
  work: (transaction: Running) => Promise<T>,
): Promise<T> => {
  // Not awaited: BEGIN goes with the first statement, which spares a round trip, and its failure is the statement's.
  const transaction = session.beginTransaction({ timeout });
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    // The error that led here is the one to tell.
    if (transaction.isOpen()) await transaction.rollback().catch(() => undefined);
    throw error;
  }
};

/** Rows as plain objects. Awaited as a whole: record by record a single look-up takes a fifth longer, and all are kept anyway. */
const rowsOf = async <Row>(result: Result): Promise<readonly Row[]> => {
  const { records } = await result;
  return records.map((record) => record.toObject() as Row);
};
