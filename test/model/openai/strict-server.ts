import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes, which the tests look into
  readonly body: any;
  readonly at: number;
}

export type Answer = (response: ServerResponse, asked: Asked, request: IncomingMessage) => unknown;

export interface StrictServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Connections that are open. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

export const KEY = 'sk-the-secret-key-of-this-test';

/** Fields of OpenAI's API and those that the named kind adds; any other one is refused as OpenAI does. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '/v1/completions': [
    'model',
    'prompt',
    'max_tokens',
    'temperature',
    'top_p',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'echo',
    'logprobs',
  ],
  '/v1/chat/completions': [
    'model',
    'messages',
    'max_tokens',
    'temperature',
    'top_p',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'response_format',
  ],
  '/v1/embeddings': ['model', 'input', 'encoding_format'],
  '/tokenize': [
    'model',
    'prompt',
    'messages',
    'add_generation_prompt',
    'add_special_tokens',
    'content',
    'add_special',
    'parse_special',
  ],
  '/apply-template': ['messages'],
  '/extras/tokenize/count': ['model', 'input'],
};

export const sendJson = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

/** A server that refuses whatever is not to the letter, and then answers as the test says, by path. */
export const startStrictServer = async (
  answers: Readonly<Record<string, Answer>>,
  { ownedBy = 'someone', extras = [] as readonly string[], key = KEY } = {},
): Promise<StrictServer> => {
  const asked: Asked[] = [];
  const models: Answer = (response) => sendJson(response, 200, { data: [{ id: 'tiny', owned_by: ownedBy }] });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const text = Buffer.concat(await Array.fromAsync(request)).toString('utf8');
    const body = request.method === 'POST' ? JSON.parse(text) : undefined;
    const entry = { path, body, at: performance.now() };
    asked.push(entry);
    if (request.headers.authorization !== `Bearer ${key}`)
      return sendJson(response, 401, { error: { message: `Incorrect API key: ${request.headers.authorization}` } });
    if (body !== undefined && request.headers['content-type'] !== 'application/json')
      return sendJson(response, 415, {});
    const known = [...(FIELDS[path] ?? []), ...extras];
    const unknown = Object.keys(body ?? {}).find((field) => !known.includes(field));
    if (unknown !== undefined)
      return sendJson(response, 400, {
        error: { message: `Unknown parameter: '${unknown}'.`, code: 'unknown_parameter' },
      });
    const given = answers[path] ?? (path === '/v1/models' ? models : undefined);
    if (given === undefined) return sendJson(response, 404, { error: { message: 'File Not Found' } });
    await given(response, entry, request);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    connections: () => new Promise((resolve) => server.getConnections((_, count) => resolve(count))),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Pieces of a completion as events, each written by itself. */
export const streaming =
  (events: readonly unknown[], done = true): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end(done ? 'data: [DONE]\n\n' : undefined);
  };

export const textEvent = (text: string, finish: string | null = null, more = {}) => ({
  choices: [{ index: 0, text, finish_reason: finish, ...more }],
});
export const usageEvent = (prompt: number, generated: number, cached = 0) => ({
  choices: [],
  usage: { prompt_tokens: prompt, completion_tokens: generated, prompt_tokens_details: { cached_tokens: cached } },
});
