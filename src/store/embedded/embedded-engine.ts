import pLimit from 'p-limit';
import { HypersceneError } from '../../errors.ts';
import type { CypherQuery } from '../cypher/query.ts';
import type { CypherEngine, CypherReader, CypherTransaction, EngineStatistics, RowsOf } from '../cypher-engine.ts';
import { packRows } from '../packed-rows.ts';
import { checkParameters, type Parameters } from '../parameter.ts';
import { WritePipeline } from '../write-pipeline.ts';
import type { Request, Statement } from './protocol.ts';
import { StoreThread } from './store-thread.ts';

/** Reads under way at once: with 4 the thread serves 400 reads a second at 10 ms; 50 make each of them wait 109 ms. */
const READS_MAX = 4;

/** Where a statement runs, as the thread is told. */
type Where = Pick<Extract<Request, { type: 'run' }>, 'transaction' | 'alone'>;
const OUTSIDE: Where = { transaction: null, alone: false };

const toStatement = ({ name, text }: CypherQuery<unknown>): Statement => ({ name, text });

/** The embedded engine: Grafeo in a thread of its own. */
export class EmbeddedEngine implements CypherEngine {
  readonly dialect = 'embedded';
  readonly showsCommitsPiecemeal = false;
  readonly #thread = new StoreThread();
  readonly #reading = pLimit(READS_MAX);
  /** Two transactions at once may MERGE the same edge twice. */
  readonly #writing = pLimit(1);
  readonly #held = new Set<Promise<unknown>>();
  #lastTransaction = 0;
  #generation = 0;
  #reads = 0;
  #writes = 0;
  #closing: Promise<void> | null = null;

  private constructor() {}

  /** @throws HypersceneError STORE_LOCKED, STORE_UNREADABLE, DISK_FULL, STORE_FAILED */
  static async open(path: string): Promise<EmbeddedEngine> {
    const engine = new EmbeddedEngine();
    try {
      await engine.#thread.ask({ type: 'open', path });
      return engine;
    } catch (error) {
      await engine.#thread.end();
      throw error;
    }
  }

  read<Row>(query: CypherQuery<Row>, parameters: Parameters): Promise<readonly Row[]> {
    this.#checkOpen();
    return this.#reading(() => this.#run(OUTSIDE, query, parameters));
  }

  snapshot<T>(work: (view: CypherReader) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return this.#reading(() => this.#see(work));
  }

  /** Nobody has to wait for it; and it takes no reader's place, since it may take minutes. */
  async hold<T>(work: (view: CypherReader) => Promise<T>): Promise<T> {
    this.#checkOpen();
    const holding = this.#see(work);
    this.#held.add(holding);
    try {
      return await holding;
    } finally {
      this.#held.delete(holding);
    }
  }

  async #see<T>(work: (view: CypherReader) => Promise<T>): Promise<T> {
    const transaction = this.#begin();
    let isOver = false;
    try {
      return await work({
        read: async (query, parameters) => {
          // It would begin the transaction again, and nobody would end it.
          if (isOver) throw new HypersceneError('STORE_CLOSED', 'the snapshot is over');
          return this.#run({ transaction, alone: false }, query, parameters);
        },
      });
    } finally {
      isOver = true;
      this.#thread.tell({ type: 'forget', transaction });
    }
  }

  readTogether<Queries extends readonly CypherQuery<unknown>[]>(
    queries: Queries,
    parameters: Parameters,
  ): Promise<RowsOf<Queries>> {
    this.#checkOpen();
    return this.#reading(async () => {
      this.#reads += queries.length;
      checkParameters(parameters);
      const rows = await this.#thread.look({ type: 'look', statements: queries.map(toStatement), parameters });
      return rows as unknown as RowsOf<Queries>;
    });
  }

  write<T>(work: (transaction: CypherTransaction) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return this.#writing(async () => {
      const transaction = this.#begin();
      const pipeline = new WritePipeline();
      try {
        const result = await work(this.#writer(transaction, pipeline));
        await pipeline.settle();
        await this.#thread.ask({ type: 'commit', transaction });
        return result;
      } catch (error) {
        await this.#rollback(transaction);
        throw error;
      } finally {
        this.#generation += 1;
      }
    });
  }

  #writer(transaction: number, pipeline: WritePipeline): CypherTransaction {
    return {
      read: (query, parameters) => pipeline.read(() => this.#run({ transaction, alone: true }, query, parameters)),
      write: (query, parameters) =>
        pipeline.write(async () => {
          this.#writes += 1;
          checkParameters(parameters);
          const { text, parameters: sent } = packRows(query, parameters);
          const statement = { name: query.name, text };
          await this.#thread.rows({ type: 'run', transaction, alone: true, statement, parameters: sent });
        }),
    };
  }

  async #run<Row>(where: Where, query: CypherQuery<Row>, parameters: Parameters): Promise<readonly Row[]> {
    this.#reads += 1;
    checkParameters(parameters);
    return this.#thread.rows<Row>({ type: 'run', ...where, statement: toStatement(query), parameters });
  }

  /** Numbered here and begun by the first statement, so that none waits for the beginning. */
  #begin(): number {
    return ++this.#lastTransaction;
  }

  /** The error that led here is the one to tell. */
  async #rollback(transaction: number): Promise<void> {
    await this.#thread.ask({ type: 'rollback', transaction }).catch(() => undefined);
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new HypersceneError('STORE_CLOSED', 'the store is closed');
  }

  async define(query: CypherQuery<never>): Promise<void> {
    this.#writes += 1;
    try {
      await this.#thread.rows({ type: 'run', ...OUTSIDE, statement: toStatement(query), parameters: {} });
    } finally {
      this.#generation += 1;
    }
  }

  generation(): number {
    return this.#generation;
  }

  statistics(): EngineStatistics {
    return { reads: this.#reads, writes: this.#writes };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writing(() => undefined);
    try {
      await Promise.allSettled(this.#held);
      await Promise.all(Array.from({ length: READS_MAX }, () => this.#reading(() => undefined)));
      await this.#thread.ask({ type: 'close' });
    } finally {
      await this.#thread.end();
    }
  }
}
