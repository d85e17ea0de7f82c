import { checkCancelled, HypersceneError } from '../../errors.ts';
import { FairQueue } from '../fair-queue.ts';

/** The right to ask the server one thing. */
export interface Turn {
  /** ms. */
  readonly waited: number;
  /** Lets the next one go; doing it again changes nothing. */
  end(): void;
}

interface Waiting {
  readonly begin: () => void;
}

/**
 * Who asks next. Turns go round among clients, so that one who asks a thousand things at once does not keep the others waiting; what
 * one asks keeps its order.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting = new FairQueue<Waiting>();
  #running = 0;

  constructor(atOnce: number, waitingMax: number) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @throws HypersceneError CANCELLED, MODEL_BUSY where too many wait */
  async take(client: string, signal: AbortSignal): Promise<Turn> {
    checkCancelled({ signal });
    const since = performance.now();
    if (this.#running < this.#atOnce) this.#running++;
    else await this.#wait(client, signal);
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      this.#next();
    };
    return { waited: performance.now() - since, end };
  }

  #wait(client: string, signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax)
      throw new HypersceneError('MODEL_BUSY', 'too many wait for the model', {
        expected: `at most ${this.#waitingMax} that wait`,
        retryAfter: 1,
      });
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#waiting.remove(client, entry);
        reject(new HypersceneError('CANCELLED', 'cancelled', { cause: signal.reason }));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(client, entry);
    });
  }

  /** The turn passes on without being free in between, so that nobody who comes anew gets in before. */
  #next(): void {
    const next = this.#waiting.take();
    if (next === undefined) this.#running--;
    else next.begin();
  }
}
