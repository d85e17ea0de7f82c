/** The codes of a corpus in the order of its texts, a list a document. */
export interface CodeSequence {
  /** Codes are numbered from 0 below this. */
  readonly codes: number;
  readonly documents: readonly (readonly number[])[];
}

/** Codes renumbered in the order of first use. */
export const codeSequenceOf = (documents: readonly (readonly string[])[]): CodeSequence => {
  const numbers = new Map<string, number>();
  const numbered = documents.map((codes) =>
    codes.map((code) => {
      const number = numbers.get(code) ?? numbers.size;
      numbers.set(code, number);
      return number;
    }),
  );
  return { codes: numbers.size, documents: numbered };
};

export const lengthOf = ({ documents }: Pick<CodeSequence, 'documents'>): number =>
  documents.reduce((sum, { length }) => sum + length, 0);

/**
 * Bits of all codes by their own frequencies, which a decoder would have to be told: a reference, no code.
 * @param order 0: each code by itself; 1: after the one before it in its document
 */
export const entropyBits = ({ documents }: Pick<CodeSequence, 'documents'>, order: 0 | 1): number => {
  const counts = new Map<number, Map<number, number>>();
  for (const codes of documents)
    for (const [i, code] of codes.entries()) {
      const before = order === 0 ? -1 : (codes[i - 1] ?? -1);
      const after = counts.get(before) ?? new Map<number, number>();
      counts.set(before, after.set(code, (after.get(code) ?? 0) + 1));
    }
  let bits = 0;
  for (const after of counts.values()) {
    const all = after.values().reduce((sum, count) => sum + count, 0);
    for (const count of after.values()) bits -= count * Math.log2(count / all);
  }
  return bits;
};
