import { setImmediate } from 'node:timers/promises';

/** Writes sent and not answered yet: with 4, rows are made ready while the engine works, and few of them wait in memory. */
const UNDER_WAY_MAX = 4;

/**
 * The writes of one transaction, sent one after the other without waiting for each answer. The engine carries them out in
 * order. What went wrong is told by a later call, at the latest by {@link settle}, to be called before the commit.
 */
export class WritePipeline {
  readonly #underWay: Promise<void>[] = [];
  #failure: { readonly error: unknown } | null = null;

  /** Resolves when there is room for the next. @throws what an earlier write threw */
  async write(send: () => Promise<void>): Promise<void> {
    this.#throwFailure();
    this.#underWay.push(
      send().catch((error: unknown) => {
        this.#failure ??= { error };
      }),
    );
    // Rows of many statements in a row would keep the event loop from anything else.
    await setImmediate();
    while (this.#underWay.length > UNDER_WAY_MAX) await this.#underWay.shift();
    this.#throwFailure();
  }

  /** A read sees all writes before it. @throws what an earlier write threw, which is why a read fails then */
  async read<T>(ask: () => Promise<T>): Promise<T> {
    this.#throwFailure();
    try {
      return await ask();
    } catch (error) {
      await this.settle();
      throw error;
    }
  }

  /** Waits for all answers. @throws what a write threw first */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay.splice(0));
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
