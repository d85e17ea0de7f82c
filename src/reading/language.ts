import { francAll } from 'franc';
import { HypersceneError } from '../errors.ts';
import type { Language } from '../scene/scene.ts';

/** UTF-16 units of prose to detect by: so much outweighs a preface in another language. */
export const LANGUAGE_SAMPLE_LENGTH = 32_768;

/** Letters from which on trigrams are trusted; below, the script decides. */
const TRIGRAM_LETTERS_MIN = 200;
/** What franc looks at, at most. */
const WINDOW_LENGTH = 2_048;
const WINDOWS_MAX = 8;

/**
 * franc gives its best guess 1 and the others less. On 1,900 windows of English novels English (or Scots, which it
 * takes for a language of its own) had 0.97 or more, at 200 letters already; French, German, Dutch and Spanish gave
 * English 0.78 at most, Latin 0.84; a text franc was trained on, the Declaration of Human Rights in French, 0.93.
 */
const ENGLISH_SCORE_MIN = 0.95;
/**
 * On 10,000 windows of Russian prose Russian had 0.81 or more, but Bulgarian texts give it 0.82 as well: its letters
 * tell it from other languages.
 */
const RUSSIAN_SCORE_MIN = 0.8;
/** In letters of prose: ы, э and ё make 2 % of Russian, none of Bulgarian; ъ 0.04 % and 2 %. */
const HARD_SIGN_SHARE_MAX = 0.005;
const FOREIGN_SHARE_MAX = 0.02;

/**
 * The language of a document by its first letters.
 * @param sample prose, blocks parted by line breaks; {@link LANGUAGE_SAMPLE_LENGTH} units are enough
 * @throws HypersceneError UNKNOWN_LANGUAGE
 */
export const detectLanguage = (sample: string): Language => {
  const letters = countLetters(sample);
  const total = letters.cyrillic + letters.latin + letters.other;
  if (total === 0) throw unknownLanguage('a text without letters');
  if (letters.other > Math.max(letters.cyrillic, letters.latin)) throw unknownLanguage(nameOf(guess(sample, [])));
  const isCyrillic = letters.cyrillic > letters.latin;
  const ownScript = sample.split('\n').filter((block) => {
    const { cyrillic, latin } = countLetters(block);
    return isCyrillic ? cyrillic > latin : latin >= cyrillic;
  });
  return isCyrillic ? detectRussian(ownScript.join('\n')) : detectEnglish(ownScript.join('\n'));
};

const detectEnglish = (sample: string): Language => {
  if (countLetters(sample).latin < TRIGRAM_LETTERS_MIN) return 'en';
  if (mostly(sample, (window) => Math.max(score(window, 'eng'), score(window, 'sco')) >= ENGLISH_SCORE_MIN))
    return 'en';
  throw unknownLanguage(nameOf(guess(sample, ['eng', 'sco'])));
};

const detectRussian = (sample: string): Language => {
  const letters = countLetters(sample).cyrillic;
  const looksRussian = hasRussianLetters(sample, letters);
  if (looksRussian && letters < TRIGRAM_LETTERS_MIN) return 'ru';
  if (looksRussian && mostly(sample, (window) => score(window, 'rus') >= RUSSIAN_SCORE_MIN)) return 'ru';
  throw unknownLanguage(nameOf(guess(sample, ['rus'])));
};

const hasRussianLetters = (sample: string, letters: number): boolean => {
  // і, ѣ, ѳ, ѵ and the hard sign at the end of words were Russian until 1918; yat tells it from Ukrainian.
  const isOldSpelling = /ѣ/iu.test(sample) && /ы/iu.test(sample);
  const foreign = countMatches(
    sample,
    isOldSpelling ? /(?![а-яёіѣѳѵ])\p{Script=Cyrillic}/giu : /(?![а-яё])\p{Script=Cyrillic}/giu,
  );
  if (foreign > letters * FOREIGN_SHARE_MAX) return false;
  if (isOldSpelling || letters < TRIGRAM_LETTERS_MIN || /[ыэё]/iu.test(sample)) return true;
  return countMatches(sample, /ъ/giu) <= letters * HARD_SIGN_SHARE_MAX;
};

interface LetterCounts {
  readonly cyrillic: number;
  readonly latin: number;
  readonly other: number;
}

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const countLetters = (text: string): LetterCounts => {
  const cyrillic = countMatches(text, /\p{Script=Cyrillic}/gu);
  const latin = countMatches(text, /\p{Script=Latin}/gu);
  return { cyrillic, latin, other: Math.max(0, countMatches(text, /\p{L}/gu) - cyrillic - latin) };
};

/** Stretches of a sample, evenly spread. */
const windowsOf = (sample: string): readonly string[] => {
  const count = Math.min(WINDOWS_MAX, Math.max(1, Math.floor(sample.length / WINDOW_LENGTH)));
  const step = Math.floor(sample.length / count);
  return Array.from({ length: count }, (_, i) => sample.slice(i * step, i * step + WINDOW_LENGTH));
};

const mostly = (sample: string, is: (window: string) => boolean): boolean => {
  const windows = windowsOf(sample);
  return windows.filter(is).length * 2 > windows.length;
};

const score = (window: string, code: string): number =>
  francAll(window, { minLength: 1 }).find(([language]) => language === code)?.[1] ?? 0;

/** ISO 639-3 code of what most windows look like, other than what they are known not to be. */
const guess = (sample: string, ignore: readonly string[]): string => {
  const votes = new Map<string, number>();
  for (const window of windowsOf(sample)) {
    const code = francAll(window, { minLength: 1, ignore: [...ignore] })[0]?.[0] ?? 'und';
    votes.set(code, (votes.get(code) ?? 0) + 1);
  }
  return [...votes].reduce((best, vote) => (vote[1] > best[1] ? vote : best), ['und', 0] as const)[0];
};

const nameOf = (code: string): string =>
  code === 'und' ? 'another language' : (new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code);

const unknownLanguage = (came: string): HypersceneError =>
  new HypersceneError('UNKNOWN_LANGUAGE', 'unknown language', {
    expected: 'Russian or English (--lang ru or --lang en reads it as that nevertheless)',
    came: `what looks like ${came}`,
  });
