import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HypersceneError } from '../errors.ts';
import { type BaseTokenizer, openBaseTokenizer } from './base-tokenizer.ts';

/** One step down from the folder of tokenizers and nowhere else: no separator, and nothing that begins with a dot. */
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/u;

export const TOKENIZER_NAME = 'a letter or digit, then up to 99 letters, digits and _ - .';

export const isTokenizerName = (text: string): boolean => NAME.test(text);

/** Names that an error lists. */
const LISTED_MAX = 20;

/**
 * A base tokenizer by its name, for callers who may not name files of this machine.
 * @param folder has a folder for each; null where there is none
 * @throws HypersceneError UNKNOWN_TOKENIZER, BAD_TOKENIZER
 */
export const openNamedTokenizer = async (folder: string | null, name: string): Promise<BaseTokenizer> => {
  const unknown = (expected: string, cause?: unknown) =>
    new HypersceneError('UNKNOWN_TOKENIZER', 'no such tokenizer', { expected, came: JSON.stringify(name), cause });
  if (folder === null) throw unknown('none: this installation has no folder of tokenizers (HYPERSCENE_TOKENIZERS)');
  const names = (await readdir(folder).catch(() => [])).filter(isTokenizerName).sort();
  if (!names.includes(name))
    throw unknown(names.length === 0 ? 'none: the folder of tokenizers is empty' : listed(names));
  try {
    return await openBaseTokenizer(join(folder, name));
  } catch (error) {
    if (!(error instanceof HypersceneError) || error.code !== 'UNKNOWN_TOKENIZER') throw error;
    throw unknown('one whose folder has a tokenizer.json', error);
  }
};

const listed = (names: readonly string[]): string =>
  `one of ${names.slice(0, LISTED_MAX).join(', ')}${names.length > LISTED_MAX ? ', …' : ''}`;
