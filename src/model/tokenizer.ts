import type { TextCounter } from '../activation/text-counter.ts';

/**
 * Port: how many positions a text takes in a model's context. Adapters: {@link openO200k}; later a Hugging Face
 * `tokenizer.json` or a GGUF's vocabulary.
 */
export interface Tokenizer {
  /** As its makers call it, e.g. `o200k_base`. */
  readonly name: string;
  /**
   * Positions of the text; marks such as `<|endoftext|>` or `Δ14` in it are plain text.
   * @returns 0 for the empty text
   */
  count(text: string): number;
}

/** Many texts at once, on this thread: for what is bounded, such as the scenes of one context. */
export const counterOf = (tokenizer: Tokenizer): Pick<TextCounter, 'name' | 'count'> => ({
  name: tokenizer.name,
  count: async (texts) => texts.map((text) => tokenizer.count(text)),
});
