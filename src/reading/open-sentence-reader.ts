import type { Language } from '../scene/scene.ts';
import { deterministicReader } from './deterministic-reader.ts';
import { openEnglishGrammar } from './english/english-grammar.ts';
import type { Grammar } from './grammar.ts';
import { loadLexicons, type ReadingLexicons } from './lexicon/load-lexicons.ts';
import { openRussianGrammar } from './russian/russian-grammar.ts';
import type { SentenceReader } from './sentence-reader.ts';

/**
 * Opens the deterministic reader of a language; takes a few tenths of a second and up to 100 MB, so open one and keep it.
 * @throws HypersceneError MISSING_ASSET if the dictionary or a lexicon is absent, INTERNAL if a lexicon is malformed
 */
export const openSentenceReader = async (lang: Language): Promise<SentenceReader> => {
  const lexicons = await loadLexicons();
  return deterministicReader(await openGrammar(lang, lexicons), lexicons);
};

const openGrammar = async (lang: Language, { classes }: ReadingLexicons): Promise<Grammar> => {
  switch (lang) {
    case 'ru':
      return openRussianGrammar(classes.ru);
    case 'en':
      return openEnglishGrammar(classes.en);
    default:
      return lang satisfies never;
  }
};
