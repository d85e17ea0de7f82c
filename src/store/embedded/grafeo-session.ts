import grafeo, { type GrafeoDB, type QueryResult, type Transaction } from '@grafeo-db/js';
import { HypersceneError } from '../../errors.ts';
import type { SentParameters } from '../packed-rows.ts';
import { EndedNumbers } from './ended-numbers.ts';
import { fromGrafeoError } from './grafeo-error.ts';
import { OrderedTransaction } from './ordered-transaction.ts';
import type { Statement } from './protocol.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** When the database writes its log into its file: a log of 16 MB is replayed in under a second at the next opening. */
const CHECKPOINT = { walBytes: 16_000_000, intervalMs: 5000 };

const DROP_INDEX = /^DROP INDEX (\w+)/u;

/** As `SHOW INDEXES` tells it. */
interface IndexRow {
  readonly name: string;
  readonly type: string;
  readonly label: string;
  readonly property: string;
}

/** One open database and its transactions. Lives in the store's thread: nearly every call of it blocks. */
export class GrafeoSession {
  readonly #path: string;
  readonly #database: GrafeoDB;
  readonly #log: Pick<WriteAheadLog, 'sync'>;
  readonly #transactions = new Map<number, OrderedTransaction>();
  readonly #ended = new EndedNumbers();
  /** Why nothing more may be acknowledged. */
  #syncFailure: unknown = null;

  private constructor(path: string, database: GrafeoDB, log: Pick<WriteAheadLog, 'sync'>) {
    this.#path = path;
    this.#database = database;
    this.#log = log;
  }

  /** @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, DISK_FULL, STORE_FAILED */
  static open(path: string, logOf = (at: string): Pick<WriteAheadLog, 'sync'> => new WriteAheadLog(at)): GrafeoSession {
    try {
      // The named import of the package fails at run time.
      const database = grafeo.GrafeoDB.create(path);
      database.setCheckpointTriggers(CHECKPOINT);
      return new GrafeoSession(path, database, logOf(path));
    } catch (error) {
      throw fromGrafeoError(error, path);
    }
  }

  /** @param alone not beside another statement of its transaction, but behind those that came before */
  async run(
    id: number | null,
    { name, text }: Statement,
    alone: boolean,
    parameters: SentParameters,
  ): Promise<QueryResult> {
    try {
      if (id === null) {
        await this.#dropTextIndex(text);
        return await this.#database.executeCypher(text, parameters);
      }
      const act = (transaction: Transaction): Promise<QueryResult> => transaction.executeCypher(text, parameters);
      const transaction = this.#opened(id);
      return await (alone ? transaction.runAlone(act) : transaction.runBeside(act));
    } catch (error) {
      throw fromGrafeoError(error, name);
    }
  }

  /**
   * `DROP INDEX` of a full-text index takes its name away and leaves the index at work (Grafeo 0.6): each node that is
   * changed then costs a search of all postings, 0.3 ms of 20,000 and more of more.
   */
  async #dropTextIndex(text: string): Promise<void> {
    const [, name] = DROP_INDEX.exec(text) ?? [];
    if (name === undefined) return;
    const rows: unknown = (await this.#database.executeCypher('SHOW INDEXES')).toArray();
    const index = (rows as readonly IndexRow[]).find((one) => one.name === name && one.type === 'FullText');
    if (index !== undefined) await this.#database.dropTextIndex(index.label, index.property);
  }

  /** Beside each other, as of one state. */
  async look(statements: readonly Statement[], parameters: SentParameters): Promise<readonly QueryResult[]> {
    const transaction = this.#begin();
    const answer = ({ name, text }: Statement): Promise<QueryResult> =>
      transaction
        .runBeside((running) => running.executeCypher(text, parameters))
        .catch((error: unknown) => {
          throw fromGrafeoError(error, name);
        });
    try {
      return await Promise.all(statements.map(answer));
    } finally {
      await transaction.tryRollback();
    }
  }

  #begin(): OrderedTransaction {
    try {
      return new OrderedTransaction(this.#database.beginTransaction());
    } catch (error) {
      throw fromGrafeoError(error, this.#path);
    }
  }

  #opened(id: number): OrderedTransaction {
    const there = this.#transactions.get(id);
    if (there !== undefined) return there;
    if (this.#ended.has(id)) throw new HypersceneError('INTERNAL', 'the transaction has ended', { came: String(id) });
    const opened = this.#begin();
    this.#transactions.set(id, opened);
    return opened;
  }

  /**
   * Resolves when the commit is on the disk. One without a statement is nothing to commit. After a sync that failed none
   * is acknowledged any more: the system may have dropped what it could not write and tell of it only once (Rebello et
   * al. 2020, "Can Applications Recover from fsync Failures?"), so that only opening again shows what is there.
   */
  async commit(id: number): Promise<void> {
    const transaction = this.#transactions.get(id);
    this.#ended.end(id);
    if (transaction === undefined) return;
    this.#transactions.delete(id);
    try {
      this.#checkLog();
      await transaction.commit();
      this.#sync();
    } catch (error) {
      await transaction.tryRollback();
      throw fromGrafeoError(error, this.#path);
    }
  }

  #sync(): void {
    try {
      this.#log.sync();
    } catch (error) {
      this.#syncFailure = error;
      this.#checkLog();
    }
  }

  #checkLog(): void {
    if (this.#syncFailure === null) return;
    const { code } = fromGrafeoError(this.#syncFailure, this.#path);
    throw new HypersceneError(code, 'the log of writes could not be synced to the disk', {
      at: this.#path,
      expected: 'the store to be opened again; whether the last write was done shows then',
      came: String(this.#syncFailure),
      cause: this.#syncFailure,
    });
  }

  async rollback(id: number): Promise<void> {
    const transaction = this.#transactions.get(id);
    this.#ended.end(id);
    this.#transactions.delete(id);
    await transaction?.tryRollback();
  }

  /**
   * Writes the log into the file; what was not committed is gone. Where the disk is too full for that the log stays, with
   * all that was acknowledged in it, and the next opening reads it.
   */
  async close(): Promise<void> {
    for (const id of [...this.#transactions.keys()]) await this.rollback(id);
    try {
      this.#database.close();
    } catch (error) {
      const failure = fromGrafeoError(error, this.#path);
      if (failure.code !== 'DISK_FULL') throw failure;
    }
  }
}
