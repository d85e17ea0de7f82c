import type { Tokenizer } from '../tokenizer.ts';

/** No special token is recognised: what a user wrote is text. */
const PLAIN_TEXT = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

/**
 * OpenAI's o200k_base (200,019 tokens; GPT-4o and later) by gpt-tokenizer, whose ranks come in the package. It is the
 * default because it treats Russian well (about 2 tokens a word), so that ratios are not flattered by a bad baseline.
 * Loaded on demand: its ranks take some 200 ms and 60 MB.
 */
export const openO200k = async (): Promise<Tokenizer> => {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  return { name: 'o200k_base', count: (text) => countTokens(text, PLAIN_TEXT) };
};
