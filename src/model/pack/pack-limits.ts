/**
 * What a pack may have at most. It is written elsewhere and may come from anywhere: nothing of it is taken into memory before it
 * is known to be within these (CWE-770), and what grows with its rows is read as a stream.
 */

/** 26,445 figures are possible, and a corpus of a million scenes has as many occurrences; 21 bytes of memory a row. */
export const ROWS_MAX = 1_000_000;

/** Numbers of a row. The widest models known have 16,384. */
export const EMBEDDING_LENGTH_MAX = 65_536;

/** Tokens of a base. The largest vocabularies known have some 262,000. */
export const VOCABULARY_MAX = 2 ** 24;

/** Of `pack.json`, whose figures of training are free. */
export const MANIFEST_BYTES_MAX = 2 ** 20;

/** How deep figures of training and evaluation may be nested. */
export const NESTING_MAX = 16;

/** Of a line of `rows.jsonl`: forms of motifs have some hundred characters; those of the largest communities are left out. */
export const LINE_BYTES_MAX = 2 ** 20;

/** Of the head of `rows.safetensors`; two tensors take 200 bytes. */
export const HEADER_BYTES_MAX = 2 ** 22;

/** That `pack.json` names. */
export const FILES_MAX = 32;

/** Of any file: a terabyte, so that all offsets are exact. */
export const FILE_BYTES_MAX = 2 ** 40;

/** Of a name, a licence, a hyperlexeme, in UTF-16 code units. */
export const TEXT_LENGTH_MAX = 1000;

/** Of a row; a motif has 2 to 6. */
export const ROW_FIGURES_MAX = 64;

/** Numbers of a block of rows that is given out: 1 MiB; a single row may be less or more. */
export const BLOCK_VALUES = 2 ** 18;

/** In one folder of packs. */
export const PACKS_MAX = 1000;

/** Of all packs that a folder of packs keeps in memory: some 84 MB. */
export const ROWS_KEPT_MAX = 4_000_000;
