import { Worker } from 'node:worker_threads';
import { fromErrorMessage, HypersceneError } from '../../errors.ts';
import type { Request, Response, RowSlice } from './protocol.ts';

type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (slices: readonly RowSlice[]) => void;
  readonly reject: (error: Error) => void;
}

const toRow = (columns: readonly string[], values: readonly unknown[]): unknown => {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[i] ?? null;
  return row;
};

/** Node runs the sources as they are; the published package holds compiled JavaScript. */
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './grafeo-worker.ts' : './grafeo-worker.js', import.meta.url);

/**
 * The thread the database lives in: its calls block for as long as they work, and here they may. The thread keeps the
 * process alive until it is ended, so that a store that was not closed is noticed.
 */
export class StoreThread {
  // Under load V8 lets the young generation grow to 100 MB and more, and keeps it; answers under load come no slower with less.
  readonly #worker = new Worker(workerUrl(), { name: 'store', resourceLimits: { maxYoungGenerationSizeMb: 48 } });
  readonly #waiting = new Map<number, Waiting>();
  /** To be sent in one message at the end of this turn: each message wakes the other thread. */
  #outbox: Request[] = [];
  #lastId = 0;
  #failure: HypersceneError | null = null;

  constructor() {
    this.#worker.on('message', (response: Response) => this.#settle(response));
    this.#worker.on('messageerror', (error) => this.#fail(error));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (status) => this.#fail(new Error(`the store's thread ended with status ${status}`)));
  }

  /** @throws HypersceneError as the thread threw it; STORE_FAILED once the thread is gone */
  ask(request: Unnumbered<Request>): Promise<readonly RowSlice[]> {
    const failure = this.#failure;
    if (failure !== null) return Promise.reject(failure);
    const id = this.#lastId + 1;
    this.#lastId += request.type === 'look' ? request.statements.length : 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ ...request, id });
    });
  }

  /** Asks for what has no answer, and nothing to go wrong. */
  tell(request: Unnumbered<Extract<Request, { type: 'forget' }>>): void {
    if (this.#failure === null) this.#post({ ...request, id: ++this.#lastId });
  }

  #post(request: Request): void {
    if (this.#outbox.length === 0) queueMicrotask(() => this.#send());
    this.#outbox.push(request);
  }

  #send(): void {
    const requests = this.#outbox;
    this.#outbox = [];
    try {
      this.#worker.postMessage(requests);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** All rows of one statement, fetched slice by slice. */
  async rows<Row>(request: Unnumbered<Extract<Request, { type: 'run' }>>): Promise<readonly Row[]> {
    const answer = this.#lastId + 1;
    const [slice] = await this.ask(request);
    return this.#all(answer, slice);
  }

  /** All rows of each statement. */
  async look(request: Unnumbered<Extract<Request, { type: 'look' }>>): Promise<readonly (readonly unknown[])[]> {
    const answer = this.#lastId + 1;
    const slices = await this.ask(request);
    return Promise.all(slices.map((slice, i) => this.#all(answer + i, slice)));
  }

  async #all<Row>(answer: number, first: RowSlice | undefined): Promise<readonly Row[]> {
    const rows: Row[] = [];
    for (let slice = first; slice !== undefined; ) {
      const { columns } = slice;
      for (const values of slice.rows) rows.push(toRow(columns, values) as Row);
      slice = slice.more ? (await this.ask({ type: 'more', answer }))[0] : undefined;
    }
    return rows;
  }

  #settle(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.slices);
    else waiting?.reject(fromErrorMessage(response.error));
  }

  #fail(cause: Error): void {
    this.#failure ??= new HypersceneError('STORE_FAILED', "the store's thread is gone", { came: cause.message, cause });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
