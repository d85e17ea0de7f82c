import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import type { TokenScore } from '../language-model.ts';
import { type ServerUsage, USAGE } from './completion-events.ts';

const ECHO = z.object({
  choices: z
    .array(
      z.object({
        text: z.string(),
        logprobs: z.object({
          tokens: z.array(z.string()),
          token_logprobs: z.array(z.number().nullable()),
          text_offset: z.array(z.number()).nullish(),
        }),
      }),
    )
    .min(1),
  usage: USAGE,
});

export interface EchoedScores {
  readonly tokens: readonly TokenScore[];
  readonly usage: ServerUsage;
}

/** The error that says what a server lacks. */
export const missingScores = (came: string): HypersceneError =>
  new HypersceneError('MODEL_UNAVAILABLE', "the model's server tells no probabilities of a prompt", {
    expected: 'one that takes echo together with logprobs at /completions, as vLLM and llama-cpp-python do',
    came,
  });

/**
 * Scores of a prompt from an answer that repeats it with log probabilities, and has one token more.
 * @param segments texts of the prompt's segments
 * @throws HypersceneError MODEL_UNAVAILABLE where the server has none
 */
export const readEcho = (answer: unknown, segments: readonly string[]): EchoedScores => {
  const parsed = ECHO.safeParse(answer);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || choice === undefined) throw missingScores('an answer without them');
  if (!choice.text.startsWith(segments.join(''))) throw missingScores('an answer that does not repeat the prompt');
  const { tokens: spelled, token_logprobs: values, text_offset: offsets } = choice.logprobs;
  const { usage } = parsed.data;
  const length = spelled.length - (usage.completion_tokens ?? 0);
  if (length < 0 || values.length < length) throw missingScores('fewer tokens than the prompt has');
  const place = placer(segments);
  const texts = spelled.slice(0, length);
  const marks = marksBefore(texts, segments.join(''));
  let at = 0;
  const tokens = texts.map((text, index): TokenScore => {
    // vLLM counts the mark's own characters in, though the text it repeats has none of it.
    const start = offsets?.[index] === undefined ? at : offsets[index] - (offsets[marks] ?? 0);
    if (index >= marks) at += codePoints(text);
    return { segment: index < marks ? -1 : place(start), text, logProbability: values[index] ?? null };
  });
  return { tokens, usage };
};

/** Tokens that stand before the text: none of the text's own if what follows alone spells it. */
const marksBefore = (texts: readonly string[], text: string): number => {
  const [first = '', ...rest] = texts;
  return texts.length > 0 && rest.join('') === text && first !== '' ? 1 : 0;
};

/** Offsets are those of Python, in code points. */
const codePoints = (text: string): number => [...text].length;

/** The segment in which a code point stands. */
const placer = (segments: readonly string[]): ((offset: number) => number) => {
  let end = 0;
  const ends = segments.map((text) => {
    end += codePoints(text);
    return end;
  });
  return (offset) => {
    const found = ends.findIndex((each) => offset < each);
    return found === -1 ? segments.length - 1 : found;
  };
};
