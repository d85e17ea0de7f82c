/** Whose positions are counted. */
export interface TokenizerIdentity {
  /** As its makers call it, e.g. `o200k_base`; of a file `tokenizer.json`. */
  readonly name: string;
  /** Of its file, 64 hex digits. */
  readonly sha256: string;
}

/** Port: how many positions texts take in a model's context, counted on a thread of its own. */
export interface TextCounter extends TokenizerIdentity {
  /**
   * Of each text; marks such as `<|endoftext|>` or `Δ14` in it are plain text. A counter that cannot be stopped counts on when the
   * signal aborts.
   * @throws HypersceneError CANCELLED
   */
  count(texts: readonly string[], signal?: AbortSignal): Promise<ArrayLike<number>>;
  close(): Promise<void>;
}
