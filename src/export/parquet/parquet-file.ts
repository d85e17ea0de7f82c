import { deserialize, serialize } from 'node:v8';
import type { Columns, ColumnType } from '../columns.ts';
import type { Outputs } from '../outputs.ts';
import type { RowGroup, RowGroupTask } from './encode-parquet.ts';
import { packColumn } from './packed-column.ts';
import type { ParquetThread } from './parquet-thread.ts';

/**
 * A file of Parquet that grows by row groups. Its footer names them all and comes last; until then they are part of the state
 * with which it is gone on.
 */
export class ParquetFile<Row> {
  readonly #name: string;
  readonly #columns: Columns<Row>;
  readonly #outputs: Outputs;
  readonly #thread: ParquetThread;
  #groups: RowGroup[] = [];
  #offset = 0;
  /**
   * As they came, ready to be handed to the thread without a copy: to pack 10,000 rows at once would hold up the event loop for some
   * 40 ms, and sending them as values copies each of them in one go.
   */
  #pages: Uint8Array<ArrayBuffer>[] = [];
  #waiting = 0;
  /** The row group that is being encoded. */
  #encoding: Promise<void> = Promise.resolve();

  constructor(name: string, columns: Columns<Row>, outputs: Outputs, thread: ParquetThread) {
    this.#name = name;
    this.#columns = columns;
    this.#outputs = outputs;
    this.#thread = thread;
  }

  add(rows: readonly Row[]): void {
    const packed = Object.entries<ColumnType>(this.#columns).map(([name, type]) =>
      packColumn(
        type,
        rows.map((row) => row[name as keyof Row]),
      ),
    );
    this.#pages.push(serialize(packed) as Uint8Array<ArrayBuffer>);
    this.#waiting += rows.length;
  }

  /** Rows that are in no row group yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Makes a row group of what waits. It is encoded while the caller goes on; what goes wrong is thrown by the next call. */
  async flush(): Promise<void> {
    await this.#encoding;
    if (this.#waiting === 0) return;
    const task = { columns: this.#columns, pages: this.#pages, rows: this.#waiting, offset: this.#offset };
    this.#pages = [];
    this.#waiting = 0;
    this.#encoding = this.#encode(task);
    this.#encoding.catch(() => undefined);
  }

  async #encode(task: RowGroupTask): Promise<void> {
    const { bytes, group } = await this.#thread.rowGroup(task);
    await this.#outputs.write(this.#name, bytes, task.rows);
    this.#offset += bytes.byteLength;
    this.#groups.push(group);
  }

  /** All row groups that were made are written when this resolves. @throws what went wrong with them */
  async settle(): Promise<void> {
    await this.#encoding;
  }

  async end(createdBy: string): Promise<void> {
    await this.flush();
    await this.#encoding;
    const task = { columns: this.#columns, groups: this.#groups, offset: this.#offset, createdBy };
    await this.#outputs.write(this.#name, await this.#thread.footer(task), 0);
  }

  /** Serialized as V8 does, since a footer's numbers are bigints. */
  get state(): string {
    return serialize({ groups: this.#groups, offset: this.#offset }).toString('base64');
  }

  restore(state: string): void {
    const { groups, offset } = deserialize(Buffer.from(state, 'base64')) as { groups: RowGroup[]; offset: number };
    this.#groups = groups;
    this.#offset = offset;
    this.#pages = [];
    this.#waiting = 0;
  }
}
