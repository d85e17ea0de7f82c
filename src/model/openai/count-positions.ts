import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import type { ServerConnection } from './server-connection.ts';
import type { ServerKind } from './server-kind.ts';

const IDS = z.object({ tokens: z.array(z.number()) });
const COUNT = z.object({ count: z.number() });
const TEMPLATED = z.object({ prompt: z.string() });

export interface PlainPrompt {
  readonly text: string;
  readonly form: 'raw' | 'chat';
}

export interface AskedServer {
  readonly connection: ServerConnection;
  readonly kind: ServerKind;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** A prompt as the turn of a user. */
export const userTurn = (text: string) => [{ role: 'user', content: text }];

/** The answer of that shape. @throws HypersceneError MODEL_UNAVAILABLE */
const shaped = <T>(schema: z.ZodType<T>, answer: unknown, path: string): T => {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new HypersceneError('MODEL_UNAVAILABLE', "the model's server sent what cannot be read", {
    at: path,
    cause: parsed.error,
  });
};

/**
 * Ids of a text by llama-server, which alone can be told that what spells a mark such as `<|im_end|>` is plain text.
 * @returns with the mark of the beginning where the model has one
 */
export const plainIds = async (text: string, { connection, signal }: AskedServer): Promise<readonly number[]> => {
  const path = '//tokenize';
  const body = { content: text, add_special: true, parse_special: false };
  return shaped(IDS, await connection.json({ path, body, signal }), path).tokens;
};

const COUNT_PATH = '//extras/tokenize/count';

/** Tokens of a text by llama-cpp-python, which puts the mark of the beginning before any, where the model has one. */
const markedCount = async (input: string, { connection, name, signal }: AskedServer): Promise<number> =>
  shaped(COUNT, await connection.json({ path: COUNT_PATH, body: { model: name, input }, signal }), COUNT_PATH).count;

/** Whether llama-cpp-python puts a mark before a text. */
export const marksBeginning = async (server: AskedServer): Promise<boolean> => (await markedCount('', server)) > 0;

/**
 * Positions of a prompt, the mark of the beginning not counted; in a chat with the template's marks.
 * @throws HypersceneError MODEL_UNAVAILABLE where the server cannot count
 */
export const countPositions = async (prompt: PlainPrompt, server: AskedServer): Promise<number> => {
  const { connection, kind, name, signal } = server;
  const { text, form } = prompt;
  const ask = async <T>(schema: z.ZodType<T>, path: string, body: unknown): Promise<T> =>
    shaped(schema, await connection.json({ path, body, signal }), path);
  switch (kind) {
    case 'llama-server': {
      const content =
        form === 'raw' ? text : (await ask(TEMPLATED, '//apply-template', { messages: userTurn(text) })).prompt;
      const body = { content, add_special: false, parse_special: form === 'chat' };
      return (await ask(IDS, '//tokenize', body)).tokens.length;
    }
    case 'vllm': {
      const asked = form === 'raw' ? { prompt: text } : { messages: userTurn(text), add_generation_prompt: true };
      return (await ask(COUNT, '//tokenize', { model: name, ...asked, add_special_tokens: false })).count;
    }
    case 'llama-cpp-python': {
      if (form === 'chat') break;
      return (await markedCount(text, server)) - (await markedCount('', server));
    }
    case 'other':
      break;
  }
  throw new HypersceneError('MODEL_UNAVAILABLE', "the model's server does not count tokens of such a prompt", {
    expected: 'llama-server, vLLM, or llama-cpp-python for a bare text',
    came: `${kind}, ${form}`,
  });
};
