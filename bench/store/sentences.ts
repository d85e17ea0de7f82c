import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../src/scene/scene.ts';

export interface Sentence {
  readonly text: string;
  readonly lang: Language;
}

/** Sentences shorter than this are mostly headings and numbers of chapters; longer ones, badly cut. UTF-16 code units. */
const LENGTH_MIN = 12;
const LENGTH_MAX = 600;

/** Cut at the end marks alone: the store is measured, not the reader, and wants text of the usual length. */
const sentencesOf = (text: string): readonly Sentence[] => {
  const lang: Language = /\p{Script=Cyrillic}/u.test(text.slice(0, 4000)) ? 'ru' : 'en';
  return (text.match(/[^.!?…]+[.!?…]+["»”)]*/gu) ?? [])
    .map((sentence) => sentence.replaceAll(/\s+/gu, ' ').trim())
    .filter(({ length }) => length >= LENGTH_MIN && length <= LENGTH_MAX)
    .map((sentence) => ({ text: sentence, lang }));
};

const textFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.txt'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/**
 * Sentences of the text files below a folder, Russian and English by turns of whole files, at most `count`.
 * @throws Error where there is no text
 */
export const readSentences = async (folder: string, count: number): Promise<readonly Sentence[]> => {
  const files = await textFiles(folder);
  const found: Sentence[] = [];
  for (const file of alternate(files)) {
    if (found.length >= count) break;
    found.push(...sentencesOf(await readFile(file, 'utf8')));
  }
  if (found.length === 0) throw new Error(`no sentences in the text files of ${folder}`);
  return found.slice(0, count);
};

/** From both ends of the list by turns: folders are named by language, so that one language follows the other. */
const alternate = (files: readonly string[]): readonly string[] =>
  files.map((_, i) => files[i % 2 === 0 ? i / 2 : files.length - (i + 1) / 2]).filter((file) => file !== undefined);
