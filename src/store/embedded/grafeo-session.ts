import grafeo, { type GrafeoDB, type QueryResult, type Transaction } from '@grafeo-db/js';
import { HypersceneError } from '../../errors.ts';
import type { Parameters } from '../parameter.ts';
import { fromGrafeoError } from './grafeo-error.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** When the database writes its log into its file: a log of 16 MB is replayed in under a second at the next opening. */
const CHECKPOINT = { walBytes: 16_000_000, intervalMs: 5000 };

export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One open database and its transactions. Lives in the store's thread: nearly every call of it blocks. */
export class GrafeoSession {
  readonly #path: string;
  readonly #database: GrafeoDB;
  readonly #log: WriteAheadLog;
  readonly #transactions = new Map<number, Transaction>();
  #lastTransaction = 0;

  private constructor(path: string, database: GrafeoDB) {
    this.#path = path;
    this.#database = database;
    this.#log = new WriteAheadLog(path);
  }

  /** @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, DISK_FULL, STORE_FAILED */
  static open(path: string): GrafeoSession {
    try {
      // The named import of the package fails at run time.
      const database = grafeo.GrafeoDB.create(path);
      database.setCheckpointTriggers(CHECKPOINT);
      return new GrafeoSession(path, database);
    } catch (error) {
      throw fromGrafeoError(error, path);
    }
  }

  begin(): number {
    const id = ++this.#lastTransaction;
    try {
      this.#transactions.set(id, this.#database.beginTransaction());
    } catch (error) {
      throw fromGrafeoError(error, this.#path);
    }
    return id;
  }

  async run(transaction: number | null, { name, text }: Statement, parameters: Parameters): Promise<QueryResult> {
    const target = transaction === null ? this.#database : this.#transaction(transaction);
    try {
      return await target.executeCypher(text, parameters);
    } catch (error) {
      throw fromGrafeoError(error, name);
    }
  }

  /** Returns when the commit is on the disk. */
  commit(id: number): void {
    const transaction = this.#transaction(id);
    try {
      transaction.commit();
      this.#log.sync();
    } catch (error) {
      this.#tryRollback(transaction);
      throw fromGrafeoError(error, this.#path);
    } finally {
      this.#transactions.delete(id);
    }
  }

  rollback(id: number): void {
    const transaction = this.#transactions.get(id);
    this.#transactions.delete(id);
    if (transaction !== undefined) this.#tryRollback(transaction);
  }

  #tryRollback(transaction: Transaction): void {
    try {
      if (transaction.isActive) transaction.rollback();
    } catch {
      // The first error is the one to tell: a transaction that cannot be rolled back was not committed either.
    }
  }

  #transaction(id: number): Transaction {
    const transaction = this.#transactions.get(id);
    if (transaction === undefined) throw new HypersceneError('INTERNAL', 'no such transaction', { came: String(id) });
    return transaction;
  }

  /**
   * Writes the log into the file; what was not committed is gone. Where the disk is too full for that the log stays, with
   * all that was acknowledged in it, and the next opening reads it.
   */
  close(): void {
    for (const id of [...this.#transactions.keys()]) this.rollback(id);
    try {
      this.#database.close();
    } catch (error) {
      const failure = fromGrafeoError(error, this.#path);
      if (failure.code !== 'DISK_FULL') throw failure;
    }
  }
}
