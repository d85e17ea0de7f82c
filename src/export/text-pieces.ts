/** UTF-16 code units of a piece at most: what is tokenised in one go. Some 0.1 s. */
const PIECE = 2 ** 16;

const SPACE = /\s/u;
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** Where tokenizers end a word in any case: behind a single end of line between words, or else before white space. */
const cutOf = (text: string, max: number): number => {
  for (let at = text.lastIndexOf('\n', max - 1); at > max / 2; at = text.lastIndexOf('\n', at - 1))
    if (!SPACE.test(text.charAt(at - 1)) && !SPACE.test(text.charAt(at + 1))) return at + 1;
  for (let at = max - 1; at > max / 2; at--)
    if (SPACE.test(text.charAt(at)) && !SPACE.test(text.charAt(at - 1))) return at;
  return isHigh(text.charCodeAt(max - 1)) ? max - 1 : max;
};

/**
 * A text that comes in chunks, as pieces of bounded length that no word stands across. Together they are the text.
 * @param max UTF-16 code units of a piece
 */
export async function* textPieces(chunks: AsyncIterable<string>, max: number = PIECE): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    // One unit more is looked at than a piece may have.
    while (rest.length > max) {
      const cut = cutOf(rest, max);
      yield rest.slice(0, cut);
      rest = rest.slice(cut);
    }
  }
  if (rest !== '') yield rest;
}
