import { readFileSync } from 'node:fs';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import type { Language } from '../../src/scene/scene.ts';
import { STORIES } from '../cli/run-cli.ts';

export const BYTES_MAX = 4 * 2 ** 20;

export const storyReader = (bytesMax = BYTES_MAX) =>
  inlineReader(openSentenceReader, { bytesMax, sceneLengthMax: 2000 });

/** Real prose: a tale of Tolstoy's and one of Poe's. */
export const storyText = (lang: Language): string => readFileSync(STORIES[lang], 'utf8');

/** One corpus for each language. */
export const CORPORA: Readonly<Record<Language, string>> = { ru: 'сказки', en: 'tales' };
