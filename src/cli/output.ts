import type { Writable } from 'node:stream';

/**
 * Standard output for results. Writing waits for a slow reader, and a reader that has gone away (`| head`) is no
 * failure: the rest is dropped and {@link Output.closed} says so.
 */
export class Output {
  readonly #stream: Writable;
  readonly #columns: number | undefined;
  #closed = false;

  /** @param onClosed called once when the reader has gone away, so that work for nobody can stop */
  constructor(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }, onClosed: () => void) {
    this.#stream = stream;
    this.#columns = stream.isTTY ? stream.columns : undefined;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (this.#closed) return;
      this.#closed = true;
      onClosed();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Width of the terminal in columns; undefined where it is none, and nothing need be cut. */
  get columns(): number | undefined {
    return this.#columns;
  }

  async line(text: string): Promise<void> {
    await this.write(`${text}\n`);
  }

  async json(value: unknown): Promise<void> {
    await this.line(JSON.stringify(value));
  }

  async write(text: string): Promise<void> {
    if (this.#closed || this.#stream.write(text)) return;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        for (const event of ['drain', 'error', 'close']) this.#stream.off(event, settle);
        resolve();
      };
      for (const event of ['drain', 'error', 'close']) this.#stream.on(event, settle);
    });
  }
}
