import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../src/scene/scene.ts';

export interface Story {
  readonly lang: Language;
  readonly path: string;
  readonly text: string;
}

const story = (lang: Language, file: string): Story => {
  const path = fileURLToPath(new URL(`../../data/stories/${lang}/${file}`, import.meta.url));
  return { lang, path, text: readFileSync(path, 'utf8') };
};

/** Real prose: Tolstoy's fairy tale and Poe's. */
export const STORIES: readonly Story[] = [
  story('ru', 'tolstoy-rabotnik-emelyan.txt'),
  story('en', 'poe-masque-of-the-red-death.txt'),
];

/** The text's paragraphs, each filled to lines of at most `width` units, as mail and e-books are. */
export const wrapped = (text: string, width: number, between: string, indent = ''): string =>
  text
    .split(/\n\s*\n/u)
    .map((paragraph) => fill(indent, paragraph.split(/\s+/u).filter(Boolean), width))
    .join(between);

const fill = (indent: string, words: readonly string[], width: number): string => {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`;
    if (longer.length > width && line.trim() !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
};

/** The text in pieces cut at the given places, each a share of its length. */
export const cutAt = <T extends { readonly length: number; slice(from: number, to: number): T }>(
  whole: T,
  shares: readonly number[],
): readonly T[] => {
  const borders = [0, ...shares.map((share) => Math.floor(share * whole.length)).sort((a, b) => a - b), whole.length];
  return borders.slice(1).map((border, i) => whole.slice(borders[i] ?? 0, border));
};

export async function* streamOf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* chunks;
}
