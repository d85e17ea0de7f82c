/**
 * By code points, the order in which both engines sort strings. JavaScript's own `<` goes by UTF-16 code units, which
 * puts emoji before U+FB01.
 */
export const compareText = (x: string, y: string): number => {
  const length = Math.min(x.length, y.length);
  for (let i = 0; i < length; i++) {
    const difference = rankOf(x.charCodeAt(i)) - rankOf(y.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
};

/** Surrogates stand for code points above all others: lifted above U+E000–U+FFFF they sort as those. */
const rankOf = (unit: number): number =>
  unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit;

/**
 * A text in ASCII whose order is that of {@link compareText}, four hex digits for each code unit. Neo4j sorts texts by code
 * points and compares them with a parameter by UTF-16, which differ beyond U+FFFF; of ASCII there is one order.
 */
export const sortKey = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => rankOf(text.charCodeAt(i)).toString(16).padStart(4, '0')).join('');
