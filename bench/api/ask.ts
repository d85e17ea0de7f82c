import type { Child } from './child.ts';
import { type Ask, bodyOf } from './operations.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of queries that stand beside
export type Data = any;

export const HEADERS = { 'content-type': 'application/json' };

export const post = (url: string, body: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: HEADERS, body, ...init });

/** The bytes of an answer that must have no errors. */
export const answerText = async ({ url }: Pick<Child, 'url'>, asked: Ask): Promise<string> => {
  const text = await (await post(url, bodyOf(asked))).text();
  if (!text.startsWith('{"data":{') || text.includes('"errors":'))
    throw new Error(`${asked.query.slice(0, 40)}: ${text.slice(0, 500)}`);
  return text;
};

export const ask = async (server: Pick<Child, 'url'>, query: string, variables: Ask['variables'] = {}): Promise<Data> =>
  JSON.parse(await answerText(server, { query, variables })).data;
