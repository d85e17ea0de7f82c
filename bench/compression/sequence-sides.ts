import { type CodeSequence, codeSequenceOf, entropyBits, lengthOf } from './code-sequence.ts';
import { readVarints, unzstd, varints, zstd } from './columns.ts';
import { checkSame } from './labelled-graph.ts';
import { decodePairs, encodePairs, rePair } from './re-pair.ts';
import type { CollapsedWorks } from './works.ts';
import { CODEBOOK_MAX, decodeLzw, SUBTOKENS_MAX, zip2zip } from './zip2zip.ts';

export interface SequenceSide {
  readonly side: string;
  /** What is left of the codes; null where the side has bytes and no tokens. */
  readonly tokens: number | null;
  /** Each token in ⌈log₂⌉ bits of how many there are. */
  readonly fixedBits: number | null;
  /** By the tokens' own frequencies, which are not counted. */
  readonly entropyBits: number | null;
  /** All that a decoder needs, rules and lengths included; decoded and compared. */
  readonly bits: number;
  readonly rules: number | null;
}

export interface SequenceFigures {
  readonly level: 0 | 1;
  readonly codes: number;
  readonly length: number;
  readonly order1Bits: number;
  readonly sides: readonly SequenceSide[];
  /** Null where it was left out. */
  readonly zip2zip: {
    readonly version: string;
    /** Documents that the package's own decoder does not give back. */
    readonly notDecoded: number;
    readonly documents: number;
  } | null;
}

/** The codes of the scenes by document: their figures', or at level 1 their motifs' where they stand in one. */
export const sequenceOf = ({ graph, motifs, documents }: CollapsedWorks, level: 0 | 1): CodeSequence => {
  const codes = Array.from(graph.figureOf, (figure) => `figure ${figure}`);
  if (level === 1) for (const { form, scenes } of motifs) for (const scene of scenes) codes[scene] = `motif ${form}`;
  let at = 0;
  return codeSequenceOf(
    documents.map((length) => {
      at += length;
      return codes.slice(at - length, at);
    }),
  );
};

const fixed = (tokens: number, symbols: number): number => tokens * Math.ceil(Math.log2(Math.max(2, symbols)));

const bare = (sequence: CodeSequence): SequenceSide => {
  const bytes = encodePairs({ ...sequence, rules: [] });
  checkSame('arithmetic coder', decodePairs(bytes), sequence);
  const tokens = lengthOf(sequence);
  return {
    side: 'arithmetic coder, no rules',
    tokens,
    fixedBits: fixed(tokens, sequence.codes),
    entropyBits: entropyBits(sequence, 0),
    bits: bytes.length * 8,
    rules: null,
  };
};

const byZstd = ({ codes, documents }: CodeSequence): SequenceSide => {
  const lengths = documents.map(({ length }) => length);
  const values = [codes, documents.length, ...lengths, ...documents.flat()];
  const bytes = zstd(varints(values));
  checkSame('zstd of a sequence', readVarints(unzstd(bytes)), values);
  return { side: 'zstd', tokens: null, fixedBits: null, entropyBits: null, bits: bytes.length * 8, rules: null };
};

const byRePair = (sequence: CodeSequence): SequenceSide => {
  const grammar = rePair(sequence);
  const bytes = encodePairs(grammar);
  checkSame('Re-Pair', decodePairs(bytes), sequence);
  const tokens = lengthOf(grammar);
  const rules = grammar.rules.length;
  return {
    side: 'Re-Pair',
    tokens,
    // The rules are two symbols each.
    fixedBits: fixed(tokens + rules * 2, sequence.codes + rules),
    entropyBits: entropyBits(grammar, 0),
    bits: bytes.length * 8,
    rules,
  };
};

const byZip2zip = async (sequence: CodeSequence, python: string) => {
  const { version, documents } = await zip2zip(python, sequence);
  const limits = { codes: sequence.codes, codebookMax: CODEBOOK_MAX, subtokensMax: SUBTOKENS_MAX };
  const decoded = documents.map(({ encoded }) => decodeLzw(encoded, limits));
  checkSame('zip2zip', decoded, sequence.documents);
  const tokens = documents.map(({ encoded }) => encoded);
  const coded = { codes: sequence.codes + Math.max(...documents.map(({ entries }) => entries)), documents: tokens };
  const bytes = encodePairs({ ...coded, rules: [] });
  checkSame('zip2zip, coded', decodePairs(bytes), coded);
  const side: SequenceSide = {
    side: `zip2zip's LZW`,
    tokens: lengthOf(coded),
    fixedBits: documents.reduce(
      (sum, { encoded, entries }) => sum + fixed(encoded.length, sequence.codes + entries),
      0,
    ),
    entropyBits: entropyBits(coded, 0),
    bits: bytes.length * 8,
    rules: null,
  };
  const notDecoded = documents.filter(({ decodes }) => !decodes).length;
  return { side, told: { version, notDecoded, documents: documents.length } };
};

/**
 * @param python with zip2zip's codec; null leaves it out
 * @throws Error when a side gives back another sequence
 */
export const sequenceFigures = async (
  works: CollapsedWorks,
  level: 0 | 1,
  python: string | null,
): Promise<SequenceFigures> => {
  const sequence = sequenceOf(works, level);
  const lzw = python === null ? null : await byZip2zip(sequence, python);
  return {
    level,
    codes: sequence.codes,
    length: lengthOf(sequence),
    order1Bits: entropyBits(sequence, 1),
    sides: [bare(sequence), byZstd(sequence), ...(lzw === null ? [] : [lzw.side]), byRePair(sequence)],
    zip2zip: lzw?.told ?? null,
  };
};
