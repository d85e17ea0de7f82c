/** What runs on the thread that counts positions: see `open-o200k-counter.ts`. */
import { openO200k } from './open-o200k.ts';

const tokenizer = openO200k();

export const countTexts = async (texts: readonly string[]): Promise<Int32Array> => {
  const { count } = await tokenizer;
  return Int32Array.from(texts, count);
};
