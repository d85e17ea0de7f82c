import fc from 'fast-check';
import { codeSequenceOf, entropyBits, lengthOf } from '../../../bench/compression/code-sequence.ts';
import { decodePairs, encodePairs, rePair } from '../../../bench/compression/re-pair.ts';
import { decodeLzw } from '../../../bench/compression/zip2zip.ts';

const someDocuments = () => fc.array(fc.array(fc.nat(3), { maxLength: 80 }), { maxLength: 5 });

it('gives back every sequence from the pairs that replace it', () => {
  fc.assert(
    fc.property(someDocuments(), (documents) => {
      const sequence = { codes: 4, documents };
      expect(decodePairs(encodePairs(rePair(sequence)))).toEqual(sequence);
      expect(decodePairs(encodePairs({ ...sequence, rules: [] }))).toEqual(sequence);
    }),
  );
});

it('leaves no pair of neighbours that recurs', () => {
  fc.assert(
    fc.property(someDocuments(), (documents) => {
      const { documents: left } = rePair({ codes: 4, documents });
      for (const document of left) {
        const seen = new Map<string, number>();
        for (let at = 1; at < document.length; at += 1) {
          const pair = `${document[at - 1]} ${document[at]}`;
          // A run of three holds one pair apart, not two.
          expect(seen.get(pair) ?? at - 1).toBe(at - 1);
          seen.set(pair, at);
        }
      }
    }),
  );
});

it('replaces what recurs most first', () => {
  const { rules, documents } = rePair({
    codes: 3,
    documents: [
      [0, 1, 2, 0, 1, 2],
      [0, 1],
    ],
  });
  expect(rules).toEqual([
    [0, 1],
    [3, 2],
  ]);
  expect(documents).toEqual([[4, 4], [3]]);
});

/** As the package encodes: the longest known run, cut short at `subtokensMax`, which adds no entry. */
const encodeLzw = (
  sequence: readonly number[],
  { codes, codebookMax, subtokensMax }: Parameters<typeof decodeLzw>[1],
): readonly number[] => {
  const entries = new Map<string, number>();
  const encoded: number[] = [];
  let run: readonly number[] = [];
  const nameOf = (of: readonly number[]): number | undefined => (of.length === 1 ? of[0] : entries.get(of.join()));
  const emit = (): void => void encoded.push(nameOf(run) ?? Number.NaN);
  for (const code of sequence) {
    const longer = [...run, code];
    if (nameOf(longer) === undefined) {
      if (entries.size < codebookMax) entries.set(longer.join(), codes + entries.size);
      emit();
      run = [code];
    } else run = longer;
    if (run.length !== subtokensMax) continue;
    emit();
    run = [];
  }
  if (run.length > 0) emit();
  return encoded;
};

it('decodes every sequence that LZW encoded, whatever the bounds', () => {
  const limits = fc.record({
    codes: fc.constant(4),
    codebookMax: fc.integer({ min: 0, max: 40 }),
    subtokensMax: fc.integer({ min: 2, max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 200 }), limits, (sequence, bounds) => {
      expect(decodeLzw(encodeLzw(sequence, bounds), bounds)).toEqual(sequence);
    }),
  );
});

it('says which entry of a codebook is not there', () => {
  expect(() => decodeLzw([0, 9], { codes: 4, codebookMax: 8, subtokensMax: 4 })).toThrow('no entry 9');
});

it('counts entropy by itself and after the code before', () => {
  const sequence = codeSequenceOf([
    ['a', 'b', 'a', 'b'],
    ['a', 'b', 'a', 'b'],
  ]);
  expect(sequence).toEqual({
    codes: 2,
    documents: [
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ],
  });
  expect(lengthOf(sequence)).toBe(8);
  expect(entropyBits(sequence, 0)).toBeCloseTo(8);
  expect(entropyBits(sequence, 1)).toBeCloseTo(0);
});
