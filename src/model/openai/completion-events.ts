import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { messageOf } from './server-refusal.ts';

/** Tokens, as OpenAI's API counts them. */
export const USAGE = z.object({
  prompt_tokens: z.number().nullish(),
  completion_tokens: z.number().nullish(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
});
export type ServerUsage = z.output<typeof USAGE>;

const CHUNK = z.object({
  choices: z
    .array(
      z.object({
        text: z.string().nullish(),
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
        /** vLLM's: the text or token that stopped it, null where the model ended by itself. */
        stop_reason: z.union([z.string(), z.number()]).nullish(),
      }),
    )
    .nullish(),
  usage: USAGE.nullish(),
  /** llama-server's. */
  timings: z.object({ prompt_ms: z.number().nullish() }).nullish(),
});

/** What a streamed completion came to. */
export interface CompletionOutcome {
  readonly reason: 'end' | 'stop' | 'length';
  readonly usage: ServerUsage | null;
  /** ms, where the server tells. */
  readonly promptTime: number | null;
  /** Events that brought text, about one a token. */
  readonly pieces: number;
}

export interface ReadCompletion {
  /** Whether texts were given that end it. */
  readonly stops: boolean;
  readonly hide: (text: string) => string;
}

/**
 * Texts of a streamed completion, none of them empty, of either form; returns how it ended.
 * @throws HypersceneError MODEL_CRASHED where an event cannot be read, tells an error, or the end is missing
 */
export async function* readCompletion(
  events: AsyncIterable<string>,
  { stops, hide }: ReadCompletion,
): AsyncGenerator<string, CompletionOutcome, undefined> {
  let reason: CompletionOutcome['reason'] | null = null;
  let usage: ServerUsage | null = null;
  let promptTime: number | null = null;
  let pieces = 0;
  for await (const data of events) {
    if (data === '[DONE]') break;
    const chunk = parseChunk(data, hide);
    usage = chunk.usage ?? usage;
    promptTime = chunk.timings?.prompt_ms ?? promptTime;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    const text = choice.text ?? choice.delta?.content ?? '';
    if (text !== '') {
      pieces++;
      yield text;
    }
    if (typeof choice.finish_reason === 'string')
      reason = reasonOf(choice.finish_reason, stops && choice.stop_reason !== null);
  }
  if (reason === null)
    throw new HypersceneError('MODEL_CRASHED', "the model's server broke off its answer", {
      expected: 'a reason why it ended',
    });
  return { reason, usage, promptTime, pieces };
}

const parseChunk = (data: string, hide: (text: string) => string): z.output<typeof CHUNK> => {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (cause) {
    throw unreadable(data, cause);
  }
  if (typeof value === 'object' && value !== null && 'error' in value && value.error !== null)
    throw new HypersceneError('MODEL_CRASHED', "the model's server failed midway", { came: messageOf(hide(data)) });
  const chunk = CHUNK.safeParse(value);
  if (!chunk.success) throw unreadable(data, chunk.error);
  return chunk.data;
};

const unreadable = (data: string, cause: unknown): HypersceneError =>
  new HypersceneError('MODEL_CRASHED', "the model's server sent what cannot be read", {
    expected: 'pieces of a completion as JSON',
    came: `an event of ${data.length} characters`,
    cause,
  });

const reasonOf = (said: string, byText: boolean): CompletionOutcome['reason'] => {
  if (said === 'length') return 'length';
  if (said === 'abort' || said === 'error')
    throw new HypersceneError('MODEL_CRASHED', "the model's server broke off its answer", { came: said });
  return said === 'stop' && byText ? 'stop' : 'end';
};
