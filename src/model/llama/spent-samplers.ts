/** Bytes of spent samplers between two collections, which take some 10 ms. */
const BYTES_MAX = 2 ** 25;
/** llama.cpp's `llama_token_data`: id, logit and probability of a token of the vocabulary. */
const CANDIDATE_BYTES = 12;

/**
 * What node-llama-cpp 3.22.1 samples with has a candidate for each token of the vocabulary (590 kB with 49,152), which its `dispose` does not free
 * but V8's collection only, and V8 does not see them: with a heap of 30 MB it collects once in minutes. In a soak of 11 minutes the process
 * had grown from 772 to 974 MiB. Whoever lets the library make a sampler (one for each call that evaluates) tells of it.
 */
export class SpentSamplers {
  readonly #bytes: number;
  readonly #collect: () => void;
  #count = 0;

  /** @param vocabulary tokens */
  constructor(vocabulary: number, collect: () => void) {
    this.#bytes = vocabulary * CANDIDATE_BYTES;
    this.#collect = collect;
  }

  add(): void {
    this.#count += 1;
  }

  /** To be called where nobody waits for an answer. */
  collect(): void {
    if (this.#count * this.#bytes < BYTES_MAX) return;
    this.#count = 0;
    this.#collect();
  }
}
