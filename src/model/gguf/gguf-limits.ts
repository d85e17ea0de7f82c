/** What a header may ask of its reader at most, each far above what models are known to have. */
export const GGUF_LIMITS = Object.freeze({
  /** The entries, each of which is kept; models have 20 to 60. */
  metadataEntriesMax: 65_536,
  /** Kept too; the largest mixtures have some 1,200, those of old, with a tensor for each expert, some 30,000. */
  tensorsMax: 65_536,
  /** The specification's. */
  keyBytesMax: 65_535,
  /** The specification's. */
  tensorNameBytesMax: 64,
  /** ggml's `GGML_MAX_DIMS`. */
  dimensionsMax: 4,
  /** Vocabularies have up to 262,144 tokens, lists of merges twice as many. */
  arrayElementsMax: 2 ** 24,
  /** Of arrays in arrays; llama.cpp reads none. */
  arrayDepthMax: 4,
  /** Arrays in arrays of a whole header: each is looked into, 40 million of them would take a minute. */
  nestedArraysMax: 65_536,
  /** A string that is longer keeps its place in the file only: a whole `tokenizer.json` may be one. */
  keptStringBytesMax: 65_536,
  /** Numbers of an array that are kept with the header: those that stand for each layer, of which llama.cpp has 512 at most. */
  keptNumbersMax: 1024,
  /** Of all that is kept of keys, names, strings and numbers, so that 65,536 of the largest do not take gigabytes. */
  keptBytesMax: 32 * 2 ** 20,
  /** Up to the tensors' data. Vocabularies of 262,144 tokens take 20 MB with their merges. */
  headerBytesMax: 512 * 2 ** 20,
  /** Pages of memory are aligned so; 32 is usual. */
  alignmentMax: 2 ** 20,
  /** 1 PiB: sums of sizes below it are exact. */
  fileBytesMax: 2 ** 50,
});
