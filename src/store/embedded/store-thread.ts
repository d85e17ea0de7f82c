import { Worker } from 'node:worker_threads';
import { fromErrorMessage, HypersceneError } from '../../errors.ts';
import type { Request, Response, RowSlice } from './protocol.ts';

type Unnumbered<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (value: RowSlice | null) => void;
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
  readonly #worker = new Worker(workerUrl(), { name: 'store' });
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
  ask(request: Unnumbered<Request>): Promise<RowSlice | null> {
    const failure = this.#failure;
    if (failure !== null) return Promise.reject(failure);
    const id = ++this.#lastId;
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
    let slice = (await this.ask(request)) as RowSlice;
    const rows: Row[] = [];
    while (true) {
      const { columns } = slice;
      for (const values of slice.rows) rows.push(toRow(columns, values) as Row);
      if (!slice.more) return rows;
      slice = (await this.ask({ type: 'more', answer })) as RowSlice;
    }
  }

  #settle(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.value);
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
