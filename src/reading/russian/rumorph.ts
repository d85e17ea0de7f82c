import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { HypersceneError } from '../../errors.ts';

/** One word's most probable analysis. */
export interface Analysis {
  /** Lower case. */
  readonly lemma: string;
  /** Universal part of speech. */
  readonly pos: string;
  /** Universal features, `Name=Value` joined by `|`; may be empty. */
  readonly features: string;
}

/** The Russian morphological analyser rumorph, compiled to WebAssembly (`vendor/rumorph`). */
export interface Rumorph {
  /**
   * Analyses the words of one sentence; the context chooses among the readings of an ambiguous word.
   * @param words each without line feeds
   * @returns one analysis a word; null for a word that has none
   */
  analyse(words: readonly string[]): readonly (Analysis | null)[];
}

/** The module's C interface; addresses and lengths are in bytes of its memory. */
interface RumorphExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  alloc(length: number): number;
  load(address: number, length: number): number;
  analyse(address: number, length: number, context: number): number;
  output_length(): number;
}

/** What of the host's WebAssembly is used: the ECMAScript library of the compiler does not declare it. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    instantiate(code: Uint8Array): Promise<{ readonly instance: { readonly exports: unknown } }>;
  };
};

const MODULE = new URL('../../../vendor/rumorph/rumorph.wasm', import.meta.url);
const DICTIONARY = new URL('../../../vendor/rumorph/dictionary.bin.zst', import.meta.url);

/** What `load` answers when all is well; 1, a dictionary without its context model, would read worse in silence. */
const LOADED = 0;

/** Words of one call, bounding the buffer; a longer sentence is analysed in pieces. */
const WORDS_A_CALL_MAX = 2_000;
/** UTF-16 units of one word that are analysed: longer than any word, and linear time for texts without spaces. */
const WORD_LENGTH_MAX = 60;
/** A UTF-16 unit is at most three bytes of UTF-8; one more for the line feed. */
const INPUT_BYTES_MAX = WORDS_A_CALL_MAX * (WORD_LENGTH_MAX * 3 + 1);

const decompress = promisify(zstdDecompress);

const missing = (cause: unknown): HypersceneError =>
  new HypersceneError('MISSING_ASSET', 'the Russian dictionary cannot be loaded', {
    expected: 'vendor/rumorph/rumorph.wasm and vendor/rumorph/dictionary.bin.zst, as they were shipped',
    came: cause instanceof Error ? cause.message : String(cause),
    cause,
  });

/** @throws HypersceneError MISSING_ASSET if module or dictionary is absent or damaged */
export const openRumorph = async (): Promise<Rumorph> => {
  try {
    const [code, packed] = await Promise.all([readFile(MODULE), readFile(DICTIONARY)]);
    const [{ instance }, dictionary] = await Promise.all([WebAssembly.instantiate(code), decompress(packed)]);
    return drive(instance.exports as RumorphExports, dictionary);
  } catch (cause) {
    throw missing(cause);
  }
};

const drive = (engine: RumorphExports, dictionary: Uint8Array): Rumorph => {
  const address = allocate(engine, dictionary.length);
  new Uint8Array(engine.memory.buffer, address, dictionary.length).set(dictionary);
  const answer = engine.load(address, dictionary.length);
  if (answer !== LOADED) throw new Error(`load answered ${answer}`);
  const input = allocate(engine, INPUT_BYTES_MAX);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  const analysePiece = (words: readonly string[]): readonly (Analysis | null)[] => {
    const text = words.map((word) => word.slice(0, WORD_LENGTH_MAX).toWellFormed()).join('\n');
    // Memory may have grown since the last call, which detaches older views of it.
    const { written } = encoder.encodeInto(text, new Uint8Array(engine.memory.buffer, input, INPUT_BYTES_MAX));
    const output = engine.analyse(input, written, 1);
    const lines = decoder.decode(new Uint8Array(engine.memory.buffer, output, engine.output_length())).split('\n');
    return words.map((_, i) => parseLine(lines[i] ?? ''));
  };

  return {
    analyse: (words) =>
      Array.from({ length: Math.ceil(words.length / WORDS_A_CALL_MAX) }, (_, i) =>
        analysePiece(words.slice(i * WORDS_A_CALL_MAX, (i + 1) * WORDS_A_CALL_MAX)),
      ).flat(),
  };
};

const allocate = (engine: RumorphExports, length: number): number => {
  const address = engine.alloc(length);
  if (address === 0) throw new Error(`no memory for ${length} bytes`);
  return address;
};

const parseLine = (line: string): Analysis | null => {
  const [lemma, pos, features] = line.split('\t');
  return lemma === undefined || pos === undefined || lemma === '' ? null : { lemma, pos, features: features ?? '' };
};
