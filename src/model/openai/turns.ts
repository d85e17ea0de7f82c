import { checkCancelled, HypersceneError } from '../../errors.ts';

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
  /** Clients that wait, whose turn is next first: a Map keeps the order in which they came. */
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;
  #count = 0;

  constructor(atOnce: number, waitingMax: number) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#count;
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
    if (this.#count >= this.#waitingMax)
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
        const left = (this.#waiting.get(client) ?? []).filter((each) => each !== entry);
        if (left.length === 0) this.#waiting.delete(client);
        else this.#waiting.set(client, left);
        this.#count--;
        reject(new HypersceneError('CANCELLED', 'cancelled', { cause: signal.reason }));
      };
      signal.addEventListener('abort', leave, { once: true });
      const queue = this.#waiting.get(client);
      if (queue === undefined) this.#waiting.set(client, [entry]);
      else queue.push(entry);
      this.#count++;
    });
  }

  /** The turn passes on without being free in between, so that nobody who comes anew gets in before. */
  #next(): void {
    const first = this.#waiting.entries().next().value;
    if (first === undefined) {
      this.#running--;
      return;
    }
    const [client, [entry, ...rest]] = first;
    this.#waiting.delete(client);
    if (rest.length > 0) this.#waiting.set(client, rest);
    this.#count--;
    entry?.begin();
  }
}
