import type { JobProgress } from '../job-queue.ts';
import type { JobLogger } from '../job-runner.ts';

/** ms between two. */
const PAUSE = 250;

/** Writes how far a run is, now and then and one after another: what is told meanwhile is left out but for the last. */
export class ProgressWriter {
  readonly #write: (progress: JobProgress) => Promise<void>;
  readonly #logger: JobLogger;
  #latest: JobProgress | null = null;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(write: (progress: JobProgress) => Promise<void>, logger: JobLogger) {
    this.#write = write;
    this.#logger = logger;
  }

  tell(progress: JobProgress): void {
    this.#latest = progress;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#writing = this.#writing.then(() => this.#flush());
    }, PAUSE);
  }

  /** What was told last is written. */
  async end(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const latest = this.#latest;
    this.#latest = null;
    if (latest === null) return;
    try {
      await this.#write(latest);
    } catch (err) {
      this.#logger.warn({ err }, 'how far a job is cannot be told');
    }
  }
}
