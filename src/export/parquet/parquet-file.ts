import { deserialize, serialize } from 'node:v8';
import type { Columns } from '../columns.ts';
import type { Outputs } from '../outputs.ts';
import type { RowGroup } from './encode-parquet.ts';
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
  #waiting: Row[] = [];

  constructor(name: string, columns: Columns<Row>, outputs: Outputs, thread: ParquetThread) {
    this.#name = name;
    this.#columns = columns;
    this.#outputs = outputs;
    this.#thread = thread;
  }

  add(rows: readonly Row[]): void {
    this.#waiting.push(...rows);
  }

  /** Rows that are in no row group yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Makes a row group of what waits. */
  async flush(): Promise<void> {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    const names = Object.keys(this.#columns) as (keyof Row & string)[];
    const data = names.map((name) => rows.map((row) => row[name]));
    const { bytes, group } = await this.#thread.rowGroup({ columns: this.#columns, data, offset: this.#offset });
    await this.#outputs.write(this.#name, bytes, rows.length);
    this.#offset += bytes.byteLength;
    this.#groups.push(group);
  }

  async end(createdBy: string): Promise<void> {
    await this.flush();
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
    this.#waiting = [];
  }
}
