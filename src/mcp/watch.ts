import type { ProgressToken, ServerNotification } from '@modelcontextprotocol/sdk/types.js';
import type { Progress } from '../worker/job.ts';

/** Reports of a job come by the hundred a second; a client that shows them needs few. */
const INTERVAL_MS = 250;
/** Clients that give up after a minute begin anew with each notification. */
const SILENCE_MS = 5000;

interface Watcher {
  readonly token: ProgressToken;
  readonly send: (notification: ServerNotification) => Promise<void>;
}

/**
 * Tells a client how far a call is. `progress` are the seconds since it began, which always rise, as the protocol wants
 * it; the stages of a job each count from 0, and its last one cannot be told beforehand. The message has the stage.
 */
export class Watch {
  readonly #watcher: Watcher;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #message = 'at work';
  #sent = 0;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
    this.#timer = setInterval(() => this.#send(), SILENCE_MS);
  }

  readonly onProgress = ({ stage, subject, done, total, unit }: Progress): void => {
    this.#message = `${stage} ${JSON.stringify(subject)}: ${done} of ${total} ${unit}`;
    if (this.#sent === 0 || performance.now() - this.#began - this.#sent >= INTERVAL_MS) this.#send();
  };

  close(): void {
    clearInterval(this.#timer);
  }

  #send(): void {
    this.#timer.refresh();
    this.#sent = Math.max(performance.now() - this.#began, this.#sent + 1);
    const { token: progressToken, send } = this.#watcher;
    const params = { progressToken, progress: this.#sent / 1000, message: this.#message };
    // Nobody is there any more; the call itself ends by its signal.
    send({ method: 'notifications/progress', params }).catch(() => {});
  }
}
