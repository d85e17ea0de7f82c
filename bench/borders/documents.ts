import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Language } from '../../src/scene/scene.ts';
import { askPython } from './python.ts';

export const KINDS = ['plays', 'plays with speakers', 'tales', 'chapters'] as const;
export type Kind = (typeof KINDS)[number];

/** A text whose true sections are known, without their headings. */
export interface GoldDocument {
  readonly kind: Kind;
  readonly name: string;
  readonly lang: Language;
  /** Paragraphs or speeches; a section begins with a block. */
  readonly blocks: readonly string[];
  /** Blocks that a section begins with, but the first. */
  readonly sections: readonly number[];
}

interface Play {
  readonly name: string;
  /** Lines of verse. */
  readonly verse: number;
  readonly scenes: readonly (readonly { readonly speaker: string; readonly text: string }[])[];
}

/** Fewer sections leave next to nothing to find. */
const SECTIONS_MIN = 3;
/** Speeches of a play in verse are cut at line ends, which prose has not. */
const VERSE_MAX = 20;

const document = (
  about: Pick<GoldDocument, 'kind' | 'name' | 'lang'>,
  sections: readonly (readonly string[])[],
): GoldDocument => {
  const starts: number[] = [];
  let blocks = 0;
  for (const section of sections) {
    if (blocks > 0) starts.push(blocks);
    blocks += section.length;
  }
  return { ...about, blocks: sections.flat(), sections: starts };
};

const plain = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/u)
    .map(plain)
    .filter((block) => block !== '');

const plays = async (folder: string, charactersMax: number): Promise<readonly GoldDocument[]> => {
  const found = (await askPython<readonly Play[]>(['plays', folder])).filter(
    ({ verse, scenes }) =>
      verse < VERSE_MAX && scenes.flat().reduce((sum, { text }) => sum + text.length, 0) <= charactersMax,
  );
  const read = (kind: Kind, withSpeaker: boolean) => (play: Play) =>
    document(
      { kind, name: play.name, lang: 'ru' },
      play.scenes.map((scene) =>
        scene.map(({ speaker, text }) => (withSpeaker && speaker !== '' ? `${speaker}. ${text}` : text)),
      ),
    );
  return [...found.map(read('plays', false)), ...found.map(read('plays with speakers', true))];
};

const tales = async (file: string): Promise<readonly GoldDocument[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly story: string; readonly sections: readonly string[] })
    .map(({ story, sections }) => document({ kind: 'tales', name: story, lang: 'en' }, sections.map(paragraphs)));

/** A line of its own: `CHAPTER IV. …`, `Глава 2`, `III`, `II.`. */
const HEADING = /^(?:(?:chapter|глава)\s+[\dIVXLC]+\b.*|[IVXLC]+\.?)$/iu;

const chapters = async (folder: string): Promise<readonly GoldDocument[]> => {
  const found: GoldDocument[] = [];
  for (const lang of ['ru', 'en'] as const)
    for (const path of (await Array.fromAsync(glob(join(folder, lang, '*.txt')))).toSorted()) {
      const sections: string[][] = [[]];
      for (const block of paragraphs(await readFile(path, 'utf8')))
        if (HEADING.test(block)) sections.push([]);
        else sections.at(-1)?.push(block);
      const about = { kind: 'chapters', name: basename(path, '.txt'), lang } as const;
      found.push(
        document(
          about,
          sections.filter((section) => section.length > 0),
        ),
      );
    }
  return found;
};

/**
 * All that can be had, in an order that tells nothing.
 * @param options.plays folder of TEI files of DraCor
 * @param options.charactersMax of a play that is taken
 */
export const goldDocuments = async (
  corpora: string,
  options: { readonly plays: string; readonly charactersMax: number },
): Promise<readonly GoldDocument[]> =>
  [
    ...(await plays(options.plays, options.charactersMax)),
    ...(await tales(join(corpora, 'qa/fairytaleqa_stories.jsonl'))),
    ...(await chapters(join(corpora, 'prose'))),
  ].filter(({ sections }) => sections.length + 1 >= SECTIONS_MIN);
