import type { TextCounter } from '../activation/text-counter.ts';
import type { BaseTokenizer } from './base-tokenizer.ts';

/** Counts by a model's tokenizer, and closes it. Not called by where it lies: the same one gives the same bytes. */
export const baseCounter = (tokenizer: BaseTokenizer): TextCounter => ({
  name: 'tokenizer.json',
  sha256: tokenizer.sha256,
  count: async (texts) => {
    const { ends } = await tokenizer.encode(texts);
    return ends.map((end, i) => end - (ends[i - 1] ?? 0));
  },
  close: () => tokenizer.close(),
});
