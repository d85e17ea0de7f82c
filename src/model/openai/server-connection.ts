import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { HypersceneError } from '../../errors.ts';
import { isPassing, parseRetryAfter, type Refusal, refusalError } from './server-refusal.ts';

export interface ServerAddress {
  /** http or https, with the path before `/completions`. */
  readonly url: URL;
  readonly key: string | null;
  /** ms that the server may be silent. */
  readonly timeout: number;
  /** Tries after the first, where nothing was begun. */
  readonly retries: number;
  /** ms before the first of them at most; each later one waits up to twice as long. */
  readonly retryBase: number;
}

export interface Question {
  /** From the address, e.g. `/completions`; one that begins with `//` from the server's root: `//tokenize`. */
  readonly path: string;
  /** Undefined asks by GET. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** Leave it by destroying the response, or by ending its bytes. */
export interface Answer {
  readonly response: IncomingMessage;
  readonly bytes: AsyncIterable<Uint8Array>;
}

interface Failure {
  readonly error: HypersceneError;
  /** Nothing was begun, and the same may do later. */
  readonly passing: boolean;
  /** s. */
  readonly retryAfter: number | null;
}

/** ms that a try waits for another at most, whatever the server says: a caller that is told may come back by itself. */
const WAIT_MAX = 30_000;
/** Bytes of an answer that is not streamed: 1,000 vectors of 8,192 numbers as text. */
const ANSWER_MAX = 2 ** 28;
const REFUSAL_MAX = 2 ** 16;

/**
 * Requests to one server, each on a connection of its own, so that leaving one frees the server's side at once, and no connection is
 * taken up again that the server was about to close. Not by `fetch`, which gives up after 300 s without a header, however long one
 * wants to wait: a long prompt on a busy machine takes longer.
 */
export class ServerConnection {
  readonly #address: ServerAddress;
  readonly #agent: HttpAgent;

  constructor(address: ServerAddress) {
    this.#address = address;
    this.#agent = address.url.protocol === 'https:' ? new HttpsAgent({ keepAlive: false }) : new HttpAgent();
  }

  /** The server's words without the key. */
  readonly hide = (text: string): string => {
    const { key } = this.#address;
    return key === null || key === '' ? text : text.replaceAll(key, '…');
  };

  /** Origin and path, for errors. */
  get place(): string {
    return this.#address.url.href.replace(/\/$/u, '');
  }

  /**
   * The answer as JSON.
   * @throws HypersceneError as {@link stream} does; MODEL_CRASHED for what is no JSON
   */
  async json(question: Question): Promise<unknown> {
    const { response, bytes } = await this.stream(question);
    const text = await readText(bytes, ANSWER_MAX);
    if (text === null)
      throw new HypersceneError('MODEL_CRASHED', "the model's server sent too long an answer", {
        at: question.path,
        expected: `at most ${ANSWER_MAX} bytes`,
      });
    try {
      return JSON.parse(text);
    } catch (cause) {
      const type = response.headers['content-type'] ?? 'no type';
      throw new HypersceneError('MODEL_CRASHED', "the model's server sent what cannot be read", {
        at: question.path,
        expected: 'JSON',
        came: `${type}, ${text.length} characters`,
        cause,
      });
    }
  }

  /**
   * The answer as it comes. Whoever stops taking the bytes closes the connection. No more is read than is taken.
   * @throws HypersceneError CANCELLED, MODEL_TIMEOUT, MODEL_BUSY, MODEL_CRASHED, MODEL_UNAVAILABLE, MODEL_NOT_FOUND, CONTEXT_FULL,
   * BAD_ARGUMENT
   */
  async stream(question: Question): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try(question);
      if ('response' in outcome) return outcome;
      const wait = this.#waitBefore(attempt, outcome.retryAfter);
      if (!outcome.passing || attempt > this.#address.retries || wait > WAIT_MAX) throw outcome.error;
      await sleep(wait, undefined, { signal: question.signal }).catch((cause: unknown) => {
        throw cancelled(cause);
      });
    }
  }

  /** ms: what the server says; else up to a bound that doubles, so that those who failed together do not come back together. */
  #waitBefore(attempt: number, retryAfter: number | null): number {
    if (retryAfter !== null) return retryAfter * 1000;
    return Math.random() * this.#address.retryBase * 2 ** (attempt - 1);
  }

  async #try(question: Question): Promise<Answer | Failure> {
    let response: IncomingMessage;
    try {
      response = await this.#send(question);
    } catch (cause) {
      return this.#failed(question, cause);
    }
    const bytes = this.#bytes(response, question);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return { response, bytes };
    const refusal: Refusal = {
      status,
      path: this.#urlOf(question.path).pathname,
      type: response.headers['content-type'] ?? '',
      retryAfter: parseRetryAfter(response.headers['retry-after'], Date.now()),
      text: (await readText(bytes, REFUSAL_MAX).catch(() => null)) ?? '',
    };
    const error = refusalError(refusal, this.hide);
    return { error, passing: isPassing(refusal), retryAfter: refusal.retryAfter };
  }

  #failed({ signal, path }: Question, cause: unknown): Failure {
    if (signal.aborted) throw cancelled(signal.reason);
    if (cause instanceof HypersceneError) throw cause;
    const came = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const at = `${this.place}, ${path}`;
    const error =
      came === 'ECONNRESET'
        ? new HypersceneError('MODEL_CRASHED', "the model's server ended without an answer", { at, came, cause })
        : new HypersceneError('MODEL_UNAVAILABLE', "the model's server cannot be reached", { at, came, cause });
    return { error, passing: came === 'ECONNREFUSED', retryAfter: null };
  }

  #urlOf(path: string): URL {
    const { url } = this.#address;
    const base = url.pathname.replace(/\/$/u, '');
    const full = new URL(url);
    full.pathname = path.startsWith('//') ? base.replace(/\/v1$/u, '') + path.slice(1) : base + path;
    return full;
  }

  #send({ path, body, signal }: Question): Promise<IncomingMessage> {
    const { key, timeout } = this.#address;
    const url = this.#urlOf(path);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const asked = send(url, {
        method: text === undefined ? 'GET' : 'POST',
        agent: this.#agent,
        signal,
        headers: {
          accept: 'application/json, text/event-stream',
          ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      });
      const timer = setTimeout(() => asked.destroy(tooSilent(timeout)), timeout);
      asked.on('response', (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      // Stays after the answer has begun, when errors are the answer's.
      asked.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      asked.end(text);
    });
    return answered;
  }

  /** The time a slow taker needs does not count as the server's. */
  async *#bytes(response: IncomingMessage, { signal, path }: Question): AsyncGenerator<Uint8Array, void, undefined> {
    const { timeout } = this.#address;
    const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    try {
      for (;;) {
        const timer = setTimeout(() => response.destroy(tooSilent(timeout)), timeout);
        const next = await chunks.next().finally(() => clearTimeout(timer));
        if (next.done === true) return;
        yield next.value;
      }
    } catch (cause) {
      if (signal.aborted) throw cancelled(signal.reason);
      if (cause instanceof HypersceneError) throw cause;
      const came = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw new HypersceneError('MODEL_CRASHED', "the model's server broke off its answer", { at: path, came, cause });
    } finally {
      response.destroy();
    }
  }
}

const cancelled = (cause: unknown): HypersceneError => new HypersceneError('CANCELLED', 'cancelled', { cause });

const tooSilent = (timeout: number): HypersceneError =>
  new HypersceneError('MODEL_TIMEOUT', "the model's server is silent", {
    expected: `a sign of it within ${timeout} ms`,
  });

/** @returns null where it is longer */
const readText = async (bytes: AsyncIterable<Uint8Array>, max: number): Promise<string | null> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > max) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
