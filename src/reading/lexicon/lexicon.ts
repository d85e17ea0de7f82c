import { HypersceneError } from '../../errors.ts';
import { LANGUAGES, type Language } from '../../scene/scene.ts';
import { lookupForm } from '../split-tokens.ts';
import type { PartOfSpeech } from '../token.ts';

/** How sure a word is to mean its key: `+`, nothing, `-` in the files. */
export type Strength = 'strong' | 'normal' | 'weak';

/** One word or phrase that stands for a key. */
export interface Entry<Key extends string> {
  readonly key: Key;
  /** Lemmas or forms, lower case, ё as е; a phrase has two or more. */
  readonly words: readonly string[];
  readonly strength: Strength;
  /** `!`: counts only where the word is denied. */
  readonly isDenied: boolean;
  /** `>`: counts only where the word takes an action as its complement. */
  readonly takesAction: boolean;
  /** `/n`: counts only as one of these parts of speech; null for any. */
  readonly pos: ReadonlySet<PartOfSpeech> | null;
  /** `/p`: counts only as a participle: заброшенный дом, but not забросил. */
  readonly isParticiple: boolean;
}

export interface Lexicon<Key extends string> {
  /** Entries by their first word. */
  readonly entriesOf: (word: string) => readonly Entry<Key>[];
  readonly entries: readonly Entry<Key>[];
}

export type Lexicons<Key extends string> = Readonly<Record<Language, Lexicon<Key>>>;

const STRENGTHS: Readonly<Record<string, Strength>> = { '+': 'strong', '': 'normal', '-': 'weak' };

const PARTS: Readonly<Record<string, ReadonlySet<PartOfSpeech>>> = {
  n: new Set<PartOfSpeech>(['NOUN', 'PROPN']),
  v: new Set<PartOfSpeech>(['VERB', 'AUX']),
  p: new Set<PartOfSpeech>(['VERB']),
  a: new Set<PartOfSpeech>(['ADJ', 'DET']),
  r: new Set<PartOfSpeech>(['ADV', 'PART', 'ADP']),
};

const LETTERS: Readonly<Record<Language, string>> = { ru: '[а-яё]', en: '[a-z]' };

const entryPattern = (lang: Language): RegExp => {
  const word = `${LETTERS[lang]}+(?:[-']${LETTERS[lang]}+)*`;
  return new RegExp(
    `^(?<denied>!?)(?<words>${word}(?:_${word})*)(?:/(?<pos>[nvpar]))?(?<action>>?)(?<strength>[+-]?)$`,
    'u',
  );
};
const ENTRY: Readonly<Record<Language, RegExp>> = { ru: entryPattern('ru'), en: entryPattern('en') };

/**
 * Reads lexicon files of this form, one key a line; a key may have several lines, `#` begins a comment:
 *
 *     key | Russian words | English words
 *
 * with words separated by white space, each
 *
 *     [!]word[_word…][/n|/v|/p|/a|/r][>][+|-]
 *
 * where `_` joins the words of a phrase, which may have a few other words in between.
 *
 * @param files the name and text of each file
 * @param keys the keys that may stand at the beginning of a line
 * @throws HypersceneError INTERNAL with `file:line` for a line that is not of this form, an unknown key, or a word
 *   given twice for one key
 */
export const parseLexicons = <Key extends string>(
  files: readonly { readonly name: string; readonly text: string }[],
  keys: ReadonlySet<Key>,
): Lexicons<Key> => {
  const entries: Record<Language, Entry<Key>[]> = { ru: [], en: [] };
  const seen = new Set<string>();
  for (const { name, text } of files)
    for (const [i, line] of text.split(/\r?\n/u).entries()) {
      const content = line.replace(/#.*$/u, '').trim();
      if (content === '') continue;
      const at = `${name}:${i + 1}`;
      const [key, ...columns] = content.split('|').map((column) => column.trim());
      if (columns.length !== LANGUAGES.length)
        throw malformed(at, 'key | Russian words | English words', `${columns.length + 1} columns`);
      if (!keys.has(key as Key)) throw malformed(at, 'a key of the inventory', JSON.stringify(key));
      for (const [column, lang] of LANGUAGES.entries())
        for (const word of (columns[column] ?? '').split(/\s+/u).filter(Boolean)) {
          const entry = parseEntry(word, key as Key, lang, at);
          const identity = `${lang} ${key} ${word.replace(/[+-]$/u, '')}`;
          if (seen.has(identity)) throw malformed(at, 'each word once for a key', word);
          seen.add(identity);
          entries[lang].push(entry);
        }
    }
  return { ru: toLexicon(entries.ru), en: toLexicon(entries.en) };
};

const parseEntry = <Key extends string>(text: string, key: Key, lang: Language, at: string): Entry<Key> => {
  const groups = ENTRY[lang].exec(text)?.groups;
  if (groups === undefined) throw malformed(at, '[!]word[_word][/n|/v|/p|/a|/r][>][+|-]', text);
  return {
    key,
    words: (groups['words'] ?? '').split('_').map(lookupForm),
    strength: STRENGTHS[groups['strength'] ?? ''] ?? 'normal',
    isDenied: groups['denied'] === '!',
    takesAction: groups['action'] === '>',
    pos: PARTS[groups['pos'] ?? ''] ?? null,
    isParticiple: groups['pos'] === 'p',
  };
};

const toLexicon = <Key extends string>(entries: readonly Entry<Key>[]): Lexicon<Key> => {
  const byFirstWord = Map.groupBy(entries, ({ words }) => words[0]);
  return { entriesOf: (word) => byFirstWord.get(word) ?? [], entries };
};

const malformed = (at: string, expected: string, came: string): HypersceneError =>
  new HypersceneError('INTERNAL', 'malformed lexicon', { at, expected, came });
