import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { GRAFEO } from './hand-grafeo.ts';
import type { HandAsk } from './hand-reader.ts';

type Values = Readonly<Record<string, unknown>>;

interface Statement {
  readonly text: string;
  readonly parameters: Values;
}

/** Statements sent in one message, and answered in one. */
export interface Asked {
  readonly id: number;
  readonly statements: readonly Statement[];
}

interface Answered {
  readonly id: number;
  readonly results: readonly { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }[];
}

type Waiting = (rows: readonly Values[]) => void;

const toRow = (columns: readonly string[], values: readonly unknown[]): Values => {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[i];
  return row;
};

/** As little as can stand between two threads: what is asked in one turn goes in one message, and comes back in one. */
export class HandThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, readonly Waiting[]>();
  #asked: { readonly statement: Statement; readonly resolve: Waiting }[] = [];
  #lastId = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', ({ id, results }: Answered) => {
      const waiting = this.#waiting.get(id) ?? [];
      this.#waiting.delete(id);
      for (const [i, { columns, rows }] of results.entries()) waiting[i]?.(rows.map((row) => toRow(columns, row)));
    });
    worker.on('error', (error) => {
      throw error;
    });
  }

  static async open(path: string): Promise<HandThread> {
    const worker = new Worker(new URL('./hand-worker.ts', import.meta.url), { workerData: path });
    await once(worker, 'message');
    return new HandThread(worker);
  }

  readonly ask: HandAsk = {
    ...GRAFEO,
    ask: (text, parameters) =>
      new Promise((resolve) => {
        if (this.#asked.length === 0) queueMicrotask(() => this.#send());
        this.#asked.push({ statement: { text, parameters }, resolve });
      }),
  };

  #send(): void {
    const asked = this.#asked;
    this.#asked = [];
    const id = ++this.#lastId;
    this.#waiting.set(
      id,
      asked.map(({ resolve }) => resolve),
    );
    this.#worker.postMessage({ id, statements: asked.map(({ statement }) => statement) } satisfies Asked);
  }

  async close(): Promise<void> {
    this.#worker.postMessage(null);
    await once(this.#worker, 'exit');
  }
}
