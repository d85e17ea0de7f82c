import autocannon from 'autocannon';
import { HEADERS } from './ask.ts';

export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Bodies that each connection sends by turns, each from another place on. */
  readonly bodies: readonly string[];
}

export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  /** ms from sending a request to the last byte of its answer. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were none, came late or have errors in them. */
  readonly failed: number;
  /** The first of them. */
  readonly failure: string | null;
}

const TIMEOUT_SECONDS = 10;
const OK = 200;

/** Bounded by time; a connection sends the next request when it has the answer to the last. */
export const runLoad = async ({ url, connections, seconds, bodies }: LoadOptions): Promise<Load> => {
  const times: number[] = [];
  let failed = 0;
  let failure: string | null = null;
  const fail = (what: string): void => {
    failed += 1;
    failure ??= what.slice(0, 500);
  };
  const requests = bodies.map((body) => ({ body }));
  let opened = 0;
  const started = performance.now();
  const options: autocannon.Options = {
    url,
    method: 'POST',
    headers: HEADERS,
    connections,
    duration: seconds,
    timeout: TIMEOUT_SECONDS,
    setupClient: (client) => {
      const from = Math.floor((opened++ * requests.length) / connections) % requests.length;
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
      client.on('body', (body: Buffer) => {
        if (body.includes('"errors":')) fail(body.toString());
      });
    },
  };
  // With a callback it gives the instance, else a promise that hides it.
  const done = Promise.withResolvers<autocannon.Result>();
  const cannon = autocannon(options, (error, result) => (error ? done.reject(error) : done.resolve(result)));
  cannon.on('response', (_client, status, _bytes, time) => {
    times.push(time);
    if (status !== OK) fail(`status ${status}`);
  });
  cannon.on('reqError', (error: Error) => fail(error.message));
  await done.promise;
  const elapsed = (performance.now() - started) / 1000;
  times.sort((x, y) => x - y);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return { requests: times.length, perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99), failed, failure };
};
