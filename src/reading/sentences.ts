import type { Language } from '../scene/scene.ts';
import { ABBREVIATIONS, type Abbreviations } from './abbreviations.ts';
import { type Quoted, quotedStretches } from './quotes.ts';
import { type Span, trimSpan } from './span.ts';

/** A quotation of two short sentences is not taken apart; a longer one is a text of its own. */
const QUOTE_LENGTH_MAX = 160;
/** How much of the text either side of a border is looked at. */
const CONTEXT_LENGTH = 64;

const SEGMENTERS: Readonly<Record<Language, Intl.Segmenter>> = {
  ru: new Intl.Segmenter('ru', { granularity: 'sentence' }),
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
};

export const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/**
 * Splits a block into sentences: the borders of Unicode's sentence segmentation (UAX #29, by Intl.Segmenter) less those
 * within a short quotation, behind abbreviations, initials and item numbers, before what goes on in lower case, and
 * around what has no letter or digit. Time is linear in the text's length.
 * @param text one block, line breaks already replaced by spaces
 * @returns in order, covering the text but for white space
 */
export const splitSentences = (text: string, lang: Language): readonly Span[] => {
  const starts = sentenceStarts(text, lang);
  return starts
    .map((start, i) => trimSpan(text, start, starts[i + 1] ?? text.length))
    .filter(({ start, end }) => start < end);
};

/** Where the last sentence starts; 0 where there is but one. */
export const lastSentence = (text: string, lang: Language): number => sentenceStarts(text, lang).at(-1) ?? 0;

const sentenceStarts = (text: string, lang: Language): readonly number[] => {
  const quotes = quotedStretches(text, QUOTE_LENGTH_MAX);
  const borders = borderCandidates(text, lang);
  const starts = [0];
  let isWordless = true;
  let quote = 0;
  borders.forEach((border, i) => {
    while ((quotes[quote]?.end ?? Number.POSITIVE_INFINITY) <= border) quote++;
    const segmentHasWord = hasWord(text.slice(border, borders[i + 1]));
    const start = starts.at(-1) ?? 0;
    const isStart =
      segmentHasWord && !isWordless && !isWithin(quotes[quote], border) && isSentenceBorder(text, start, border, lang);
    if (isStart) starts.push(withMarkBefore(text, border));
    isWordless = isWordless && !segmentHasWord;
  });
  return starts;
};

/** A new speech, or the narrator, behind a dash: `она. — Нет`. UAX #29 takes every dash for a continuation (SB8a). */
const BEFORE_DASH = /[.!?…]["»”’)\]]*\s+(?=(?:[—–―-]|--)\s+["«“„(]?[\p{Lu}\p{N}])/gu;

/** From 0 on, in order. */
const borderCandidates = (text: string, lang: Language): readonly number[] => {
  const borders = Array.from(SEGMENTERS[lang].segment(text), ({ index }) => index);
  const dashes = Array.from(text.matchAll(BEFORE_DASH), ({ index, 0: match }) => index + match.length);
  return dashes.length === 0 ? borders : [...new Set([...borders, ...dashes])].sort((a, b) => a - b);
};

/** UAX #29 leaves marks of direction to what stands before them, though they open what stands behind. */
const withMarkBefore = (text: string, border: number): number =>
  border - (/\s(\p{Cf}+)$/u.exec(text.slice(Math.max(0, border - 8), border))?.[1]?.length ?? 0);

const isWithin = (quote: Quoted | undefined, border: number): boolean =>
  quote !== undefined && quote.start < border && border < quote.end;

const GOES_ON_IN_LOWER_CASE = /^[\p{Cf}"'’]*\p{Ll}/u;
const GOES_ON_AFTER_DASH = /^[\p{Cf}"'’]*[—–―-]+\s*["«“„(]?\p{Ll}/u;
const GOES_ON_WITH_MARK = /^[\p{Pe}\p{Pf},;:]/u;
const FIRST_LETTER_IS_LOWER = /^\P{L}*\p{Ll}/u;
const ITEM_NUMBER =
  /^(?:[([]?(?:\d{1,3}|[IVXLC]{1,6}|\p{L})|(?:chapter|part|book|act|scene|глава|часть|книга|действие|явление)\s(?:\d{1,3}|[ivxlc]{1,6}))[.)]+$/iu;
const SPOKEN = /[!?…]["”»'’]+$/u;
/** `“Stop!” Holmes said.`: the tag belongs to what was said, as it does where it begins in lower case. */
const SPEECH_TAG =
  /^(?:I|\p{Lu}[\p{L}'’-]*(?:\.?\s\p{Lu}[\p{L}'’.-]*){0,2})\s(?:said|says|asked|asks|cried|replied|answered|exclaimed|ejaculated|shouted|whispered|murmured|muttered|demanded|inquired|enquired|returned|remarked|observed|called|added|repeated|continued|went\son)\b/u;

const isSentenceBorder = (text: string, start: number, border: number, lang: Language): boolean => {
  const before = text.slice(Math.max(start, border - CONTEXT_LENGTH), border).trim();
  const after = text.slice(border, border + CONTEXT_LENGTH);
  if (GOES_ON_WITH_MARK.test(after) || GOES_ON_AFTER_DASH.test(after)) return false;
  // A writer who begins sentences in lower case, as in chats, ends them with a mark all the same.
  if (GOES_ON_IN_LOWER_CASE.test(after))
    return /[!?]$/u.test(before) && FIRST_LETTER_IS_LOWER.test(text.slice(start, start + CONTEXT_LENGTH));
  if (border - start < CONTEXT_LENGTH && ITEM_NUMBER.test(before)) return false;
  if (lang === 'en' && SPOKEN.test(before) && SPEECH_TAG.test(after)) return false;
  return !endsInAbbreviation(before, after, ABBREVIATIONS[lang]);
};

/** The last word, with the full stops in it: т.е, p.m, J.R; of `т. д.` both letters. */
const LAST_WORD = /(?:^|[^\p{L}\p{N}.])((?:\p{L}\.\s?)*[\p{L}№§]+(?:-\p{L}+)?)\.$/u;
const INITIALS = /^\p{Lu}(?:\.\s?\p{Lu})*$/u;
const NUMBER = /^(?:№\s?)?(?:\d|[IVXLC]+\b)/u;
const FIRST_WORD = /^["«“„(]*([\p{L}’']+)(?=[\s,])/u;

const endsInAbbreviation = (before: string, after: string, known: Abbreviations): boolean => {
  const word = LAST_WORD.exec(before)?.[1]?.replaceAll(/\s/gu, '');
  if (word === undefined) return false;
  const key = word.toLowerCase();
  if (known.leading.has(key) && (key.includes('.') || isWrittenAsTitle(word, key))) return true;
  // `No. I won't` is an answer, `vol. I` a number.
  if (known.counting.has(key) && NUMBER.test(after) && !(key === 'no' && /^I\s/u.test(after))) return true;
  if (!known.trailing.has(key) && !INITIALS.test(word)) return false;
  return !known.starters.has(FIRST_WORD.exec(after)?.[1]?.toLowerCase() ?? '') && !/^[—–-]/u.test(after);
};

/** English titles are capitalised: `St. Petersburg`, but `ft.` and `rep.` as words. Russian ones are not. */
const isWrittenAsTitle = (word: string, key: string): boolean =>
  word !== key || !/^[a-z]+$/u.test(key) || key === 'cf' || key === 'vs';
