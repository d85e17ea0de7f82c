import { request } from 'node:http';

export interface SentChunks {
  /** undefined when the connection ended without an answer. */
  readonly status: number | undefined;
  /** Bytes that were sent by then. */
  readonly sent: number;
}

/**
 * Sends the same chunk, without a length, until there is an answer or `bytesMax` have gone. `fetch` may fail with a broken
 * pipe before it reads the answer that refused what it still sends.
 */
export const sendChunks = async (
  url: string,
  options: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
  chunk: Buffer,
  bytesMax: number,
): Promise<SentChunks> => {
  const client = request(new URL(url), { method: options.method, headers: { ...options.headers } });
  let answered = false;
  const status = new Promise<number | undefined>((resolve) => {
    client.once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    client.once('error', () => resolve(undefined));
  });
  void status.then(() => {
    answered = true;
  });
  let sent = 0;
  while (!answered && sent < bytesMax) {
    sent += chunk.length;
    if (!client.write(chunk)) await new Promise((resolve) => client.once('drain', resolve).once('close', resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!answered) client.end();
  const answer = { status: await status, sent };
  client.destroy();
  return answer;
};
