import type { Dialect } from './cypher/dialect.ts';
import type { CypherQuery } from './cypher/query.ts';
import type { Parameters } from './parameter.ts';

/** Something that answers named Cypher texts as of one state of the graph. */
export interface CypherReader {
  /** @throws HypersceneError BAD_ARGUMENT for a parameter that {@link Parameters} does not allow, STORE_FAILED, STORE_CLOSED */
  read<Row>(query: CypherQuery<Row>, parameters: Parameters): Promise<readonly Row[]>;
}

/**
 * One transaction: what it reads is what it wrote. `write` resolves when the next statement may be sent, which need not
 * wait for the answer; a statement that fails rejects a later call, and the transaction.
 */
export interface CypherTransaction extends CypherReader {
  write(query: CypherQuery<unknown>, parameters: Parameters): Promise<void>;
}

/**
 * The port below the graph store: an engine runs named Cypher texts and knows nothing of scenes. The same texts serve
 * every engine, so an engine differs only in transport, transactions and errors; and in how words are looked up.
 */
export interface CypherEngine extends CypherReader {
  readonly dialect: Dialect;
  /** A reader may meet a half of what another commits: what reads or writes together needs {@link Stillness}. */
  readonly showsCommitsPiecemeal: boolean;
  /**
   * Reads that belong together, of one state of the graph. The embedded engine has such; Neo4j reads committed data, so
   * the reads, if not one of them alone, may stand on either side of a write: there `work` is called again until `still`
   * shows that nothing was written meanwhile.
   */
  snapshot<T>(work: (view: CypherReader) => Promise<T>, still?: Stillness): Promise<T>;
  /** A snapshot during which whatever writes to the same part of the graph waits; for what cannot be read anew. */
  hold<T>(work: (view: CypherReader) => Promise<T>, still: Stillness): Promise<T>;
  /** A snapshot of some texts with the same parameters, which costs one way there and back. */
  readTogether<Queries extends readonly CypherQuery<unknown>[]>(
    queries: Queries,
    parameters: Parameters,
    still?: Stillness,
  ): Promise<RowsOf<Queries>>;
  /**
   * Commits when `work` resolves and is durable when this promise resolves; rolls back when `work` rejects, and rejects
   * with the same error. The embedded engine runs one transaction at a time; Neo4j several, and may call `work` again
   * after a conflict or a lost connection, so `work` must be able to begin anew. It must not call `write` itself: it would
   * wait for itself for ever.
   */
  write<T>(work: (transaction: CypherTransaction) => Promise<T>, still?: Stillness): Promise<T>;
  /** A statement about constraints and indexes, on its own: such a one stands in no transaction with others. */
  define(statement: CypherQuery<never>): Promise<void>;
  statistics(): EngineStatistics;
  /**
   * Grows with every write of this engine: what was read as of it holds until it grows. Null where others may write beside it, so
   * that nothing holds for longer than a snapshot.
   */
  generation(): number | null;
  /** Waits for what is under way, then for the disk. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * How it is known that a part of the graph stood still while it was read, where a commit becomes visible piece by piece.
 * Each transaction that writes counts one, and so locks the counter until all of it is visible; another one after it says
 * that it is. A seqlock (Lameter 2005): it stood still if both counts were equal before and the same afterwards.
 */
export interface Stillness {
  readonly state: CypherQuery<{ readonly writes: number; readonly settled: number | null }>;
  /** Waits for who writes, and says that what it wrote is visible. */
  readonly settle: CypherQuery<unknown>;
  readonly parameters: Parameters;
}

/** The rows of each query, in their order. */
export type RowsOf<Queries extends readonly CypherQuery<unknown>[]> = {
  readonly [Index in keyof Queries]: Queries[Index] extends CypherQuery<infer Row> ? readonly Row[] : never;
};

/** Statements sent since opening. */
export interface EngineStatistics {
  readonly reads: number;
  readonly writes: number;
}
