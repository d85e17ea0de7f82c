/*
 * Every pattern here is anchored or bounded, and none can scan the same stretch from many starting points: a block of
 * nothing but marks costs no more than prose.
 */

/** What follows a link's text: `](target "title")` or `][reference]`. */
const TARGET =
  /\]\(\s{0,8}(?:<[^<>]{0,2000}>|[^()\s<]{0,2000}(?:\([^()\s]{0,2000}\)[^()\s]{0,2000})?)(?:\s{1,8}(?:"[^"]{0,500}"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,8}\)/uy;
const REFERENCE = /\]\[[^[\]]{0,200}\]/uy;
const FOOTNOTE = /\[\^[^\s[\]]{1,100}\]/gu;
const TAG = /<\/?[A-Za-z][^<>]{0,500}>/gu;
const ESCAPED = /\\([!-/:-@[-`{-~])/gu;

const COMMENT_START = '<!--';
const COMMENT_END = '-->';

const spaces = (mark: string): string => ' '.repeat(mark.length);

/** Masks emphasis, code ticks, links but for their text, tags and comments with spaces; the length stays. */
export const maskInline = (text: string): string => {
  if (!/[*_`~[\]<\\]/u.test(text)) return text;
  const escaped = [...text.matchAll(ESCAPED)];
  // Escaped marks are hidden while marks are looked for, and then put back: `\*` is a star.
  const hidden = text.replaceAll(ESCAPED, spaces);
  const masked = maskLinks(maskComments(hidden).replaceAll(FOOTNOTE, spaces).replaceAll(TAG, spaces))
    .replaceAll(/`+|~~+/gu, spaces)
    .replaceAll(/\*+/gu, maskStars)
    .replaceAll(/_+/gu, maskUnderscores);
  return replaceAt(
    masked,
    escaped.map(({ index, 1: mark }) => ({ start: index + 1, text: mark ?? ' ' })),
  );
};

/** A star between white space is a star; all others are emphasis. */
const maskStars = (stars: string, at: number, text: string): string => {
  const isLoose = /^\s?$/u.test(text.charAt(at - 1)) && /^\s?$/u.test(text.charAt(at + stars.length));
  return isLoose ? stars : spaces(stars);
};

/** An underscore within a word, as in snake_case, is a letter. */
const maskUnderscores = (marks: string, at: number, text: string): string => {
  const isInWord = /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && /[\p{L}\p{N}]/u.test(text.charAt(at + marks.length));
  return isInWord ? marks : spaces(marks);
};

interface Replacement {
  readonly start: number;
  readonly text: string;
}

/** @param replacements in order, without overlap; each as long as what it replaces */
const replaceAt = (text: string, replacements: readonly Replacement[]): string => {
  let result = '';
  let from = 0;
  for (const replacement of replacements) {
    result += text.slice(from, replacement.start) + replacement.text;
    from = replacement.start + replacement.text.length;
  }
  return result + text.slice(from);
};

const maskComments = (text: string): string => {
  const replacements: Replacement[] = [];
  let start = text.indexOf(COMMENT_START);
  while (start >= 0) {
    const close = text.indexOf(COMMENT_END, start);
    if (close < 0) break;
    const end = close + COMMENT_END.length;
    replacements.push({ start, text: ' '.repeat(end - start) });
    start = text.indexOf(COMMENT_START, end);
  }
  return replaceAt(text, replacements);
};

const maskLinks = (text: string): string => {
  const replacements: Replacement[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '[') open.push(at);
    if (char !== ']') continue;
    const start = open.pop();
    const after = start === undefined ? undefined : (matchAt(TARGET, text, at) ?? matchAt(REFERENCE, text, at));
    if (start === undefined || after === undefined) continue;
    const image = text.charAt(start - 1) === '!' ? 1 : 0;
    replacements.push({ start: start - image, text: ' '.repeat(1 + image) }, { start: at, text: spaces(after) });
    at += after.length - 1;
  }
  return replaceAt(
    text,
    replacements.sort((a, b) => a.start - b.start),
  );
};

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};
