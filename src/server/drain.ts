import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { HypersceneError } from '../errors.ts';

/** All in ms. */
export interface DrainTimes {
  /** Between the order to stop and the listener's end. */
  readonly delay: number;
  /** For requests under way, from then on. */
  readonly timeout: number;
}

/** ms for those that were cut off to be answered. */
const ANSWER_MS = 1000;

/**
 * The end of a server: `/ready` says 503 at once, after the delay nothing new is taken, requests under way end or are cut off
 * after the time-out. A cut-off request is aborted by its signal and answered with CANCELLED; what does not listen to it loses
 * its connection a second later.
 */
export class Drain {
  readonly #app: FastifyInstance;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  readonly #times: DrainTimes;
  readonly #open = new Map<FastifyRequest, AbortController>();
  #isDraining = false;
  #takesNothing = false;

  constructor(app: FastifyInstance, logger: Pick<Logger, 'info' | 'warn'>, times: DrainTimes) {
    this.#app = app;
    this.#logger = logger;
    this.#times = times;
    app.addHook('onRequest', (request, reply, done) => {
      const controller = new AbortController();
      this.#open.set(request, controller);
      reply.raw.once('close', () => {
        this.#open.delete(request);
        if (!reply.raw.writableFinished) controller.abort(new Error('the client is gone'));
        // Node closes connections that are idle when closing begins; this one would be kept alive till the very end.
        if (this.#takesNothing) setImmediate(() => app.server.closeIdleConnections());
      });
      done();
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      // A client that was not told would send its next request into a connection that is being closed.
      if (this.#isDraining) reply.header('connection', 'close');
      done(null, payload);
    });
  }

  /** From the order to stop on. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Aborts when the client is gone, or when the request is cut off. */
  signalOf(request: FastifyRequest): AbortSignal {
    return (this.#open.get(request) ?? aborted()).signal;
  }

  /** Says to who asks that this server goes, and waits for the delay. */
  async announce(): Promise<void> {
    this.#isDraining = true;
    this.#logger.info({ requests: this.#open.size, ...this.#times }, 'stopping');
    if (this.#times.delay > 0) await setTimeout(this.#times.delay);
  }

  /** Takes nothing new and waits for what is under way. WebSockets close by a `preClose` hook of their transport. */
  async stop(): Promise<void> {
    this.#isDraining = true;
    this.#takesNothing = true;
    const ended = new AbortController();
    const bound = this.#cutOff(ended.signal).catch(() => undefined);
    await this.#app.close();
    ended.abort();
    await bound;
  }

  async #cutOff(signal: AbortSignal): Promise<void> {
    await setTimeout(this.#times.timeout, undefined, { signal });
    const ids = [...this.#open.keys()].map(({ id }) => id);
    if (ids.length > 0)
      this.#logger.warn(
        { requests: ids.slice(0, 20), count: ids.length, timeout: this.#times.timeout },
        'requests cut off: they did not end within the time given to them',
      );
    const reason = new HypersceneError('CANCELLED', 'the server stops', {
      expected: `an end within ${this.#times.timeout / 1000} s`,
    });
    for (const controller of this.#open.values()) controller.abort(reason);
    await setTimeout(ANSWER_MS, undefined, { signal });
    if (this.#open.size > 0)
      this.#logger.warn({ count: this.#open.size }, 'connections closed before their requests were answered');
    this.#app.server.closeAllConnections();
  }
}

/** Of a request whose connection has closed already. */
const aborted = (): AbortController => {
  const controller = new AbortController();
  controller.abort(new Error('the client is gone'));
  return controller;
};
