/** How far before the limit a grapheme's start is looked for; longer clusters are heaps of accents, not letters. */
const GRAPHEME_LENGTH_MAX = 64;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Where to cut a text that is longer than `limit`: after the last white space in the second half before the limit, else
 * at the last grapheme border, else between two characters; never within a surrogate pair.
 * @param text the text, or its first `limit` + 1 units and more
 * @param limit in UTF-16 units, at least 2 and less than the text's length
 * @returns 1 to `limit`
 */
export const cutNear = (text: string, limit: number): number => {
  for (let at = limit; at > limit / 2; at--) if (/\s/u.test(text.charAt(at - 1))) return at;
  return graphemeBorder(text, limit);
};

const graphemeBorder = (text: string, limit: number): number => {
  const from = characterBorder(text, Math.max(0, limit - GRAPHEME_LENGTH_MAX));
  const around = graphemes.segment(text.slice(from, limit + GRAPHEME_LENGTH_MAX)).containing(limit - from);
  const border = from + (around?.index ?? 0);
  return border > from ? border : characterBorder(text, limit);
};

/** The limit, or one unit before it where it would part a surrogate pair. */
const characterBorder = (text: string, limit: number): number => {
  const before = text.charCodeAt(limit - 1);
  const after = text.charCodeAt(limit);
  const parts = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return parts ? limit - 1 : limit;
};
